import { pageKey } from '@tributary/shared/compliance';
import { parseDecimal } from '@tributary/shared/money';
import { searchWords } from '@tributary/shared/tracking';
import { rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Product } from './product.entity.ts';

/** What stands before every word of a program's products: the end of its id, since ids made together begin alike. */
export const programMark = (programId: string): string => `${programId.slice(-8)}:`;

/**
 * Keeps what the feed said last of each product, for all that asks how products are now. States may come in any order and any number;
 * the newest of each product stays. `exponent`: of the program's currency.
 */
export async function projectProducts(tx: Transaction, states: readonly Product[], exponent: number): Promise<void> {
  const newest = new Map<string, Product>();
  for (const state of states) {
    const key = `${state.programId}/${state.externalId}`;
    const known = newest.get(key);
    if (known === undefined || known.seenAt <= state.seenAt) newest.set(key, state);
  }
  if (newest.size === 0) return;
  // In one order, so that two calls with the same products wait for each other and not crosswise.
  const products = [...newest.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const contents = products.map(({ content }) => content);
  await rows(
    tx,
    `insert into product as p (slice, program_id, external_id, seen_at, url_key, category, price, offered, content, words)
     select slice, program_id, external_id, seen_at, url_key, category, price, offered, content, array_to_tsvector(string_to_array(words, ' '))
     from unnest($1::smallint[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::bigint[], $8::boolean[], $9::json[], $10::text[])
       as u (slice, program_id, external_id, seen_at, url_key, category, price, offered, content, words)
     on conflict (slice, program_id, external_id) do update set seen_at = excluded.seen_at, url_key = excluded.url_key,
       category = excluded.category, price = excluded.price, offered = excluded.offered, content = excluded.content, words = excluded.words
     where p.seen_at <= excluded.seen_at`,
    [
      products.map(({ externalId }) => sliceOf(externalId)),
      products.map(({ programId }) => programId),
      products.map(({ externalId }) => externalId),
      products.map(({ seenAt }) => seenAt),
      contents.map(({ url }) => (url === undefined ? null : pageKey(url))),
      contents.map(({ category }) => category ?? null),
      contents.map(({ price }) => (price === undefined ? 0n : parseDecimal(price, exponent))),
      contents.map(({ available, participates }) => available && participates),
      contents.map((content) => JSON.stringify(content)),
      products.map(wordsOf),
    ],
  );
}

function wordsOf({ programId, externalId, content }: Product): string {
  const mark = programMark(programId);
  return searchWords(`${content.title ?? ''} ${externalId} ${content.category ?? ''}`)
    .map((word) => mark + word)
    .join(' ');
}
