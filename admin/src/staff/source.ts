import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { listOnly } from '../provider/listOnly.ts';

const membersDocument = graphql(`
  query Members($first: Int!, $offset: Int!, $id: String) {
    staffMembers(first: $first, offset: $offset, id: $id) {
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

export const rolesDocument = graphql(`
  query MemberRoles($member: String!) {
    roleGrants(member: $member, first: 100) { nodes { id role program { key name } grantedAt grantedBy } }
  }
`);

export type MemberRecord = ResultOf<typeof membersDocument>['staffMembers']['nodes'][number];
export type TokenRecord = ResultOf<typeof tokensDocument>['tokens']['nodes'][number];

export const ROLES = ['ADMIN', 'FINANCE', 'READER', 'REVIEWER', 'TERMS_EDITOR'] as const;

export const members = listOnly<MemberRecord, ResultOf<typeof membersDocument>, VariablesOf<typeof membersDocument>>(
  membersDocument,
  () => ({}),
  ({ staffMembers }) => staffMembers,
  (id) => ({ id }),
);

export const tokens = listOnly<TokenRecord, ResultOf<typeof tokensDocument>, VariablesOf<typeof tokensDocument>>(
  tokensDocument,
  () => ({}),
  ({ tokens: found }) => found,
);
