import { graphql } from '../api/graphql.ts';

/** What staff do about payout batches. */
export const collect = graphql(`
  mutation CollectBatch($input: CollectPayoutBatchInput!) { collectPayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const freeze = graphql(`
  mutation FreezeBatch($input: FreezePayoutBatchInput!) { freezePayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const approveBatch = graphql(`
  mutation ApproveBatch($input: ApprovePayoutBatchInput!) { approvePayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const send = graphql(`
  mutation SendBatch($input: SendPayoutBatchInput!) { sendPayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const askAgain = graphql(`
  mutation AskBatch($input: AskPayoutBatchInput!) { askPayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const stop = graphql(`
  mutation StopBatch($input: StopPayoutBatchInput!) { stopPayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const discard = graphql(`
  mutation DiscardBatch($input: DiscardPayoutBatchInput!) { discardPayoutBatch(input: $input) { userErrors { code message path } } }
`);
export const markLines = graphql(`
  mutation MarkLines($input: MarkPayoutLinesInput!) {
    markPayoutLines(input: $input) { changed problems { line message } warnings { line message } userErrors { code message path } }
  }
`);
