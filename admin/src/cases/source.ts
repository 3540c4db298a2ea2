import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment CaseRow on Case {
    id rule status openedAt closedAt closedBy evidence evidenceCount
    enrollment { status class affiliate { externalId name } program { key name } }
  }
`);

const listDocument = graphql(
  `
  query Cases($first: Int!, $offset: Int!, $program: String, $affiliate: String, $status: CaseStatus, $rule: String) {
    cases(first: $first, offset: $offset, program: $program, affiliate: $affiliate, status: $status, rule: $rule) {
      totalCount
      nodes { ...CaseRow }
    }
  }
`,
  [rowFragment],
);

export const confirmDocument = graphql(`
  mutation ConfirmCase($input: ConfirmCaseInput!) { confirmCase(input: $input) { userErrors { code message path } } }
`);
export const dismissDocument = graphql(`
  mutation DismissCase($input: DismissCaseInput!) { dismissCase(input: $input) { userErrors { code message path } } }
`);
export const caseTermsDocument = graphql(`
  query CaseTerms($program: String!) { program(key: $program) { terms { clauses { path rule sentence } } } }
`);

export type CaseRecord = ResultOf<typeof rowFragment>;
export const CASE_STATUSES: readonly CaseRecord['status'][] = ['OPEN', 'CONFIRMED', 'DISMISSED'];
export const CASE_TONES: Readonly<Record<CaseRecord['status'], Tone>> = { OPEN: 'waiting', CONFIRMED: 'bad', DISMISSED: 'quiet' };

export const cases = listOnly<CaseRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => ({
    program: textOf(filter, 'program'),
    affiliate: textOf(filter, 'affiliate'),
    status: wordOf(filter, 'status', CASE_STATUSES),
    rule: textOf(filter, 'rule'),
  }),
  ({ cases: found }) => found,
);
