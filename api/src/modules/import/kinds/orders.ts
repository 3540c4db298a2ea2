import { createHash } from 'node:crypto';
import type { OrderInput } from '@tributary/shared/facts';
import type { Fact } from '../../../intake/index.ts';
import type { UserError } from '../../../platform/graphql/user-error.ts';
import type { IntakeService } from '../../intake/index.ts';
import { factsOf } from '../../postback/index.ts';
import type { FieldOfRow, MappedRow, ReadRow, RowKind, TakenRow, TakeRows, Taking } from './kind.ts';
import { wholeOrders } from './wholeOrders.ts';

/** The parameters of postbacks, with the names that shops' files have for them. */
const FIELDS: readonly FieldOfRow[] = [
  { name: 'order_id', required: true, names: ['order', 'order_number', 'order_no', 'order_ref', 'transaction_id', 'id'] },
  { name: 'amount', names: ['sale_amount', 'order_amount', 'subtotal', 'line_total', 'total', 'value'] },
  { name: 'price', names: ['unit_price', 'item_price', 'lineitem_price', 'price_each'] },
  { name: 'status', names: ['state', 'event', 'order_status'] },
  { name: 'currency', names: ['currency_code'] },
  { name: 'click_id', names: ['click', 'clickid', 'click_ref', 'aff_click_id'] },
  { name: 'customer', names: ['customer_id', 'user_id', 'account', 'buyer_id'] },
  { name: 'visitor', names: ['visitor_id', 'client_id'] },
  { name: 'coupon', names: ['coupon_code', 'discount_code', 'voucher', 'promo_code'] },
  { name: 'country', names: ['country_code', 'shipping_country', 'delivery_country'] },
  { name: 'shipping', names: ['shipping_cost', 'shipping_amount'] },
  { name: 'sku', names: ['item', 'item_id', 'lineitem_sku', 'line_item', 'article'] },
  { name: 'product', names: ['product_id', 'item_group_id'] },
  { name: 'category', names: ['product_category', 'category_name'] },
  { name: 'kind', names: ['product_kind', 'type'] },
  { name: 'rate', names: ['commission_rate'] },
  { name: 'quantity', names: ['qty', 'count', 'lineitem_quantity', 'units'] },
  { name: 'event_id', names: ['refund_id'] },
  { name: 'reason', names: ['note', 'comment'] },
  { name: 'spam', names: [] },
  { name: 'in_favor_of', names: [] },
  { name: 'at', names: ['time', 'date', 'occurred_at', 'created_at', 'order_date', 'placed_at', 'datetime', 'timestamp'] },
];

/** Which field a step of a fact's path is about. */
const FIELD_OF_STEP: Readonly<Record<string, string>> = {
  id: 'order_id',
  order: 'order_id',
  click: 'click_id',
  affiliateCoupon: 'coupon',
  occurredAt: 'at',
  inFavorOf: 'in_favor_of',
};
const NAMES = new Set(FIELDS.map(({ name }) => name));

/** Rows that tell one order or what became of it, and the facts that they are. */
interface Group {
  readonly rows: number;
  readonly facts: readonly Fact[];
  readonly error?: UserError;
}

/** Orders and what becomes of them, a row each. Rows that follow each other with one order's number and different `sku`s are its lines. */
export class OrderRows implements RowKind {
  readonly kind = 'orders' as const;
  readonly formats = ['csv'];
  readonly mostBytes = 500_000_000;
  readonly fields = FIELDS;
  readonly atOnce = 500;
  private readonly intake: IntakeService;

  constructor(intake: IntakeService) {
    this.intake = intake;
  }

  belongTogether(one: ReadRow, next: ReadRow): boolean {
    if (next.isCut) return true;
    return next.values.has('sku') && one.values.get('order_id') === next.values.get('order_id');
  }

  whole = wholeOrders;

  async check(rows: readonly MappedRow[], { fork, program, now, by }: Taking): Promise<readonly (readonly UserError[])[]> {
    const groups = groupsOf(rows);
    const told = groups.flatMap(({ facts }) => facts.map((fact) => ({ fact, now, by })));
    const found = await this.intake.check(fork(), program, told);
    return spread(
      groups,
      found.map((error) => ({ repeated: false, userErrors: error === null ? [] : [error] })),
    ).map(({ errors }) => errors);
  }

  async prepare(rows: readonly MappedRow[], { program, now, by }: Taking): Promise<TakeRows> {
    const groups = groupsOf(rows);
    const told = groups.flatMap(({ facts }) => {
      const call = callOf(facts);
      return facts.map((fact) => ({ fact, now, by, call }));
    });
    return async () => spread(groups, told.length === 0 ? [] : await this.intake.recordTold(program, told));
  }
}

/** What a row tells is its name, so that it counts once in whichever file it comes. */
function callOf(facts: readonly Fact[]): string | undefined {
  const tellsEvents = facts.some(({ kind }) => kind === 'event');
  return tellsEvents ? createHash('sha256').update(JSON.stringify(facts)).digest('hex') : undefined;
}

/** What became of facts, told of the rows that they were. */
function spread(groups: readonly Group[], results: readonly { repeated: boolean; userErrors: readonly UserError[] }[]): TakenRow[] {
  let next = 0;
  return groups.flatMap(({ rows, facts, error }) => {
    const found = results.slice(next, next + facts.length);
    next += facts.length;
    const errors = (error === undefined ? found.flatMap(({ userErrors }) => userErrors) : [error]).map(byField);
    const repeated = errors.length === 0 && found.every((result) => result.repeated);
    return Array.from({ length: rows }, () => ({ repeated, errors }));
  });
}

function byField(error: UserError): UserError {
  const step = error.path.findLast((one) => one in FIELD_OF_STEP || NAMES.has(one));
  return { ...error, path: step === undefined ? [] : [FIELD_OF_STEP[step] ?? step] };
}

function groupsOf(rows: readonly MappedRow[]): Group[] {
  const groups: Group[] = [];
  /** The order whose lines are being put together, without them. */
  let open: { input: OrderInput; head: string; skus: Set<string>; group: { rows: number; facts: Fact[] } } | undefined;
  for (const { values } of rows) {
    const facts = factsOf(values);
    if (!Array.isArray(facts)) {
      groups.push({ rows: 1, facts: [], error: facts });
      open = undefined;
      continue;
    }
    const [placed] = facts;
    const input = placed?.kind === 'order' && values.has('sku') ? placed.input : undefined;
    const sku = values.get('sku') as string;
    if (input !== undefined && open !== undefined && open.head === headOf(input, facts) && !open.skus.has(sku)) {
      open.input.lines.push(...input.lines);
      open.skus.add(sku);
      open.group.rows++;
      continue;
    }
    const group = { rows: 1, facts };
    groups.push(group);
    open = input && { input, head: headOf(input, facts), skus: new Set([sku]), group };
  }
  return groups;
}

/** What rows of one order have in common: all of it but its lines, and what became of it. */
function headOf({ lines: _, ...head }: OrderInput, [, ...events]: readonly Fact[]): string {
  return JSON.stringify([head, events]);
}
