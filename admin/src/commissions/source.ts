import { graphql, type ResultOf } from '../api/graphql.ts';
import { dayOf, textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment CommissionRow on Commission {
    id
    program { key name }
    order { placedAt toldAt price { amount currency } }
    orderExternalId
    affiliate { externalId name }
    status
    amount { value unit }
    because
    availableAt
    revision
  }
`);

const listDocument = graphql(
  `
  query Commissions(
    $first: Int!, $offset: Int!, $program: String, $affiliate: String, $status: CommissionStatus,
    $from: Instant, $to: Instant, $sort: OrderSort!, $descending: Boolean!
  ) {
    commissions(
      first: $first, offset: $offset, program: $program, affiliate: $affiliate, status: $status,
      from: $from, to: $to, sort: $sort, descending: $descending
    ) { totalCount nodes { ...CommissionRow } }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Commission($program: String!, $order: String!) { commission(program: $program, order: $order) { ...CommissionRow } }
`,
  [rowFragment],
);

type Row = ResultOf<typeof rowFragment>;
/** `place` names the order within its program, for the drawer. */
export type CommissionRecord = Row & { readonly place: string };
export type CommissionStatus = Row['status'];

export const COMMISSION_STATUSES: readonly CommissionStatus[] = ['PENDING', 'AVAILABLE', 'REJECTED', 'REVERSED'];
export const COMMISSION_TONES: Readonly<Record<CommissionStatus, Tone>> = {
  PENDING: 'waiting',
  AVAILABLE: 'good',
  REJECTED: 'bad',
  REVERSED: 'quiet',
};

const toRecord = (row: Row): CommissionRecord => ({ ...row, place: programId.write(row.program.key, row.orderExternalId) });

export const commissions: Source<CommissionRecord> = {
  async list(ask, { first, offset, sort, filter }) {
    const { commissions: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      status: wordOf(filter, 'status', COMMISSION_STATUSES),
      from: dayOf(filter, 'from'),
      to: dayOf(filter, 'to'),
      sort: sort.field === 'placed' ? 'PLACED' : 'RECORDED',
      descending: sort.descending,
    });
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  /** By `place`. */
  async one(ask, id) {
    const { program, id: order } = programId.read(id);
    const { commission } = await ask(oneDocument, { program, order });
    return commission && toRecord(commission);
  },
};
