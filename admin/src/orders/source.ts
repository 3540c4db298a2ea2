import { graphql, type ResultOf } from '../api/graphql.ts';
import { COMMISSION_STATUSES } from '../commissions/source.ts';
import { dayOf, textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';

const rowFragment = graphql(`
  fragment OrderRow on Order {
    externalId
    program { key name }
    affiliate { externalId name }
    customer { externalId }
    country
    placedAt
    toldAt
    price { amount currency }
    commission { status amount { value unit } because }
    misfit
  }
`);

const detailFragment = graphql(`
  fragment OrderDetail on Order {
    aliases
    visitor
    platform
    discounts
    affiliateCoupon
    shipping { amount currency }
    attributes { name value }
    lines {
      sku product store category kind quantity refundedQuantity rate
      price { amount currency }
      left { amount currency }
      commission { value unit }
    }
    events { id kind at by reason standing problem }
    clicks { id externalId at channel page attributable because affiliate { externalId name } }
  }
`);

const listDocument = graphql(
  `
  query Orders(
    $first: Int!, $offset: Int!, $program: String, $affiliate: String, $status: CommissionStatus, $attributed: Boolean, $misfit: Boolean,
    $from: Instant, $to: Instant, $sort: OrderSort!, $descending: Boolean!
  ) {
    orders(
      first: $first, offset: $offset, program: $program, affiliate: $affiliate, status: $status, attributed: $attributed, misfit: $misfit,
      from: $from, to: $to, sort: $sort, descending: $descending
    ) { totalCount nodes { ...OrderRow } }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Order($program: String!, $id: String!) { order(program: $program, id: $id) { ...OrderRow ...OrderDetail } }
`,
  [rowFragment, detailFragment],
);

type Row = ResultOf<typeof rowFragment>;
/** As a list shows it; a page of its own adds the details. */
export type OrderRecord = Row & Partial<ResultOf<typeof detailFragment>> & { readonly id: string };
export type OrderDetail = Row & ResultOf<typeof detailFragment> & { readonly id: string };

const idOf = ({ program, externalId }: Row) => programId.write(program.key, externalId);

export const orders: Source<OrderRecord> = {
  async list(ask, { first, offset, sort, filter }) {
    const { orders: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      status: wordOf(filter, 'status', COMMISSION_STATUSES),
      attributed: filter['attributed'] === 'yes' ? true : filter['attributed'] === 'no' ? false : undefined,
      misfit: filter['misfit'] === 'yes' ? true : undefined,
      from: dayOf(filter, 'from'),
      to: dayOf(filter, 'to'),
      sort: sort.field === 'placed' ? 'PLACED' : 'RECORDED',
      descending: sort.descending,
    });
    return { rows: found.nodes.map((row) => ({ ...row, id: idOf(row) })), total: found.totalCount };
  },
  async one(ask, id) {
    const { order } = await ask(oneDocument, programId.read(id));
    return order && { ...order, id: idOf(order) };
  },
};
