import type { Entry } from '@tributary/api';
import type pg from 'pg';
import { type Books, readyColumns } from './entries.ts';

const ENTRY = `insert into ledger_entry (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[])`;
const POSTING = `insert into ledger_posting (affiliate_id, entry_id, line, program_id, unit, debit, credit, amount, lot_id)
  select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::text[], $6::ledger_account[], $7::ledger_account[], $8::bigint[], $9::uuid[])`;
const CAUSE =
  'insert into ledger_cause (affiliate_id, cause_id, sequence, entry_id) select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[])';
const LOT = `insert into lot (affiliate_id, id, program_id, unit, source_kind, source_id, usable_from, credited)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[], $8::bigint[])`;
const BALANCE = `insert into ledger_balance as b (affiliate_id, program_id, unit, account, amount)
  select affiliate_id, program_id, unit, account, sum(amount) from (
    select affiliate_id, program_id, unit, debit as account, -amount as amount from unnest($1::uuid[], $2::uuid[], $3::text[], $4::ledger_account[], $5::ledger_account[], $6::bigint[]) as u (affiliate_id, program_id, unit, debit, credit, amount)
    union all select affiliate_id, program_id, unit, credit, amount from unnest($1::uuid[], $2::uuid[], $3::text[], $4::ledger_account[], $5::ledger_account[], $6::bigint[]) as u (affiliate_id, program_id, unit, debit, credit, amount)
  ) legs group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (affiliate_id, program_id, unit, account) do update set amount = b.amount + excluded.amount`;

export interface Ready {
  readonly text: string;
  readonly values: unknown[];
}

/** A statement for the entries, one for their postings. */
export function twoTables(books: Books, entries: readonly Entry[]): Ready[] {
  const { entry, posting } = readyColumns(books, entries);
  return [
    { text: ENTRY, values: [...entry] },
    { text: POSTING, values: [...posting] },
  ];
}

/** With causes, lots and balances too: all that posting keeps in step. */
export function allTables(books: Books, entries: readonly Entry[]): Ready[] {
  const { entry, posting, cause, lot } = readyColumns(books, entries);
  const [affiliate, , , program, unit, debit, credit, amount] = posting;
  return [
    { text: CAUSE, values: [...cause] },
    { text: ENTRY, values: [...entry] },
    { text: LOT, values: [...lot] },
    { text: POSTING, values: [...posting] },
    { text: BALANCE, values: [affiliate, program, unit, debit, credit, amount] },
  ];
}

export async function insertAll(client: pg.Client, transaction: readonly Ready[]): Promise<void> {
  await client.query('begin');
  for (const statement of transaction) await client.query(statement);
  await client.query('commit');
}

const SINGLE = `with entry as (
    insert into ledger_entry (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
  ) insert into ledger_posting (affiliate_id, entry_id, line, program_id, unit, debit, credit, amount, lot_id) values ($1, $2, $9, $3, $4, $10, $11, $12, $13)`;

/** One entry with its posting: one statement, one commit, one way there and back. */
export function singleRows(books: Books, entries: readonly Entry[]): (Ready & { name: string })[] {
  return entries.map((one) => {
    const { entry, posting } = readyColumns(books, [one]);
    const values = [...entry, ...[2, 5, 6, 7, 8].map((column) => posting[column]!)].map((column) => column[0]);
    return { name: 'single', text: SINGLE, values };
  });
}
