import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';
import { TO_DECIDE } from './waiting.ts';

const rowFragment = graphql(`
  fragment WithdrawalRow on Withdrawal {
    externalId
    program { key name }
    affiliate { externalId name }
    status
    amount { value unit }
    batch
    cutOffAt
    requestedAt
    decidedAt
    reason
    heldAt
    heldReason
    heldMessage
    contradictedAt
    contradiction
    history { kind reason happenedAt by }
  }
`);

/** What only the sheet shows. */
const detailFragment = graphql(`
  fragment WithdrawalDetail on Withdrawal {
    payoutBatch
    payoutMethod { kind currency account holder setAt missing { field message } }
  }
`);

const listDocument = graphql(
  `
  query Withdrawals($first: Int!, $offset: Int!, $program: String, $affiliate: String, $batch: String, $held: Boolean, $contradicted: Boolean, $waiting: Boolean, $statuses: [WithdrawalStatus!]) {
    withdrawals(
      first: $first, offset: $offset, program: $program, affiliate: $affiliate, batch: $batch, held: $held, contradicted: $contradicted, waiting: $waiting, statuses: $statuses
    ) { totalCount nodes { ...WithdrawalRow } }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Withdrawal($program: String!, $id: String!) { withdrawal(program: $program, id: $id) { ...WithdrawalRow ...WithdrawalDetail } }
`,
  [rowFragment, detailFragment],
);

type Row = ResultOf<typeof rowFragment>;
export type WithdrawalRecord = Row & { readonly id: string };
export type WithdrawalDetail = WithdrawalRecord & ResultOf<typeof detailFragment>;
export type WithdrawalStatus = Row['status'];

export const WITHDRAWAL_STATUSES: readonly WithdrawalStatus[] = [
  'REQUESTED',
  'PROCESSING',
  'APPROVED',
  'SENT',
  'PAID',
  'UNKNOWN',
  'FAILED',
  'RETURNED',
  'REJECTED',
];
export const WITHDRAWAL_TONES: Readonly<Record<WithdrawalStatus, Tone>> = {
  REQUESTED: 'waiting',
  PROCESSING: 'waiting',
  APPROVED: 'good',
  SENT: 'good',
  PAID: 'good',
  UNKNOWN: 'waiting',
  FAILED: 'bad',
  RETURNED: 'bad',
  REJECTED: 'quiet',
};

const toRecord = <Found extends Row>(row: Found) => ({ ...row, id: programId.write(row.program.key, row.externalId) });

export const withdrawals: Source<WithdrawalRecord> = {
  async list(ask, { first, offset, filter }) {
    const status = wordOf(filter, 'status', WITHDRAWAL_STATUSES);
    const held = filter['held'] === 'yes' ? true : filter['held'] === 'no' ? false : undefined;
    const { withdrawals: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      batch: textOf(filter, 'batch'),
      held,
      contradicted: filter['contradicted'] === 'yes' ? true : undefined,
      waiting: filter['status'] === TO_DECIDE || (!status && filter['open'] === 'yes') ? true : undefined,
      statuses: status && [status],
    });
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  async one(ask, id) {
    const { withdrawal } = await ask(oneDocument, programId.read(id));
    return withdrawal && toRecord(withdrawal);
  },
};
