import { graphql } from '../api/graphql.ts';

/** What staff do about an affiliate in a program. */
export const approveApplication = graphql(`
  mutation ApproveApplication($input: ApproveApplicationInput!) { approveApplication(input: $input) { userErrors { code message path } } }
`);
export const rejectApplication = graphql(`
  mutation RejectApplication($input: RejectApplicationInput!) { rejectApplication(input: $input) { userErrors { code message path } } }
`);
export const sendContract = graphql(`
  mutation SendContract($input: SendContractInput!) { sendContract(input: $input) { userErrors { code message path } } }
`);
export const signContract = graphql(`
  mutation SignContract($input: SignContractInput!) { signContract(input: $input) { userErrors { code message path } } }
`);
export const suspend = graphql(`
  mutation Suspend($input: SuspendEnrollmentInput!) { suspendEnrollment(input: $input) { userErrors { code message path } } }
`);
export const reinstate = graphql(`
  mutation Reinstate($input: ReinstateEnrollmentInput!) { reinstateEnrollment(input: $input) { userErrors { code message path } } }
`);
export const terminate = graphql(`
  mutation Terminate($input: TerminateEnrollmentInput!) { terminateEnrollment(input: $input) { userErrors { code message path } } }
`);
export const setFactor = graphql(`
  mutation SetFactor($input: SetQualityFactorInput!) { setQualityFactor(input: $input) { userErrors { code message path } } }
`);
export const grantChannel = graphql(`
  mutation GrantChannel($input: GrantPermissionInput!) { grantPermission(input: $input) { userErrors { code message path } } }
`);
export const revokeChannel = graphql(`
  mutation RevokeChannel($input: RevokePermissionInput!) { revokePermission(input: $input) { userErrors { code message path } } }
`);
export const setMethod = graphql(`
  mutation SetMethod($input: SetPayoutMethodInput!) { setPayoutMethod(input: $input) { userErrors { code message path } } }
`);
export const adjust = graphql(`
  mutation Adjust($input: PostAdjustmentInput!) { postAdjustment(input: $input) { approval { id } userErrors { code message path } } }
`);
export const approveClass = graphql(`
  mutation ApproveClass($input: ApproveClassInput!) { approveClass(input: $input) { userErrors { code message path } } }
`);
export const refuseClass = graphql(`
  mutation RefuseClass($input: RefuseClassInput!) { refuseClass(input: $input) { userErrors { code message path } } }
`);
export const setManager = graphql(`
  mutation SetManager($input: SetAccountManagerInput!) { setAccountManager(input: $input) { userErrors { code message path } } }
`);
