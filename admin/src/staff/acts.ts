import { graphql } from '../api/graphql.ts';

/** What admins do about members and tokens. */
export const invite = graphql(`
  mutation InviteStaff($input: InviteStaffInput!) { inviteStaff(input: $input) { userErrors { code message path } } }
`);
export const disable = graphql(`
  mutation DisableStaff($input: DisableStaffInput!) { disableStaff(input: $input) { userErrors { code message path } } }
`);
export const enable = graphql(`
  mutation EnableStaff($input: EnableStaffInput!) { enableStaff(input: $input) { userErrors { code message path } } }
`);
export const grantRole = graphql(`
  mutation GrantRole($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code message path } } }
`);
export const revokeRole = graphql(`
  mutation RevokeRole($input: RevokeRoleInput!) { revokeRole(input: $input) { userErrors { code message path } } }
`);
export const endStaffSession = graphql(`
  mutation EndStaffSession($input: EndStaffSessionInput!) { endStaffSession(input: $input) { userErrors { code message path } } }
`);
export const createToken = graphql(`
  mutation CreateToken($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { code message path } } }
`);
export const revokeToken = graphql(`
  mutation RevokeToken($input: RevokeTokenInput!) { revokeToken(input: $input) { userErrors { code message path } } }
`);
export const endSession = graphql(`
  mutation EndSession($input: EndSessionInput!) { endSession(input: $input) { userErrors { code message path } } }
`);
export const sessionsDocument = graphql(`
  query Sessions { sessions { id device address startedAt usedAt endsAt isThisOne } }
`);
