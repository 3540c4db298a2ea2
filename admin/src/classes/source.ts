import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment ClassRow on ClassRequest {
    id class status requestedAt answeredAt answeredBy reason
    evidence {
      measured { measure unit value }
      needed { unit value }
      measuredNow { unit value }
      neededNow { unit value }
    }
    enrollment { class paidSales { amount currency } affiliate { externalId name } program { key name } }
  }
`);

const listDocument = graphql(
  `
  query ClassRequests($first: Int!, $offset: Int!, $id: String, $program: String, $status: ClassRequestStatus) {
    classRequests(first: $first, offset: $offset, id: $id, program: $program, status: $status) { totalCount nodes { ...ClassRow } }
  }
`,
  [rowFragment],
);

/** What the terms say of classes, and the orders behind what they go by. */
export const evidenceDocument = graphql(`
  query ClassEvidence($program: String!, $affiliate: String!, $measure: ClassMeasure, $first: Int!) {
    program(key: $program) { terms { clauses { path rule sentence } } }
    measuredOrders(program: $program, affiliate: $affiliate, measure: $measure, first: $first) {
      totalCount
      nodes { orderId placedAt because rules since counted { unit value } }
    }
  }
`);

export type ClassRecord = ResultOf<typeof rowFragment>;
export type MeasuredOrder = ResultOf<typeof evidenceDocument>['measuredOrders']['nodes'][number];
export type ClassEvidence = NonNullable<ClassRecord['evidence']>;

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
  (id) => ({ id }),
);
