import { graphql, type ResultOf } from '../api/graphql.ts';
import { dayOf, textOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';

const listDocument = graphql(`
  query Expiries($first: Int!, $offset: Int!, $program: String!, $affiliate: String, $to: Instant) {
    expiries(first: $first, offset: $offset, program: $program, affiliate: $affiliate, to: $to) {
      totalCount
      edges { cursor node { at amount { value unit } affiliate { externalId name } } }
    }
  }
`);

export const monthsDocument = graphql(`
  query ExpiryMonths($program: String!) {
    expiryMonths(program: $program, months: 12) { month amount { value unit } lots first }
  }
`);

type Found = ResultOf<typeof listDocument>['expiries']['edges'][number]['node'];
export type ExpiryRecord = Found & { readonly id: string };
export type ExpiryMonth = ResultOf<typeof monthsDocument>['expiryMonths'][number];

/** What is left of lots has no id of its own: its place in the list is one. */
export const expiry: Source<ExpiryRecord> = {
  async list(ask, { first, offset, filter }) {
    const program = textOf(filter, 'program');
    if (program === undefined) return { rows: [], total: 0 };
    const { expiries } = await ask(listDocument, {
      first,
      offset,
      program,
      affiliate: textOf(filter, 'affiliate'),
      to: dayOf(filter, 'to'),
    });
    return { rows: expiries.edges.map(({ cursor, node }) => ({ ...node, id: cursor })), total: expiries.totalCount };
  },
  one: () => Promise.resolve(null),
};
