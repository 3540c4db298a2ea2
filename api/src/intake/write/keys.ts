import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import { type Batch, NameTaken } from '../batch.ts';
import type { Writes } from '../writes.ts';

const UNIQUE_VIOLATION = '23505';

export async function writeKeys({ tx, terms: { programId }, writes: { keys, filled } }: Batch): Promise<void> {
  await claimKeys(tx, programId, keys);
  // Only when all is claimed: a name that another batch has taken is locked by that one, which may wait for this one.
  await fillKeys(tx, programId, filled);
}

/** A name that another batch took meanwhile fails the statement: to look for it first would take each index twice. */
async function claimKeys(tx: Transaction, programId: string, keys: Writes['keys']): Promise<void> {
  if (keys.length === 0) return;
  await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
     select slice, $6, kind, external_id, fact_id, hash from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::bytea[]) as u (slice, kind, external_id, fact_id, hash)
     order by slice, kind, external_id`,
    [...columnsOf(keys), programId],
  ).catch(throwTaken);
}

function throwTaken(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  throw code === UNIQUE_VIOLATION && constraint === 'fact_key_pkey' ? new NameTaken() : error;
}

async function fillKeys(tx: Transaction, programId: string, filled: Writes['filled']): Promise<void> {
  if (filled.length === 0) return;
  await rows(
    tx,
    `update fact_key f set fact_id = u.fact_id, content_hash = u.hash from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::bytea[]) as u (slice, kind, external_id, fact_id, hash)
     where f.slice = u.slice and f.scope_id = $6 and f.kind = u.kind and f.external_id = u.external_id`,
    [...columnsOf(filled), programId],
  );
}

function columnsOf(keys: Writes['keys']) {
  return [
    keys.map((key) => sliceOf(key.externalId)),
    keys.map((key) => key.kind),
    keys.map((key) => key.externalId),
    keys.map((key) => key.factId),
    keys.map((key) => key.hash),
  ];
}
