import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment ApprovalRow on Approval {
    id kind subject status reason input requestedAt requestedBy decidedAt decidedBy program { key name }
  }
`);

const listDocument = graphql(
  `
  query Approvals($first: Int!, $offset: Int!, $id: String, $program: String, $status: ApprovalStatus) {
    approvals(first: $first, offset: $offset, id: $id, program: $program, status: $status) { totalCount nodes { ...ApprovalRow } }
  }
`,
  [rowFragment],
);

export const giveDocument = graphql(`
  mutation GiveApproval($input: GiveApprovalInput!) { giveApproval(input: $input) { userErrors { code message path } } }
`);
export const refuseDocument = graphql(`
  mutation RefuseApproval($input: RefuseApprovalInput!) { refuseApproval(input: $input) { userErrors { code message path } } }
`);
export const withdrawDocument = graphql(`
  mutation WithdrawApproval($input: WithdrawApprovalInput!) { withdrawApproval(input: $input) { userErrors { code message path } } }
`);

export type ApprovalRecord = ResultOf<typeof rowFragment>;
export const APPROVAL_STATUSES: readonly ApprovalRecord['status'][] = ['REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN', 'LAPSED'];
export const APPROVAL_TONES: Readonly<Record<ApprovalRecord['status'], Tone>> = {
  REQUESTED: 'waiting',
  APPROVED: 'good',
  REFUSED: 'bad',
  WITHDRAWN: 'quiet',
  LAPSED: 'quiet',
};

export const approvals = listOnly<ApprovalRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => ({ program: textOf(filter, 'program'), status: wordOf(filter, 'status', APPROVAL_STATUSES) }),
  ({ approvals: found }) => found,
  (id) => ({ id }),
);
