import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment CaseRow on Case {
    id rule status openedAt dueAt overdueAt assignee assigneeId closedAt closedBy evidenceCount
    enrollment { status class affiliate { externalId name } program { key name } }
  }
`);

const listDocument = graphql(
  `
  query Cases($first: Int!, $offset: Int!, $program: String, $affiliate: String, $status: CaseStatus, $rule: String, $assignee: String, $overdue: Boolean) {
    cases(first: $first, offset: $offset, program: $program, affiliate: $affiliate, status: $status, rule: $rule, assignee: $assignee, overdue: $overdue) {
      totalCount
      nodes { ...CaseRow }
    }
  }
`,
  [rowFragment],
);

/** What only the sheet shows: of a list it would be too much. */
const detailFragment = graphql(`
  fragment CaseDetail on Case {
    id
    evidence { id kind name text }
    history { kind text at by }
    request { thread { kind side text at by } }
    enrollment { program { terms { clauses { path rule sentence } } } }
  }
`);

const oneDocument = graphql(
  `
  query Case($id: String!) { cases(first: 1, id: $id) { nodes { ...CaseRow ...CaseDetail } } }
`,
  [rowFragment, detailFragment],
);

export const assignDocument = graphql(`
  mutation AssignCase($input: AssignCaseInput!) { assignCase(input: $input) { userErrors { code message path } } }
`);
export const unassignDocument = graphql(`
  mutation UnassignCase($input: UnassignCaseInput!) { unassignCase(input: $input) { userErrors { code message path } } }
`);
export const noteDocument = graphql(`
  mutation NoteCase($input: NoteCaseInput!) { noteCase(input: $input) { userErrors { code message path } } }
`);
export const askDocument = graphql(`
  mutation AskAboutCase($input: AskAboutCaseInput!) { askAboutCase(input: $input) { userErrors { code message path } } }
`);
export const evidenceDocument = graphql(`
  mutation AddCaseEvidence($input: AddCaseEvidenceInput!) { addCaseEvidence(input: $input) { userErrors { code message path } } }
`);
export const deadlineDocument = graphql(`
  mutation SetCaseDeadline($input: SetCaseDeadlineInput!) { setCaseDeadline(input: $input) { userErrors { code message path } } }
`);
export const assigneesDocument = graphql(`
  query CaseAssignees($program: String!) { assignees(program: $program, work: CASES) { id name } }
`);
export const confirmDocument = graphql(`
  mutation ConfirmCase($input: ConfirmCaseInput!) { confirmCase(input: $input) { userErrors { code message path } } }
`);
export const dismissDocument = graphql(`
  mutation DismissCase($input: DismissCaseInput!) { dismissCase(input: $input) { userErrors { code message path } } }
`);

export type CaseRecord = ResultOf<typeof rowFragment>;
export type CaseDetail = CaseRecord & ResultOf<typeof detailFragment>;
export const CASE_STATUSES: readonly CaseRecord['status'][] = ['OPEN', 'CONFIRMED', 'DISMISSED'];
/** Of open cases: what the viewer sees to, and what should be settled by now. */
export const CASE_WHOSE = ['MINE', 'OVERDUE'] as const;
export const CASE_TONES: Readonly<Record<CaseRecord['status'], Tone>> = { OPEN: 'waiting', CONFIRMED: 'bad', DISMISSED: 'quiet' };

export const cases: Source<CaseRecord> = {
  ...listOnly<CaseRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
    listDocument,
    ({ filter }) => ({
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      status: wordOf(filter, 'status', CASE_STATUSES),
      rule: textOf(filter, 'rule'),
      assignee: filter['whose'] === 'MINE' ? 'me' : undefined,
      overdue: filter['whose'] === 'OVERDUE' ? true : undefined,
    }),
    ({ cases: found }) => found,
  ),
  async one(ask, id) {
    const { cases: found } = await ask(oneDocument, { id });
    return found.nodes[0] ?? null;
  },
};
