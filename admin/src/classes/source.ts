import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment ClassRow on ClassRequest {
    id class status requestedAt answeredAt answeredBy reason
    enrollment { class paidSales { amount currency } affiliate { externalId name } program { key name } }
  }
`);

const listDocument = graphql(
  `
  query ClassRequests($first: Int!, $offset: Int!, $program: String, $status: ClassRequestStatus) {
    classRequests(first: $first, offset: $offset, program: $program, status: $status) { totalCount nodes { ...ClassRow } }
  }
`,
  [rowFragment],
);

export const evidenceDocument = graphql(`
  query ClassEvidence($program: String!, $affiliate: String!) {
    program(key: $program) { terms { clauses { path rule sentence } } }
    orders(program: $program, affiliate: $affiliate, first: 50, sort: PLACED) {
      totalCount
      nodes { externalId placedAt price { amount currency } commission { status } events { kind at standing } }
    }
  }
`);

export type ClassRecord = ResultOf<typeof rowFragment>;
export type EvidenceOrder = ResultOf<typeof evidenceDocument>['orders']['nodes'][number];

export const CLASS_STATUSES: readonly ClassRecord['status'][] = ['REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN'];
export const CLASS_TONES: Readonly<Record<ClassRecord['status'], Tone>> = {
  REQUESTED: 'waiting',
  APPROVED: 'good',
  REFUSED: 'quiet',
  WITHDRAWN: 'quiet',
};

export const classes = listOnly<ClassRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => ({ program: textOf(filter, 'program'), status: wordOf(filter, 'status', CLASS_STATUSES) }),
  ({ classRequests }) => classRequests,
);
