import type { OrderContent, OrderEventContent, OrderEventKind } from '@tributary/shared/facts';
import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import type { OrderState, Workset } from '../workset.ts';
import { lockAwaited } from './keys.ts';

interface OrderRow {
  id: string;
  external_id: string;
  content: OrderContent;
  placed_at: Date;
  told_at: Date;
  customer_id: string | null;
  visitor: string | null;
  click_ref: string | null;
  revision: number;
  affiliate_id: string | null;
}

const ORDER_COLUMNS = 'id, external_id, content, placed_at, told_at, customer_id, visitor, click_ref, revision, affiliate_id';

export async function loadOrders(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const ids = new Set(names.orderIds);
  const awaited: string[] = [];
  for (const [key, value] of set.keys) {
    if (!key.startsWith('order\n')) continue;
    if (value.hash === null) awaited.push(key.slice('order\n'.length));
    else ids.add(value.factId);
  }
  if (ids.size > 0) await loadOrdersById(tx, terms, set, [...ids], names.isReading);
  if (awaited.length > 0) await loadWaiting(tx, terms, set, awaited);
}

/** Events of orders that have not been told yet. */
async function loadWaiting(tx: Transaction, terms: ProgramTerms, set: Workset, names: string[]): Promise<void> {
  const slices = names.map(sliceOf);
  await lockAwaited(tx, terms, 'order', names);
  const found = await rows<{
    order_external_id: string;
    id: string;
    kind: OrderEventKind;
    external_id: string | null;
    happened_at: Date;
    told_at: Date;
    told_by: string;
    content: OrderEventContent;
  }>(
    tx,
    `select w.* from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join waiting_event w on w.slice = k.slice and w.program_id = $3 and w.order_external_id = k.external_id order by w.id`,
    [slices, names, terms.programId],
  );
  for (const row of found) {
    const event = {
      id: row.id,
      kind: row.kind,
      externalId: row.external_id,
      at: row.happened_at.getTime(),
      toldAt: row.told_at.getTime(),
      by: row.told_by,
      content: row.content,
    };
    const waiting = set.waiting.get(row.order_external_id);
    if (waiting === undefined) set.waiting.set(row.order_external_id, [event]);
    else waiting.push(event);
  }
}

export async function nameCustomers(tx: Transaction, names: Names): Promise<void> {
  if (names.customerIds.size === 0) return;
  const found = await rows<{ external_id: string }>(tx, 'select external_id from customer where id = any($1::uuid[])', [
    [...names.customerIds],
  ]);
  for (const row of found) names.customers.add(row.external_id);
}

/** Locks and reads orders with their events and what the books hold of them. */
async function loadOrdersById(tx: Transaction, terms: ProgramTerms, set: Workset, ids: string[], isReading: boolean): Promise<void> {
  const lock = isReading ? '' : 'for update';
  const found = await rows<OrderRow>(tx, `select ${ORDER_COLUMNS} from order_record where id = any($1::uuid[]) order by id ${lock}`, [ids]);
  for (const row of found) set.orders.set(row.id, orderState(row));
  const events = await rows<{
    order_id: string;
    id: string;
    kind: OrderEventKind;
    external_id: string | null;
    happened_at: Date;
    told_at: Date;
    told_by: string;
    content: OrderEventContent;
  }>(
    tx,
    'select order_id, id, kind, external_id, happened_at, told_at, told_by, content from order_event where order_id = any($1::uuid[]) order by order_id, id',
    [ids],
  );
  for (const event of events) {
    set.orders.get(event.order_id)?.events.push({
      id: event.id,
      kind: event.kind,
      externalId: event.external_id,
      at: event.happened_at.getTime(),
      toldAt: event.told_at.getTime(),
      by: event.told_by,
      content: event.content,
    });
  }
  for (const order of set.orders.values()) {
    for (const event of order.events)
      if (event.kind === 'corrected' && event.content.content !== undefined) order.content = event.content.content;
  }
  const commissions = await rows<{ affiliate_id: string; order_id: string; amount: bigint; held: bigint; stands: boolean }>(
    tx,
    'select affiliate_id, order_id, amount, held, stands from commission where program_id = $1 and order_id = any($2::uuid[])',
    [terms.programId, ids],
  );
  for (const row of commissions) {
    set.orders.get(row.order_id)?.commissions.set(row.affiliate_id, {
      affiliateId: row.affiliate_id,
      amount: row.amount,
      held: row.held,
      lots: [],
      stands: row.stands,
    });
  }
}

function orderState(row: OrderRow): OrderState {
  return {
    id: row.id,
    externalId: row.external_id,
    content: row.content,
    placedAt: row.placed_at.getTime(),
    toldAt: row.told_at.getTime(),
    customerId: row.customer_id,
    visitor: row.visitor,
    clickRef: row.click_ref,
    revision: row.revision,
    affiliateId: row.affiliate_id,
    misfit: false,
    events: [],
    commissions: new Map(),
    touched: null,
  };
}
