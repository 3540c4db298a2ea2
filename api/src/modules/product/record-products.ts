import { isPlainUrl, pageKey } from '@tributary/shared/compliance';
import { type FactForm, normaliseProduct, type ProductContent, type ProductInput } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { type KnownSince, queueOrdersPlaced } from '../../intake/index.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Product } from './product.entity.ts';
import { projectProducts } from './project-products.ts';

export interface RecordedProduct {
  product: Product | null;
  repeated: boolean;
  userErrors: UserError[];
}

/** Another call told the same product of the same instant meanwhile: the transaction runs again on what is there now. */
class ToldMeanwhile extends Error {
  readonly code = '40001';
}

interface Told {
  readonly index: number;
  readonly content: ProductContent;
  readonly at: number;
}

const refuse = (error: UserError): RecordedProduct => ({ product: null, repeated: false, userErrors: [error] });

/** Records what the feed said, in the order given. Each state of a product stands beside the earlier ones: orders read the one of their instant. */
export async function recordProducts(
  tx: Transaction,
  programId: string,
  inputs: readonly ProductInput[],
  form: FactForm,
  now: number,
): Promise<{ results: RecordedProduct[]; revisits: number }> {
  const results: RecordedProduct[] = new Array(inputs.length);
  const told: Told[] = [];
  for (const [index, input] of inputs.entries()) {
    const normal = normaliseProduct(input, form, now);
    if (!normal.ok) results[index] = refuse(userError('INVALID', normal.refusal.message, normal.refusal.path));
    else if (normal.content.url !== undefined && !isPlainUrl(normal.content.url))
      results[index] = refuse(userError('INVALID', 'The URL is not a plain http or https address.', ['url']));
    else told.push({ index, content: normal.content, at: normal.at });
  }
  const states = await statesOf(tx, programId, told);
  const fresh: Product[] = [];
  for (const { index, content, at } of told) {
    const known = states.get(content.id) ?? [];
    const state = stateFor(known, content, at);
    if ('code' in state) {
      results[index] = refuse(state);
      continue;
    }
    if (!state.repeated) {
      known.push({ at: state.at, content });
      states.set(content.id, known);
      fresh.push({ programId, externalId: content.id, seenAt: new Date(state.at), content });
    }
    const product = { programId, externalId: content.id, seenAt: new Date(state.at), content };
    results[index] = { product, repeated: state.repeated, userErrors: [] };
  }
  await insertStates(tx, fresh, form.currencyExponent, now);
  await projectProducts(tx, fresh, form.currencyExponent);
  const since = fresh.map(({ externalId, seenAt }) => knownSince(externalId, seenAt.getTime(), states.get(externalId) ?? []));
  return { results, revisits: await queueOrdersPlaced(tx, programId, since, 'product', now) };
}

function knownSince(product: string, from: number, states: readonly State[]): KnownSince {
  const later = states.filter(({ at }) => at > from).map(({ at }) => at);
  return { product, from, ...(later.length === 0 ? {} : { until: Math.min(...later) }) };
}

interface State {
  at: number;
  content: ProductContent;
}

/**
 * The instant under which a state is kept. Told without an instant of its own, what the feed says now is always taken:
 * of two states at one instant of the clock the later told comes a millisecond after.
 */
function stateFor(known: readonly State[], content: ProductContent, at: number): { at: number; repeated: boolean } | UserError {
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

/** States that are known from the told instants on. */
async function statesOf(tx: Transaction, programId: string, told: readonly Told[]): Promise<Map<string, State[]>> {
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

async function insertStates(tx: Transaction, products: readonly Product[], exponent: number, now: number): Promise<void> {
  if (products.length === 0) return;
  const contents = products.map(({ content }) => content);
  const written = await rows(
    tx,
    `insert into product_version (slice, program_id, external_id, seen_at, url_key, category, kind, price, rate, available, participates, content, told_at)
     select u.*, $13 from unnest($1::smallint[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::boolean[], $11::boolean[], $12::json[]) u
     on conflict do nothing returning 1`,
    [
      contents.map(({ id }) => sliceOf(id)),
      products.map(({ programId }) => programId),
      contents.map(({ id }) => id),
      products.map(({ seenAt }) => seenAt),
      contents.map(({ url }) => (url === undefined ? null : pageKey(url))),
      contents.map(({ category }) => category ?? null),
      contents.map(({ kind }) => kind ?? null),
      contents.map(({ price }) => (price === undefined ? null : parseDecimal(price, exponent))),
      contents.map(({ rate }) => rate ?? null),
      contents.map(({ available }) => available),
      contents.map(({ participates }) => participates),
      contents.map((content) => JSON.stringify(content)),
      new Date(now),
    ],
  );
  if (written.length < products.length) throw new ToldMeanwhile();
}
