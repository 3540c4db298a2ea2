import type { OrderContent, OrderEventContent, OrderEventKind, StoredEvent } from '@tributary/shared/facts';
import { type MeasureUnit, saleCount, unitOf } from '@tributary/shared/people';
import type { ClassMeasure, CompiledTerms } from '@tributary/shared/terms';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

/** An affiliate in a program, as keys of loaders name it. */
export interface Pair {
  readonly affiliateId: string;
  readonly programId: string;
}

export const pairKey = ({ affiliateId, programId }: Pair): string => `${affiliateId}/${programId}`;

/** What a program's terms measure affiliates by. */
export interface MeasureOf extends MeasureUnit {
  readonly measure: ClassMeasure;
  readonly currencyExponent: number;
}

/** A measure of a program, by the terms in force. */
export function measureBy({ terms, currencyExponent, rewardExponent }: CompiledTerms, measure: ClassMeasure): MeasureOf {
  const units = { currency: terms.program.currency, currencyExponent, reward: terms.reward.unit, rewardExponent };
  return { measure, currencyExponent, ...unitOf(measure, units) };
}

/** What measures come to, in minor units, by {@link pairKey}: all of them are of one kind, each program with its own currency. */
export function measured(
  em: EntityManager,
  measure: ClassMeasure,
  pairs: readonly Pair[],
  exponentOf: (programId: string) => number,
): Promise<Map<string, bigint>> {
  switch (measure) {
    case 'paid-sales':
    case 'paid-orders':
      return sumSales(em, measure, pairs, exponentOf);
    case 'paying-customers':
      return sumUp(em, PAYING, pairs);
    case 'commission':
      return sumUp(em, EARNED, pairs);
  }
}

const ORDERS_AT_ONCE = 2_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface SoldRow {
  affiliate_id: string;
  program_id: string;
  order_id: string;
  placed_at: Date;
  content: OrderContent;
  events: EventJson[];
}

/** An event as {@link EVENTS_JSON} reads it. */
export interface EventJson {
  readonly kind: OrderEventKind;
  readonly externalId: string | null;
  readonly at: string;
  readonly content: OrderEventContent;
}

export const EVENTS_JSON = `json_agg(json_build_object('kind', e.kind, 'externalId', e.external_id, 'at', e.happened_at, 'content', e.content) order by e.id)`;

export const storedEvents = (events: readonly EventJson[] | null): StoredEvent[] =>
  (events ?? []).map((event) => ({ ...event, at: Date.parse(event.at) }));

/**
 * Read set by set, so that any number of orders fits into memory. Orders that were rejected, moved or taken back whole are left
 * out from the start.
 */
async function sumSales(
  em: EntityManager,
  measure: 'paid-sales' | 'paid-orders',
  pairs: readonly Pair[],
  exponentOf: (programId: string) => number,
): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (let after = { affiliate: FIRST_ID, order: FIRST_ID }; ; ) {
    const found = await rows<SoldRow>(em, SOLD, [...columnsOf(pairs), after.affiliate, after.order]);
    for (const row of found) {
      const key = pairKey({ affiliateId: row.affiliate_id, programId: row.program_id });
      const order = { content: row.content, placedAt: row.placed_at.getTime(), events: storedEvents(row.events) };
      sums.set(key, (sums.get(key) ?? 0n) + saleCount(measure, order, exponentOf(row.program_id)));
    }
    const last = found.at(-1);
    if (last === undefined || found.length < ORDERS_AT_ONCE) return sums;
    after = { affiliate: last.affiliate_id, order: last.order_id };
  }
}

async function sumUp(em: EntityManager, text: string, pairs: readonly Pair[]): Promise<Map<string, bigint>> {
  const found = await rows<Pair & { sum: bigint }>(em, text, columnsOf(pairs));
  return new Map(found.map((row) => [pairKey(row), row.sum]));
}

const columnsOf = (pairs: readonly Pair[]) => [pairs.map((pair) => pair.affiliateId), pairs.map((pair) => pair.programId)];

const OF_PAIRS = `from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
  join commission c on c.affiliate_id = k.affiliate_id and c.program_id = k.program_id`;

const SOLD = `select c.affiliate_id, c.program_id, c.order_id, o.placed_at, o.content, v.events
  ${OF_PAIRS} and c.status = 'earning'
  join order_record o on o.id = c.order_id
  cross join lateral (select ${EVENTS_JSON} as events, bool_or(e.kind = 'paid') as paid from order_event e where e.order_id = c.order_id) v
  where v.paid and (c.affiliate_id, c.order_id) > ($3::uuid, $4::uuid)
  order by c.affiliate_id, c.order_id limit ${ORDERS_AT_ONCE}`;

const PAYING = `select c.affiliate_id as "affiliateId", c.program_id as "programId", count(distinct o.customer_id)::bigint as sum
  ${OF_PAIRS} and c.stands join order_record o on o.id = c.order_id group by c.affiliate_id, c.program_id`;

const EARNED = `select c.affiliate_id as "affiliateId", c.program_id as "programId", sum(c.amount)::bigint as sum
  ${OF_PAIRS} and c.status = 'earning' group by c.affiliate_id, c.program_id`;
