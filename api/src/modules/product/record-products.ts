import { type FactForm, normaliseProduct, type ProductContent, type ProductInput } from '@tributary/shared/facts';
import { rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import { pageKeysOf } from './page-keys.ts';
import type { Product } from './product.entity.ts';
import { type KeptState, recordStates, type ToldProduct } from './record-states.ts';

export interface RecordedProduct {
  product: Product | null;
  repeated: boolean;
  userErrors: UserError[];
}

/** What is told of a product in normal form, or why it is not taken. `now`: by the program's clock. */
export function readTold(input: ProductInput, form: FactForm, now: number): ToldProduct | UserError {
  const normal = normaliseProduct(input, form, now);
  if (!normal.ok) return userError('INVALID', normal.refusal.message, normal.refusal.path);
  const { url } = normal.content;
  if (url === undefined) return { content: normal.content, at: normal.at, page: null };
  const page = pageKeysOf(url);
  if (page === null) return userError('INVALID', 'The URL is not a plain http or https address.', ['url']);
  return { content: normal.content, at: normal.at, page };
}

/** Records what the feed said, in the order given. Each state of a product stands beside the earlier ones: orders read the one of their instant. */
export async function recordProducts(
  tx: Transaction,
  programId: string,
  inputs: readonly ProductInput[],
  form: FactForm,
  now: number,
): Promise<{ results: RecordedProduct[]; revisits: number }> {
  const read = inputs.map((input) => readTold(input, form, now));
  const told = read.filter((one): one is ToldProduct => !('code' in one));
  const { kept, revisits } = await recordStates(tx, programId, told, form.currencyExponent, now);
  await keepInFeeds(
    tx,
    programId,
    told.filter((_, index) => isNew(kept[index]!)).map(({ content }) => content.id),
    now,
  );
  const became = new Map(told.map((one, index) => [one, kept[index]!]));
  const results = read.map((one): RecordedProduct => {
    const state = 'code' in one ? one : became.get(one)!;
    if ('code' in state) return { product: null, repeated: false, userErrors: [state] };
    const { content } = one as { content: ProductContent };
    const product = { programId, externalId: content.id, seenAt: new Date(state.at), content };
    return { product, repeated: state.repeated, userErrors: [] };
  });
  return { results, revisits };
}

const isNew = (kept: KeptState | UserError): boolean => !('code' in kept) && !kept.repeated;

/** No feed said it, and no import. */
const BY_CALL = ['', Buffer.alloc(0), '00000000-0000-0000-0000-000000000000'] as const;

/** Affiliates fetch what was told by a call as they fetch what a feed said. What only a feed says of a product stays. */
async function keepInFeeds(tx: Transaction, programId: string, told: readonly string[], now: number): Promise<void> {
  const ids = [...new Set(told)].sort();
  if (ids.length === 0) return;
  await rows(
    tx,
    `insert into feed_product (slice, program_id, external_id, feed, hash, import_id, changed_at, details)
     select u.slice, $1, u.id, $2, $3, $4, $5, '{}' from unnest($6::smallint[], $7::text[]) as u (slice, id)
     on conflict (slice, program_id, external_id) do update set gone = false, changed_at = excluded.changed_at`,
    [programId, ...BY_CALL, new Date(now), ids.map(sliceOf), ids],
  );
}
