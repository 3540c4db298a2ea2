import { hotWrite, hotRows as rows, type Write } from '../../platform/database/sql.ts';
import { isUniqueViolation, type Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import { type Batch, NameTaken } from '../batch.ts';
import type { Writes } from '../writes.ts';
import { insertion } from './insert.ts';

export async function writeKeys(batch: Batch): Promise<void> {
  const { tx, terms, writes } = batch;
  if (writes.keys.length > 0) await hotWrite(tx, claimOfKeys(batch)).catch(throwTaken);
  // Only when all is claimed: a name that another batch has taken is locked by that one, which may wait for this one.
  await fillKeys(tx, terms.programId, writes.filled);
}

/** A name that another batch took meanwhile fails the statement: to look for it first would take each index twice. */
export function claimOfKeys({ terms: { programId }, writes: { keys } }: Batch): Write {
  return insertion(
    'fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)',
    ['smallint', 'uuid', 'text', 'text', 'uuid', 'bytea'],
    [
      keys.map((key) => sliceOf(key.externalId)),
      programId,
      keys.map((key) => key.kind),
      keys.map((key) => key.externalId),
      keys.map((key) => key.factId),
      keys.map((key) => key.hash),
    ],
    // By everybody in one order.
    'order by 1, 3, 4',
  );
}

export function throwTaken(error: unknown): never {
  const { constraint = '' } = error as { constraint?: string };
  throw isUniqueViolation(error) && constraint.startsWith('fact_key') ? new NameTaken() : error;
}

async function fillKeys(tx: Transaction, programId: string, filled: Writes['filled']): Promise<void> {
  if (filled.length === 0) return;
  await rows(
    tx,
    `update fact_key f set fact_id = u.fact_id, content_hash = u.hash from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::bytea[]) as u (slice, kind, external_id, fact_id, hash)
     where f.slice = u.slice and f.scope_id = $6 and f.kind = u.kind and f.external_id = u.external_id`,
    [
      filled.map((key) => sliceOf(key.externalId)),
      filled.map((key) => key.kind),
      filled.map((key) => key.externalId),
      filled.map((key) => key.factId),
      filled.map((key) => key.hash),
      programId,
    ],
  );
}
