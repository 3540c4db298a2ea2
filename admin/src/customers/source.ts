import { graphql, type ResultOf } from '../api/graphql.ts';
import { dayOf, textOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';

const rowFragment = graphql(`
  fragment CustomerRow on Customer {
    externalId maskedPhone registeredAt tiedAt tiedBy place standing
    program { key name }
    affiliate { externalId name }
  }
`);

const detailFragment = graphql(`
  fragment CustomerDetail on Customer { toldAt giftDays referralCode visitor attributes { name value } }
`);

/** What the customer paid for, and what it earned: whoever may see customers may see orders. */
const ordersFragment = graphql(`
  fragment CustomerOrders on OrderConnection {
    totalCount
    nodes { externalId placedAt price { amount currency } commission { status amount { value unit } } }
  }
`);

const listDocument = graphql(
  `
  query Customers(
    $first: Int!, $offset: Int!, $program: String, $affiliate: String, $tied: Boolean, $from: Instant, $to: Instant
  ) {
    customers(first: $first, offset: $offset, program: $program, affiliate: $affiliate, tied: $tied, from: $from, to: $to) {
      totalCount
      nodes { ...CustomerRow }
    }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Customer($program: String!, $id: String!) {
    customer(program: $program, id: $id) { ...CustomerRow ...CustomerDetail }
    orders(program: $program, customer: $id, first: 20, sort: PLACED) { ...CustomerOrders }
  }
`,
  [rowFragment, detailFragment, ordersFragment],
);

type Row = ResultOf<typeof rowFragment>;
export type CustomerRecord = Row & { readonly id: string };
export type CustomerDetail = CustomerRecord & ResultOf<typeof detailFragment> & { readonly orders: ResultOf<typeof ordersFragment> };

/** A code is one of several things; this is that of a referral. */
export const wordOfTie = (tiedBy: NonNullable<Row['tiedBy']>): string => (tiedBy === 'CODE' ? 'REFERRAL_CODE' : tiedBy);

const toRecord = <Found extends Row>(row: Found) => ({ ...row, id: programId.write(row.program.key, row.externalId) });

export const customers: Source<CustomerRecord> = {
  async list(ask, { first, offset, filter }) {
    const tied = filter['tied'] === 'yes' ? true : filter['tied'] === 'no' ? false : undefined;
    const { customers: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      tied,
      from: dayOf(filter, 'from'),
      to: dayOf(filter, 'to'),
    });
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  async one(ask, id) {
    const { customer, orders } = await ask(oneDocument, programId.read(id));
    return customer && { ...toRecord(customer), orders };
  },
};
