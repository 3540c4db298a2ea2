import { graphql, type ResultOf } from '../api/graphql.ts';
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

export const rolesDocument = graphql(`
  query MemberRoles($member: String!) {
    roleGrants(member: $member, first: 100) { nodes { id role program { key name } grantedAt grantedBy } }
  }
`);

export type MemberRecord = ResultOf<typeof membersDocument>['staffMembers']['nodes'][number];
export type TokenRecord = ResultOf<typeof tokensDocument>['tokens']['nodes'][number];

export const ROLES = ['ADMIN', 'FINANCE', 'READER', 'REVIEWER', 'TERMS_EDITOR'] as const;

export const members: Source<MemberRecord> = {
  async list(ask, { first, offset }) {
    const { staffMembers } = await ask(membersDocument, { first, offset });
    return { rows: staffMembers.nodes, total: staffMembers.totalCount };
  },
  /** Members are read by their list only. */
  one: () => Promise.resolve(null),
};

export const tokens: Source<TokenRecord> = {
  async list(ask, { first, offset }) {
    const { tokens: found } = await ask(tokensDocument, { first, offset });
    return { rows: found.nodes, total: found.totalCount };
  },
  /** Tokens are read by their list only. */
  one: () => Promise.resolve(null),
};
