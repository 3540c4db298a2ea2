import { graphql } from '../api/graphql.ts';

/** What is done about addresses that hear of what happens. */
export const create = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) { createWebhook(input: $input) { secret userErrors { code message path } } }
`);
export const setOn = graphql(`
  mutation SetWebhook($input: SetWebhookInput!) { setWebhook(input: $input) { userErrors { code message path } } }
`);
export const rotate = graphql(`
  mutation RotateWebhook($input: RotateWebhookInput!) { rotateWebhook(input: $input) { secret userErrors { code message path } } }
`);
export const replay = graphql(`
  mutation ReplayWebhook($input: ReplayWebhookInput!) { replayWebhook(input: $input) { replayed userErrors { code message path } } }
`);
