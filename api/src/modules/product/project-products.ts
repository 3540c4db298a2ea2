import { parseDecimal } from '@tributary/shared/money';
import { searchEntries } from '@tributary/shared/tracking';
import { copyRows } from '../../platform/database/copy.ts';
import { rows, type SqlItem } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { PageKeys } from './page-keys.ts';
import type { Product } from './product.entity.ts';

/** What stands before every word of a program's products: the end of its id, since ids made together begin alike. */
export const programMark = (programId: string): string => `${programId.slice(-8)}:`;

/** A state of a product, with what its page is found by. */
export interface ProductState extends Product {
  /** Its content, as it is kept. */
  readonly text: string;
  readonly page: PageKeys | null;
}

const COLUMNS = ['slice', 'program_id', 'external_id', 'seen_at', 'page', 'page_query', 'category', 'price', 'offered', 'content', 'words'];
const CHANGED = COLUMNS.slice(3).map((name) => `${name} = excluded.${name}`);

/**
 * Keeps what the feed said last of each product, for all that asks how products are now. States may come in any order and any number;
 * the newest of each product stays. `exponent`: of the program's currency. `known`: ids of those that have a row.
 */
export async function projectProducts(
  tx: Transaction,
  states: readonly ProductState[],
  exponent: number,
  known: ReadonlySet<string>,
): Promise<void> {
  const newest = new Map<string, ProductState>();
  for (const state of states) {
    const before = newest.get(state.externalId);
    if (before === undefined || before.seenAt <= state.seenAt) newest.set(state.externalId, state);
  }
  // In one order, so that two calls with the same products wait for each other and not crosswise.
  const products = [...newest.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const fresh = products.filter(({ externalId }) => !known.has(externalId));
  const there = products.filter(({ externalId }) => known.has(externalId));
  if (there.length > 0) await replaceRows(tx, there, exponent);
  if (fresh.length > 0) await copyRows(tx, `product (${COLUMNS.join(', ')})`, rowsOf(fresh, exponent));
}

function* rowsOf(products: readonly ProductState[], exponent: number): Generator<SqlItem[]> {
  for (const product of products) yield rowOf(product, exponent);
}

function rowOf(product: ProductState, exponent: number): (string | number | bigint | boolean | Date | null)[] {
  const { programId, externalId, seenAt, content, text, page } = product;
  const { category = null, price, available, participates } = content;
  const minor = price === undefined ? 0n : parseDecimal(price, exponent);
  const offered = available && participates;
  const [path = null, query = null] = page === null ? [] : [page.path, page.query];
  const head = [sliceOf(externalId), programId, externalId, seenAt, path, query, category, minor, offered];
  return [...head, text, wordsOf(product)];
}

async function replaceRows(tx: Transaction, products: readonly ProductState[], exponent: number): Promise<void> {
  const values = products.map((product) => rowOf(product, exponent));
  await rows(
    tx,
    `insert into product as p (${COLUMNS.join(', ')})
     select slice, program_id, external_id, seen_at, page, page_query, category, price, offered, content, words::tsvector
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::boolean[], $10::json[], $11::text[])
       as u (${COLUMNS.join(', ')})
     on conflict (slice, program_id, external_id) do update set ${CHANGED.join(', ')} where p.seen_at <= excluded.seen_at`,
    COLUMNS.map((_, index) => values.map((row) => row[index])),
  );
}

/** What a product is found by, as PostgreSQL reads it. Words hold letters and digits only, so nothing in them means anything. */
export function wordsOf({ programId, externalId, content }: Omit<Product, 'seenAt'>): string {
  const mark = programMark(programId);
  const { words, pairs } = searchEntries(`${content.title ?? ''} ${externalId} ${content.category ?? ''}`);
  let text = '';
  for (const word of words) text += `'${mark}${word}' `;
  for (const [pair, places] of pairs) text += `'${mark}${pair}':${places.join(',')} `;
  return text;
}
