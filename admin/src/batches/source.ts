import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const batchFragment = graphql(`
  fragment BatchRow on PayoutBatch {
    name
    program { key name }
    status
    openedAt frozenAt frozenBy approvedAt approvedBy sentAt sentBy
    hash twoPeople reason unready
    totals { method payeeCurrency status lines amount { amount currency } }
    parts { id number method currency payeeCurrency status providerId reason file answer }
  }
`);

const listDocument = graphql(
  `
  query Batches($first: Int!, $offset: Int!, $program: String, $statuses: [PayoutBatchStatus!]) {
    payoutBatches(first: $first, offset: $offset, program: $program, statuses: $statuses) { totalCount nodes { ...BatchRow } }
  }
`,
  [batchFragment],
);

const oneDocument = graphql(
  `
  query Batch($program: String!, $batch: String!) { payoutBatch(program: $program, batch: $batch) { ...BatchRow } }
`,
  [batchFragment],
);

type Row = ResultOf<typeof batchFragment>;
export type BatchRecord = Row & { readonly id: string };
export type BatchStatus = Row['status'];
export type Total = Row['totals'][number];
export type Part = Row['parts'][number];

export const BATCH_STATUSES: readonly BatchStatus[] = ['OPEN', 'FROZEN', 'APPROVED', 'SENDING', 'SENT', 'DISCARDED'];
export const BATCH_TONES: Readonly<Record<BatchStatus, Tone>> = {
  OPEN: 'waiting',
  FROZEN: 'waiting',
  APPROVED: 'waiting',
  SENDING: 'waiting',
  SENT: 'good',
  DISCARDED: 'quiet',
};

const toRecord = (row: Row): BatchRecord => ({ ...row, id: programId.write(row.program.key, row.name) });

export const batches: Source<BatchRecord> = {
  async list(ask, { first, offset, filter }) {
    const status = wordOf(filter, 'status', BATCH_STATUSES);
    const { payoutBatches } = await ask(listDocument, { first, offset, program: textOf(filter, 'program'), statuses: status && [status] });
    return { rows: payoutBatches.nodes.map(toRecord), total: payoutBatches.totalCount };
  },
  async one(ask, id) {
    const { program, id: batch } = programId.read(id);
    const { payoutBatch } = await ask(oneDocument, { program, batch });
    return payoutBatch && toRecord(payoutBatch);
  },
};
