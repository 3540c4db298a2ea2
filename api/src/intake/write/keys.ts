import { hotRows as rows } from '../../platform/database/sql.ts';
import { sliceOf } from '../../platform/ids.ts';
import { type Batch, NameTaken } from '../batch.ts';

export async function writeKeys({ tx, terms, writes }: Batch): Promise<void> {
  const { keys, filled } = writes;
  if (keys.length > 0) {
    const written = await rows(
      tx,
      `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
       select slice, $6, kind, external_id, fact_id, hash from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::bytea[]) as u (slice, kind, external_id, fact_id, hash)
       order by slice, kind, external_id on conflict do nothing returning 1`,
      [
        keys.map((key) => sliceOf(key.externalId)),
        keys.map((key) => key.kind),
        keys.map((key) => key.externalId),
        keys.map((key) => key.factId),
        keys.map((key) => key.hash),
        terms.programId,
      ],
    );
    if (written.length < keys.length) throw new NameTaken();
  }
  if (filled.length > 0) {
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
        terms.programId,
      ],
    );
  }
}
