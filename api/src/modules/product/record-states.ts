import type { ProductContent } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { type KnownSince, queueOrdersPlaced } from '../../intake/index.ts';
import { copyRows } from '../../platform/database/copy.ts';
import { rows, type SqlItem } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { PageKeys } from './page-keys.ts';
import { type ProductState, projectProducts } from './project-products.ts';

/** What is told of a product, in normal form. */
export interface ToldProduct {
  readonly content: ProductContent;
  readonly at: number;
  readonly page: PageKeys | null;
}

/** The instant under which it is kept. */
export interface KeptState {
  readonly at: number;
  readonly repeated: boolean;
}

interface State {
  readonly at: number;
  readonly content: ProductContent;
}

/** Keeps states of products, and queues the orders that they touch. Answers one by one: what is kept, or why it is not. */
export async function recordStates(
  tx: Transaction,
  programId: string,
  told: readonly ToldProduct[],
  exponent: number,
  now: number,
): Promise<{ kept: (KeptState | UserError)[]; revisits: number }> {
  if (told.length === 0) return { kept: [], revisits: 0 };
  const newest = await newestOf(tx, programId, told);
  const states = await statesOf(
    tx,
    programId,
    told.filter(({ content, at }) => (newest.get(content.id) ?? Number.NEGATIVE_INFINITY) >= at),
  );
  const fresh: ProductState[] = [];
  const kept = told.map(({ content, at, page }): KeptState | UserError => {
    const known = states.get(content.id) ?? [];
    const state = stateFor(known, content, at);
    if ('code' in state || state.repeated) return state;
    known.push({ at: state.at, content });
    states.set(content.id, known);
    fresh.push({ programId, externalId: content.id, seenAt: new Date(state.at), content, text: JSON.stringify(content), page });
    return state;
  });
  if (fresh.length === 0) return { kept, revisits: 0 };
  await copyRows(tx, `product_version (${COLUMNS})`, rowsOf(fresh, exponent, now));
  await projectProducts(tx, fresh, exponent, new Set(newest.keys()));
  const since = fresh.map(({ externalId, seenAt }) => knownSince(externalId, seenAt.getTime(), states.get(externalId) ?? []));
  return { kept, revisits: await queueOrdersPlaced(tx, programId, since, 'product', now) };
}

const COLUMNS =
  'slice, program_id, external_id, seen_at, page, page_query, category, kind, price, rate, available, participates, content, told_at';

function* rowsOf(states: readonly ProductState[], exponent: number, now: number): Generator<SqlItem[]> {
  const toldAt = new Date(now);
  for (const { programId, externalId, seenAt, content, text, page } of states) {
    const { category, kind, price, rate, available, participates } = content;
    const minor = price === undefined ? null : parseDecimal(price, exponent);
    const head = [sliceOf(externalId), programId, externalId, seenAt, page?.path, page?.query, category, kind, minor, rate];
    yield [...head, available, participates, text, toldAt];
  }
}

/** From when on something is known of a product, and until when: later states stand. */
function knownSince(product: string, from: number, states: readonly State[]): KnownSince {
  const later = states.filter(({ at }) => at > from).map(({ at }) => at);
  return { product, from, ...(later.length === 0 ? {} : { until: Math.min(...later) }) };
}

/**
 * The instant under which a state is kept. Told without an instant of its own, what the feed says now is always taken:
 * of two states at one instant of the clock the later told comes a millisecond after.
 */
function stateFor(known: readonly State[], content: ProductContent, at: number): KeptState | UserError {
  const there = known.filter((state) => state.at >= at).sort((a, b) => a.at - b.at);
  const same = there.findLast((state) => isSame(state.content, content));
  if (content.occurredAt !== undefined) {
    if (there[0]?.at !== at) return { at, repeated: false };
    if (isSame(there[0].content, content)) return { at, repeated: true };
    return userError('CONFLICT', `Of the product ${content.id} something else is known at that very instant.`, ['occurredAt']);
  }
  const last = there.at(-1);
  if (last === undefined) return { at, repeated: false };
  return last === same ? { at: last.at, repeated: true } : { at: last.at + 1, repeated: false };
}

function isSame(a: ProductContent, b: ProductContent): boolean {
  return JSON.stringify({ ...a, occurredAt: undefined }) === JSON.stringify({ ...b, occurredAt: undefined });
}

/** From when the newest state of each product is; those that nobody has told of are not among them. One look for each, whatever the planner believes. */
async function newestOf(tx: Transaction, programId: string, told: readonly ToldProduct[]): Promise<Map<string, number>> {
  const ids = [...new Set(told.map(({ content }) => content.id))];
  const found = await rows<{ external_id: string; seen_at: Date }>(
    tx,
    `select p.external_id, p.seen_at from unnest($2::smallint[], $3::text[]) as k (slice, id) cross join lateral (
       select external_id, seen_at from product where slice = k.slice and program_id = $1 and external_id = k.id limit 1
     ) p`,
    [programId, ids.map(sliceOf), ids],
  );
  return new Map(found.map(({ external_id, seen_at }) => [external_id, seen_at.getTime()]));
}

/** States that are known from the told instants on. */
async function statesOf(tx: Transaction, programId: string, told: readonly ToldProduct[]): Promise<Map<string, State[]>> {
  if (told.length === 0) return new Map();
  const found = await rows<{ external_id: string; seen_at: Date; content: ProductContent }>(
    tx,
    `select p.external_id, p.seen_at, p.content from unnest($1::smallint[], $2::text[], $3::timestamptz[]) as k (slice, external_id, at)
     join product_version p on p.slice = k.slice and p.program_id = $4 and p.external_id = k.external_id and p.seen_at >= k.at`,
    [told.map(({ content }) => sliceOf(content.id)), told.map(({ content }) => content.id), told.map(({ at }) => new Date(at)), programId],
  );
  const states = new Map<string, Map<number, State>>();
  for (const { external_id, seen_at, content } of found) {
    const of = states.get(external_id) ?? new Map<number, State>();
    states.set(external_id, of.set(seen_at.getTime(), { at: seen_at.getTime(), content }));
  }
  return new Map([...states].map(([id, of]) => [id, [...of.values()]]));
}
