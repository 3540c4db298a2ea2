import { newId } from '@tributary/api';
import { boundAt } from '../ids.ts';
import type { Row, Written } from './capture.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Tables of callers' ids and names. */
const NAMED = ['fact_key', 'lock_name'];

/**
 * The same rows once more, under other ids: whatever these transactions named anew gets another name everywhere. Rows
 * that were there before, and were changed, keep theirs.
 */
export function copyWritten(transactions: readonly Written[], since: number): Written[] {
  const rows = transactions.flatMap((written) => [...written].flatMap(([table, list]) => list.map((row) => ({ table, row }))));
  const bound = boundAt(since);
  const made = new Set<string>();
  const names = new Set<string>();
  for (const { table, row } of rows) {
    for (const value of Object.values(row)) if (value !== null && value >= bound && UUID.test(value)) made.add(value);
    if (NAMED.includes(table)) names.add(row['external_id'] as string);
  }
  // In the order in which they were made, so that they lie in the indexes as the first ones do.
  const ids = new Map([...made].sort().map((id) => [id, newId()]));
  const rename = (value: string | null) => (value === null ? null : (ids.get(value) ?? (names.has(value) ? `${value}~` : value)));
  return transactions.map((written) => {
    const copied = new Map<string, Row[]>();
    for (const [table, list] of written)
      copied.set(
        table,
        list.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, rename(value)]))),
      );
    return withBalances(copied);
  });
}

/** Balances are moved, not written: what the postings of the transaction add up to. */
function withBalances(written: Map<string, Row[]>): Written {
  written.delete('ledger_balance');
  const moves = balanceMoves(written.get('ledger_posting') ?? []);
  if (moves.length > 0) written.set('ledger_balance', moves);
  return written;
}

export function balanceMoves(postings: readonly Row[]): Row[] {
  const moves = new Map<string, { row: Row; amount: bigint }>();
  for (const { affiliate_id, program_id, unit, debit, credit, amount } of postings) {
    for (const [account, change] of [
      [debit, -BigInt(amount!)],
      [credit, BigInt(amount!)],
    ] as const) {
      const key = [affiliate_id, program_id, unit, account].join('\n');
      const row = { affiliate_id: affiliate_id!, program_id: program_id!, unit: unit!, account: account! };
      moves.set(key, { row, amount: (moves.get(key)?.amount ?? 0n) + change });
    }
  }
  // Always in one order, so that writers never wait for each other in a circle.
  return [...moves]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { amount }]) => amount !== 0n)
    .map(([, { row, amount }]) => ({ ...row, amount: amount.toString() }));
}
