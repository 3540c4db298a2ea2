import type { Needs } from '../../access/index.ts';

type Read = (node: never) => unknown;

/** A working list as a table. */
export interface Exported {
  readonly needs: Needs;
  /** A page of it under the name `list`, by `first` and `after` and what else filters it. */
  readonly query: string;
  readonly columns: readonly (readonly [column: string, read: Read])[];
}

interface Who {
  readonly externalId: string;
  readonly name: string | null;
}
interface Sum {
  readonly value: string;
  readonly unit: string;
}
interface Money {
  readonly amount: string;
  readonly currency: string;
}
interface InProgram {
  readonly program: { readonly key: string };
}

const PAGE = 'pageInfo { hasNextPage endCursor } nodes';
const WHO = 'affiliate { externalId name }';
const program = ['program', (node: InProgram) => node.program.key] as const;
const affiliate = [
  ['affiliate', (node: { readonly affiliate: Who | null }) => node.affiliate?.externalId],
  ['affiliateName', (node: { readonly affiliate: Who | null }) => node.affiliate?.name],
] as const;
const sum = (name: string) =>
  [
    ['amount', (node: Readonly<Record<string, Sum | null>>) => node[name]?.value],
    ['unit', (node: Readonly<Record<string, Sum | null>>) => node[name]?.unit],
  ] as const;
const price = (name: string) =>
  [
    [name, (node: Readonly<Record<string, Money | null>>) => node[name]?.amount],
    ['currency', (node: Readonly<Record<string, Money | null>>) => node[name]?.currency],
  ] as const;
/** Fields as they are. */
const plain = (...names: string[]) => names.map((name) => [name, (node: Readonly<Record<string, unknown>>) => node[name]] as const);
/** Of those who are in a program. */
const within =
  (read: (enrollment: { affiliate: Who; program: { key: string } }) => unknown) =>
  (node: { readonly enrollment: { affiliate: Who; program: { key: string } } }) =>
    read(node.enrollment);
const enrolled = [
  ['program', within(({ program: { key } }) => key)],
  ['affiliate', within(({ affiliate: { externalId } }) => externalId)],
  ['affiliateName', within(({ affiliate: { name } }) => name)],
] as const;

const typed = (exported: { needs: Needs; query: string; columns: readonly (readonly [string, (node: never) => unknown])[] }): Exported =>
  exported;

/** The lists that are exported, by the names of their pages. */
export const EXPORTS: Readonly<Record<string, Exported>> = {
  applications: typed({
    needs: ['application.review'],
    query: `query ($first: Int!, $after: String, $program: String, $status: EnrollmentStatus) {
      list: enrollments(first: $first, after: $after, program: $program, status: $status) { ${PAGE} {
        program { key } ${WHO} status class country createdAt flags warnings } } }`,
    columns: [program, ...affiliate, ...plain('status', 'class', 'country', 'createdAt', 'flags', 'warnings')],
  }),
  requests: typed({
    needs: ['request.read'],
    query: `query ($first: Int!, $after: String, $program: String, $affiliate: String, $kind: RequestKind, $states: [RequestState!],
      $assignee: String, $unassigned: Boolean, $sort: RequestSort! = OLDEST) {
      list: requests(first: $first, after: $after, program: $program, affiliate: $affiliate, kind: $kind, states: $states,
        assignee: $assignee, unassigned: $unassigned, sort: $sort) { ${PAGE} {
        externalId kind state subject assignee openedAt changedAt closedAt enrollment { program { key } ${WHO} } } } }`,
    columns: [...enrolled, ...plain('externalId', 'kind', 'state', 'subject', 'assignee', 'openedAt', 'changedAt', 'closedAt')],
  }),
  withdrawals: typed({
    needs: ['withdrawal.read'],
    query: `query ($first: Int!, $after: String, $program: String, $affiliate: String, $batch: String, $held: Boolean, $contradicted: Boolean, $waiting: Boolean, $statuses: [WithdrawalStatus!]) {
      list: withdrawals(first: $first, after: $after, program: $program, affiliate: $affiliate, batch: $batch, held: $held, contradicted: $contradicted,
        waiting: $waiting, statuses: $statuses) { ${PAGE} {
        externalId program { key } ${WHO} status amount { value unit } batch requestedAt decidedAt reason heldAt heldReason contradictedAt contradiction } } }`,
    columns: [
      program,
      ...affiliate,
      ...plain('externalId', 'status'),
      ...sum('amount'),
      ...plain('batch', 'requestedAt', 'decidedAt', 'reason', 'heldAt', 'heldReason', 'contradictedAt', 'contradiction'),
    ],
  }),
  orders: typed({
    needs: ['order.read'],
    query: `query ($first: Int!, $after: String, $program: String, $affiliate: String, $status: CommissionStatus, $attributed: Boolean, $misfit: Boolean,
      $from: Instant, $to: Instant, $sort: OrderSort! = RECORDED, $descending: Boolean! = true) {
      list: orders(first: $first, after: $after, program: $program, affiliate: $affiliate, status: $status, attributed: $attributed, misfit: $misfit,
        from: $from, to: $to, sort: $sort, descending: $descending) { ${PAGE} {
        externalId program { key } ${WHO} customer { externalId } country placedAt toldAt price { amount currency }
        commission { status amount { value unit } because } } } }`,
    columns: [
      program,
      ...plain('externalId', 'placedAt', 'toldAt', 'country'),
      ['customer', (node: { readonly customer: { externalId: string } | null }) => node.customer?.externalId],
      ...affiliate,
      ...price('price'),
      ['status', (node: { readonly commission: { status: string } | null }) => node.commission?.status],
      ['commission', (node: { readonly commission: { amount: Sum } | null }) => node.commission?.amount.value],
      ['unit', (node: { readonly commission: { amount: Sum } | null }) => node.commission?.amount.unit],
      ['because', (node: { readonly commission: { because: string[] } | null }) => node.commission?.because],
    ],
  }),
  commissions: typed({
    needs: ['commission.read'],
    query: `query ($first: Int!, $after: String, $program: String, $affiliate: String, $status: CommissionStatus, $from: Instant, $to: Instant,
      $sort: OrderSort! = RECORDED, $descending: Boolean! = true) {
      list: commissions(first: $first, after: $after, program: $program, affiliate: $affiliate, status: $status, from: $from, to: $to,
        sort: $sort, descending: $descending) { ${PAGE} {
        orderExternalId program { key } ${WHO} status amount { value unit } availableAt expiresAt decidedAt because } } }`,
    columns: [
      program,
      ...affiliate,
      ...plain('orderExternalId', 'status'),
      ...sum('amount'),
      ...plain('availableAt', 'expiresAt', 'decidedAt', 'because'),
    ],
  }),
  ledger: typed({
    needs: ['ledger.read'],
    query: `query ($first: Int!, $after: String, $program: String, $affiliate: String, $unit: String, $kinds: [String!], $from: Instant, $to: Instant,
      $descending: Boolean! = true) {
      list: ledgerEntries(first: $first, after: $after, program: $program, affiliate: $affiliate, unit: $unit, kinds: $kinds, from: $from, to: $to,
        descending: $descending) { ${PAGE} {
        id program { key } ${WHO} kind happenedAt recordedAt by reason change { value unit } order { externalId } } } }`,
    columns: [
      program,
      ...affiliate,
      ...plain('id', 'kind', 'happenedAt', 'recordedAt'),
      ...sum('change'),
      ['order', (node: { readonly order: { externalId: string } | null }) => node.order?.externalId],
      ...plain('by', 'reason'),
    ],
  }),
  redemptions: typed({
    needs: ['redemption.decide'],
    query: `query ($first: Int!, $after: String, $program: String, $affiliate: String, $kind: RedemptionKind, $status: RedemptionStatus) {
      list: redemptions(first: $first, after: $after, program: $program, affiliate: $affiliate, kind: $kind, status: $status) { ${PAGE} {
        externalId program { key } ${WHO} kind status points { value unit } redeemedAt decidedAt } } }`,
    columns: [program, ...affiliate, ...plain('externalId', 'kind', 'status'), ...sum('points'), ...plain('redeemedAt', 'decidedAt')],
  }),
};
