import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import { NameTaken } from '../batch.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import { keyOf, type Workset } from '../workset.ts';

/** Reads what the directory knows of the callers' ids. */
export async function loadKeys(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const wanted = [...names.keys.values()];
  if (wanted.length === 0) return;
  const found = await rows<{ kind: string; external_id: string; fact_id: string; content_hash: Buffer | null }>(
    tx,
    `select f.kind, f.external_id, f.fact_id, f.content_hash
     from unnest($1::smallint[], $2::text[], $3::text[]) as k (slice, kind, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $4 and f.kind = k.kind and f.external_id = k.external_id`,
    [wanted.map((key) => sliceOf(key.externalId)), wanted.map((key) => key.kind), wanted.map((key) => key.externalId), terms.programId],
  );
  for (const row of found) set.keys.set(keyOf(row.kind, row.external_id), { factId: row.fact_id, hash: row.content_hash });
}

/** Names of what is awaited: one batch at a time works on each. One that was filled meanwhile has to be read anew. */
export async function lockAwaited(tx: Transaction, terms: ProgramTerms, kind: 'order' | 'click', names: readonly string[]): Promise<void> {
  const locked = await rows<{ filled: boolean }>(
    tx,
    `select f.content_hash is not null as filled from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = $4 and f.external_id = k.external_id
     order by f.slice, f.external_id for no key update of f`,
    [names.map(sliceOf), names, terms.programId, kind],
  );
  if (locked.some(({ filled }) => filled)) throw new NameTaken();
}
