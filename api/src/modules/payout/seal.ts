import { createHash } from 'node:crypto';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { PaymentMethods } from './methods/index.ts';

const AT_ONCE = 2_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Divides what was collected into parts: one for each method and currency, and as many as a method needs. */
export async function divideIntoParts(tx: Transaction, batch: { id: string; programId: string }, methods: PaymentMethods): Promise<number> {
  const kinds = await rows<{ method: string; currency: string; payee_currency: string; lines: number }>(
    tx,
    `select method, currency, payee_currency, count(*)::int as lines from payout_line where batch_id = $1 and status = 'collected' group by 1, 2, 3 order by 1, 2, 3`,
    [batch.id],
  );
  let number = 0;
  for (const { method, currency, payee_currency, lines } of kinds) {
    const most = methods.of(method).mostLines;
    const parts = Array.from({ length: Math.ceil(lines / most) }, () => ({ id: newId(), number: ++number }));
    await rows(
      tx,
      `insert into payout_part (id, batch_id, program_id, number, method, currency, payee_currency, status)
       select id, $3, $4, number, $5, $6, $7, 'ready' from unnest($1::uuid[], $2::int[]) as p (id, number)`,
      [parts.map((part) => part.id), parts.map((part) => part.number), batch.id, batch.programId, method, currency, payee_currency],
    );
    await rows(
      tx,
      `update payout_line l set part_id = ($5::uuid[])[1 + (n.place / $6)::int] from (
         select affiliate_id, id, row_number() over (order by id) - 1 as place from payout_line
         where batch_id = $1 and status = 'collected' and method = $2 and currency = $3 and payee_currency = $4
       ) n where l.affiliate_id = n.affiliate_id and l.id = n.id`,
      [batch.id, method, currency, payee_currency, parts.map((part) => part.id), most],
    );
  }
  return number;
}

/** SHA-256 over all that is paid, to whom and how, line by line: who approves signs it, and nothing of it changes afterwards. */
export async function hashOfLines(tx: Transaction, batchId: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for (let after = NO_ID; ; ) {
    const found = await rows<{ id: string; text: string }>(
      tx,
      `select id, json_build_array(id, withdrawal_id, affiliate_id, part_id, method, currency, amount, payee_currency, account, holder, bank, unit, points)::text as text
       from payout_line where batch_id = $1 and part_id is not null and id > $2 order by id limit ${AT_ONCE}`,
      [batchId, after],
    );
    for (const line of found) hash.update(`${line.text}\n`);
    const last = found.at(-1);
    if (last === undefined) return hash.digest();
    after = last.id;
  }
}

export async function countCollected(tx: Transaction, batchId: string): Promise<number> {
  const found = await row<{ count: number }>(
    tx,
    "select count(*)::int as count from payout_line where batch_id = $1 and status = 'collected'",
    [batchId],
  );
  return found?.count ?? 0;
}
