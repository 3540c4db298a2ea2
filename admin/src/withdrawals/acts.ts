import { graphql } from '../api/graphql.ts';

/** What staff do about withdrawals. */
export const approve = graphql(`
  mutation ApproveWithdrawals($input: ApproveWithdrawalsInput!) {
    approveWithdrawals(input: $input) { results { index waits userErrors { code message path } } userErrors { code message path } }
  }
`);

export const reject = graphql(`
  mutation RejectWithdrawals($input: RejectWithdrawalsInput!) {
    rejectWithdrawals(input: $input) { results { index waits userErrors { code message path } } userErrors { code message path } }
  }
`);

export const hold = graphql(`
  mutation HoldWithdrawal($input: HoldWithdrawalInput!) { holdWithdrawal(input: $input) { userErrors { code message path } } }
`);

export const settle = graphql(`
  mutation SettleContradiction($input: SettleContradictionInput!) { settleContradiction(input: $input) { userErrors { code message path } } }
`);

export const release = graphql(`
  mutation ReleaseWithdrawal($input: ReleaseWithdrawalInput!) { releaseWithdrawal(input: $input) { userErrors { code message path } } }
`);
