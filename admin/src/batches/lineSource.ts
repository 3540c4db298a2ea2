import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const lineFragment = graphql(`
  fragment LineRow on PayoutLine {
    id status method account holder providerId providerStatus inDoubt reason changedAt
    amount { amount currency }
    withdrawn { value unit }
    affiliate { externalId name }
    withdrawal { externalId }
  }
`);

const linesDocument = graphql(
  `
  query BatchLines($program: String!, $batch: String!, $first: Int!, $offset: Int!, $statuses: [PayoutLineStatus!]) {
    payoutBatch(program: $program, batch: $batch) {
      lines(first: $first, offset: $offset, statuses: $statuses) { totalCount nodes { ...LineRow } }
    }
  }
`,
  [lineFragment],
);

export type LineRecord = ResultOf<typeof lineFragment>;
export type LineStatus = LineRecord['status'];

export const LINE_STATUSES: readonly LineStatus[] = ['COLLECTED', 'DEFERRED', 'DROPPED', 'SENT', 'UNKNOWN', 'PAID', 'FAILED', 'RETURNED'];
export const LINE_TONES: Readonly<Record<LineStatus, Tone>> = {
  COLLECTED: 'waiting',
  DEFERRED: 'quiet',
  DROPPED: 'quiet',
  SENT: 'waiting',
  UNKNOWN: 'waiting',
  PAID: 'good',
  FAILED: 'bad',
  RETURNED: 'bad',
};

/** The lines of the batch that the filter `batch` names. */
export const lines: Source<LineRecord> = {
  async list(ask, { first, offset, filter }) {
    const { program, id: batch } = programId.read(textOf(filter, 'batch') ?? '');
    const status = wordOf(filter, 'status', LINE_STATUSES);
    const { payoutBatch } = await ask(linesDocument, { program, batch, first, offset, statuses: status && [status] });
    return { rows: payoutBatch?.lines.nodes ?? [], total: payoutBatch?.lines.totalCount ?? 0 };
  },
  one: () => Promise.resolve(null),
};
