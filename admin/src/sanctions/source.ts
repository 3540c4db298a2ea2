import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const listDocument = graphql(`
  query SanctionsMatches($first: Int!, $offset: Int!, $id: String, $status: SanctionsMatchStatus) {
    sanctionsMatches(first: $first, offset: $offset, id: $id, status: $status) {
      totalCount
      nodes { id list entry listedName kind status foundAt decidedAt decidedBy reason affiliate { externalId name country } }
    }
  }
`);

export const listsDocument = graphql(`
  query SanctionsLists { sanctionsLists(first: 20) { totalCount nodes { id list format entries hash importedAt importedBy unknownCountries unplaced } } }
`);

export const clear = graphql(`
  mutation ClearMatch($input: ClearSanctionsMatchInput!) { clearSanctionsMatch(input: $input) { userErrors { code message path } } }
`);
export const confirm = graphql(`
  mutation ConfirmMatch($input: ConfirmSanctionsMatchInput!) { confirmSanctionsMatch(input: $input) { userErrors { code message path } } }
`);

export type MatchRecord = ResultOf<typeof listDocument>['sanctionsMatches']['nodes'][number];
export const MATCH_STATUSES: readonly MatchRecord['status'][] = ['HELD', 'CLEARED', 'CONFIRMED'];
export const MATCH_TONES: Readonly<Record<MatchRecord['status'], Tone>> = { HELD: 'waiting', CLEARED: 'good', CONFIRMED: 'bad' };

export const sanctions = listOnly<MatchRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => ({ status: wordOf(filter, 'status', MATCH_STATUSES) }),
  ({ sanctionsMatches }) => sanctionsMatches,
  (id) => ({ id }),
);
