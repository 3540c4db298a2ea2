import { formatDecimal } from '@tributary/shared/money';
import { rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';

/** What messages call affiliates: by our ids, the callers'. */
export async function affiliateNames(tx: Transaction, affiliateIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const text = 'select id, external_id as name from affiliate where id = any($1::uuid[])';
  const found = await rows<{ id: string; name: string }>(tx, text, [[...new Set(affiliateIds)]]);
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** Writes minor units of a program's units as decimals. What a unit is never changes, so any version of the terms says it. */
export async function amountsOf(tx: Transaction, programId: string): Promise<(minor: bigint, unit: string) => string> {
  const [found] = await rows<{ reward: number; activity: string | null; exponent: number | null }>(
    tx,
    `select (document #>> '{reward,exponent}')::int as reward, document #>> '{activity,unit}' as activity, (document #>> '{activity,exponent}')::int as exponent
     from terms_version where program_id = $1 order by number desc limit 1`,
    [programId],
  );
  return (minor, unit) => formatDecimal(minor, (unit === found?.activity ? found.exponent : found?.reward) ?? 0);
}
