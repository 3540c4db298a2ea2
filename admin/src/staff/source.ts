import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Source } from '../provider/source.ts';

const membersDocument = graphql(`
  query Members($first: Int!, $offset: Int!) {
    staffMembers(first: $first, offset: $offset) {
      totalCount
      nodes { id name email accepted hasSecondFactor createdAt disabledAt sessions { id device address usedAt endsAt } }
    }
  }
`);

const tokensDocument = graphql(`
  query Tokens($first: Int!, $offset: Int!) {
    tokens(first: $first, offset: $offset) {
      totalCount
      nodes { id name kind prefix programs roles createdAt expiresAt lastUsedAt lastUsedFrom revokedAt }
    }
  }
`);

const memberDocument = graphql(`
  query Member($id: String!) {
    staffMembers(first: 1, id: $id) {
      nodes { id name email accepted hasSecondFactor createdAt disabledAt sessions { id device address usedAt endsAt } }
    }
    roleGrants(member: $id, first: 100) { nodes { id role program { key name } grantedAt grantedBy } }
  }
`);

export type MemberRecord = ResultOf<typeof membersDocument>['staffMembers']['nodes'][number];
/** With the roles, which only the sheet shows. */
export type MemberDetail = MemberRecord & { readonly roles: ResultOf<typeof memberDocument>['roleGrants']['nodes'] };
export type TokenRecord = ResultOf<typeof tokensDocument>['tokens']['nodes'][number];

export const ROLES = ['ADMIN', 'FINANCE', 'READER', 'REVIEWER', 'TERMS_EDITOR'] as const;

export const members: Source<MemberRecord> = {
  ...listOnly<MemberRecord, ResultOf<typeof membersDocument>, VariablesOf<typeof membersDocument>>(
    membersDocument,
    () => ({}),
    ({ staffMembers }) => staffMembers,
  ),
  async one(ask, id) {
    const { staffMembers, roleGrants } = await ask(memberDocument, { id });
    const [member] = staffMembers.nodes;
    return member ? { ...member, roles: roleGrants.nodes } : null;
  },
};

export const tokens = listOnly<TokenRecord, ResultOf<typeof tokensDocument>, VariablesOf<typeof tokensDocument>>(
  tokensDocument,
  () => ({}),
  ({ tokens: found }) => found,
);
