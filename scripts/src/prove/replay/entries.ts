import type pg from 'pg';

interface Posting {
  line: number;
  debit: string;
  credit: string;
  amount: string;
  lot_id: string | null;
}

interface Entry {
  affiliate_id: string;
  id: string;
  program_id: string;
  unit: string;
  kind: string;
  cause_id: string;
  sequence: number;
  happened_at: string;
}

/**
 * Entries that staff posted (an adjustment, a bonus) are acts by themselves: they are posted again as they were, through the database's own function.
 */
export async function postAgain(from: pg.ClientBase, to: pg.ClientBase, text: string): Promise<void> {
  const entry = JSON.parse(text) as Entry;
  const { rows: postings } = await from.query<Posting>(
    'select line, debit, credit, amount, lot_id from ledger_posting where affiliate_id = $1 and entry_id = $2 order by line',
    [entry.affiliate_id, entry.id],
  );
  const { rows: lots } = await from.query<{
    id: string;
    source_kind: string;
    source_id: string;
    usable_from: Date;
    expires_at: Date | null;
  }>(
    'select id, source_kind, source_id, usable_from, expires_at from lot where affiliate_id = $1 and source_id = $2 and id = any($3::uuid[])',
    [entry.affiliate_id, entry.cause_id, postings.map((posting) => posting.lot_id).filter((id) => id !== null)],
  );
  await to.query(
    `select ledger_post($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[],
       $9::uuid[], $10::smallint[], $11::ledger_account[], $12::ledger_account[], $13::bigint[], $14::uuid[],
       $15::uuid[], $16::uuid[], $17::text[], $18::uuid[], $19::timestamptz[], $20::timestamptz[])`,
    [
      ...[entry.affiliate_id, entry.id, entry.program_id, entry.unit, entry.kind, entry.cause_id, entry.sequence, entry.happened_at].map(
        (value) => [value],
      ),
      postings.map(() => entry.id),
      postings.map((posting) => posting.line),
      postings.map((posting) => posting.debit),
      postings.map((posting) => posting.credit),
      postings.map((posting) => posting.amount),
      postings.map((posting) => posting.lot_id),
      lots.map((lot) => lot.id),
      lots.map(() => entry.id),
      lots.map((lot) => lot.source_kind),
      lots.map((lot) => lot.source_id),
      lots.map((lot) => lot.usable_from),
      lots.map((lot) => lot.expires_at),
    ],
  );
}
