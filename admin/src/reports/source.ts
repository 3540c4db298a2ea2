import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import type { Filter, Source } from '../provider/source.ts';

const listDocument = graphql(`
  query Report(
    $first: Int!, $offset: Int!, $program: String!, $by: ReportDimension!, $from: String!, $to: String!, $affiliate: String, $sort: ReportSort
  ) {
    report(first: $first, offset: $offset, program: $program, by: $by, from: $from, to: $to, affiliate: $affiliate, sort: $sort) {
      totalCount
      nodes {
        key clicks barredClicks referrals orders rejectedOrders sales { amount currency } commission { value unit }
        earningsPerClick conversionRate
      }
    }
  }
`);

type Row = ResultOf<typeof listDocument>['report']['nodes'][number];
/** A row, and by what it adds up. */
export type ReportRecord = Row & { readonly id: string; readonly by: Dimension };

export const DIMENSIONS = ['DAY', 'AFFILIATE', 'LINK', 'SUB_ID', 'COUNTRY', 'CHANNEL', 'TOTAL'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const SORTS = ['KEY', 'CLICKS', 'ORDERS', 'COMMISSION'] as const;

/** What is asked for by the filters in the address; null: there is no program yet. */
export function askedBy(filter: Filter) {
  const [program, from, to] = ['program', 'from', 'to'].map((name) => textOf(filter, name));
  if (program === undefined || from === undefined || to === undefined) return null;
  const by = wordOf(filter, 'by', DIMENSIONS) ?? 'DAY';
  return { program, from, to, by, affiliate: textOf(filter, 'affiliate'), sort: wordOf(filter, 'order', SORTS) };
}

/** Sums of a program; each row is named by what it is of. */
export const reports: Source<ReportRecord> = {
  async list(ask, { first, offset, filter }) {
    const asked = askedBy(filter);
    if (asked === null) return { rows: [], total: 0 };
    const { report } = await ask(listDocument, { ...asked, first, offset });
    return { rows: report.nodes.map((row) => ({ ...row, id: `${asked.by} ${row.key}`, by: asked.by })), total: report.totalCount };
  },
  one: () => Promise.resolve(null),
};
