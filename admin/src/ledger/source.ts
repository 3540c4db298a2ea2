import { graphql, type ResultOf } from '../api/graphql.ts';
import { dayOf, textOf, wordOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';

const rowFragment = graphql(`
  fragment EntryRow on LedgerEntry {
    id
    program { key name }
    affiliate { externalId name }
    kind
    happenedAt
    recordedAt
    change { value unit }
    postings { debit credit amount { value unit } }
    order { externalId program { key } }
    reason
    by
    reversedBy { happenedAt reason by }
  }
`);

const listDocument = graphql(
  `
  query LedgerEntries(
    $first: Int!, $offset: Int!, $program: String, $affiliate: String, $kinds: [String!], $from: Instant, $to: Instant, $descending: Boolean!
  ) {
    ledgerEntries(
      first: $first, offset: $offset, program: $program, affiliate: $affiliate, kinds: $kinds, from: $from, to: $to, descending: $descending
    ) { pageInfo { hasNextPage } nodes { ...EntryRow } }
  }
`,
  [rowFragment],
);

export type EntryRecord = ResultOf<typeof rowFragment>;

/** Kinds of entries that one looks for. */
export const ENTRY_KINDS = [
  'commission-earned',
  'commission-confirmed',
  'commission-reversed',
  'adjustment',
  'bonus',
  'expired',
  'forfeited',
  'debt-settled',
] as const;

/** Without a total: the books are long, and counting them tells nothing. */
export const ledger: Source<EntryRecord> = {
  async list(ask, { first, offset, sort, filter }) {
    const kind = wordOf(filter, 'kind', ENTRY_KINDS);
    const { ledgerEntries } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      kinds: kind && [kind],
      from: dayOf(filter, 'from'),
      to: dayOf(filter, 'to'),
      descending: sort.descending,
    });
    return { rows: ledgerEntries.nodes, hasNextPage: ledgerEntries.pageInfo.hasNextPage };
  },
  /** Entries are read by lists only. */
  async one() {
    return null;
  },
};
