import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';
import type { Permission } from '../session/may.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment RequestRow on Request {
    externalId kind state subject openedAt changedAt closedAt closedBy assignee assigneeId
    enrollment { affiliate { externalId name } program { key name } }
  }
`);

const detailFragment = graphql(`
  fragment RequestDetail on Request {
    reference
    thread { kind side text at by }
    payoutMethod { kind currency account holder bank }
  }
`);

const listDocument = graphql(
  `
  query Requests(
    $first: Int!, $offset: Int!, $program: String, $affiliate: String, $kind: RequestKind, $states: [RequestState!],
    $assignee: String, $unassigned: Boolean, $sort: RequestSort!
  ) {
    requests(
      first: $first, offset: $offset, program: $program, affiliate: $affiliate, kind: $kind, states: $states,
      assignee: $assignee, unassigned: $unassigned, sort: $sort
    ) { totalCount nodes { ...RequestRow } }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Request($program: String!, $id: String!) { request(program: $program, id: $id) { ...RequestRow ...RequestDetail } }
`,
  [rowFragment, detailFragment],
);

export const assigneesDocument = graphql(`
  query RequestAssignees($program: String!) { assignees(program: $program, work: REQUESTS) { id name } }
`);

type Row = ResultOf<typeof rowFragment>;
export type RequestRecord = Row & { readonly id: string };
export type RequestDetail = RequestRecord & ResultOf<typeof detailFragment>;
export type Message = ResultOf<typeof detailFragment>['thread'][number];
export type RequestKind = Row['kind'];

export const REQUEST_STATES: readonly Row['state'][] = ['OPEN', 'WAITING', 'ANSWERED', 'GRANTED', 'REFUSED', 'WITHDRAWN'];
export const REQUEST_TONES: Readonly<Record<Row['state'], Tone>> = {
  OPEN: 'waiting',
  WAITING: 'quiet',
  ANSWERED: 'good',
  GRANTED: 'good',
  REFUSED: 'bad',
  WITHDRAWN: 'quiet',
};

export const REQUEST_KINDS: readonly RequestKind[] = [
  'PAYOUT_METHOD',
  'CREATIVE',
  'CHANNEL',
  'SOURCE_REVIEW',
  'PRODUCT_EXCHANGE',
  'CLASS',
  'SAMPLE',
  'ORDER_FACT',
  'CASE',
  'OTHER',
];
/** What affiliates begin themselves; a question about a case is asked by staff. */
export const ASKED_BY_AFFILIATES = REQUEST_KINDS.filter((kind) => kind !== 'CASE');

/** Kinds that are granted or refused, with what that takes beside answering; all others are answered in words. */
export const DECIDED_BY: Readonly<Partial<Record<RequestKind, Permission>>> = {
  PAYOUT_METHOD: 'AFFILIATE_REPRESENT',
  CHANNEL: 'AFFILIATE_MANAGE',
  SOURCE_REVIEW: 'AFFILIATE_MANAGE',
  PRODUCT_EXCHANGE: 'REDEMPTION_DECIDE',
  CLASS: 'CLASS_DECIDE',
};

const toRecord = <Found extends Row>(row: Found) => ({ ...row, id: programId.write(row.enrollment.program.key, row.externalId) });

export const requests: Source<RequestRecord> = {
  async list(ask, { first, offset, sort, filter }) {
    const state = wordOf(filter, 'state', REQUEST_STATES);
    const { requests: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      affiliate: textOf(filter, 'affiliate'),
      kind: wordOf(filter, 'kind', REQUEST_KINDS),
      states: state ? [state] : undefined,
      assignee: filter['seenTo'] === 'me' ? 'me' : undefined,
      unassigned: filter['seenTo'] === 'nobody' ? true : undefined,
      sort: sort.descending ? 'NEWEST' : 'OLDEST',
    });
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  async one(ask, id) {
    const { request } = await ask(oneDocument, programId.read(id));
    return request && toRecord(request);
  },
};
