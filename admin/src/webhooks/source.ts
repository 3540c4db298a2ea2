import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment WebhookRow on Webhook {
    id kind url events status madeAt formerUntil
    program { key name }
    affiliate { externalId name }
  }
`);

const listDocument = graphql(
  `
  query Webhooks($first: Int!, $offset: Int!, $id: String, $program: String) {
    webhooks(first: $first, offset: $offset, id: $id, program: $program) { totalCount nodes { ...WebhookRow } }
  }
`,
  [rowFragment],
);

const deliveriesDocument = graphql(`
  query Deliveries($first: Int!, $offset: Int!, $webhook: String!, $status: WebhookDeliveryStatus) {
    webhookDeliveries(first: $first, offset: $offset, webhook: $webhook, status: $status) {
      totalCount
      nodes { id event happenedAt payload status attempts nextAt log { number triedAt answered failure milliseconds } }
    }
  }
`);

export const eventsDocument = graphql(`
  query WebhookEvents { webhookEvents }
`);

export type WebhookRecord = ResultOf<typeof rowFragment>;
export type DeliveryRecord = ResultOf<typeof deliveriesDocument>['webhookDeliveries']['nodes'][number];

export const WEBHOOK_TONES: Readonly<Record<WebhookRecord['status'], Tone>> = { ON: 'good', OFF: 'quiet', GONE: 'bad' };
export const DELIVERY_STATUSES: readonly DeliveryRecord['status'][] = ['WAITING', 'DELIVERED', 'DEAD'];
export const DELIVERY_TONES: Readonly<Record<DeliveryRecord['status'], Tone>> = { WAITING: 'waiting', DELIVERED: 'good', DEAD: 'bad' };

export const webhooks = listOnly<WebhookRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => ({ program: textOf(filter, 'program') }),
  ({ webhooks: found }) => found,
  (id) => ({ id }),
);

export const deliveries = listOnly<DeliveryRecord, ResultOf<typeof deliveriesDocument>, VariablesOf<typeof deliveriesDocument>>(
  deliveriesDocument,
  ({ filter }) => {
    const webhook = textOf(filter, 'webhook');
    return webhook === undefined ? null : { webhook, status: wordOf(filter, 'status', DELIVERY_STATUSES) };
  },
  ({ webhookDeliveries }) => webhookDeliveries,
);
