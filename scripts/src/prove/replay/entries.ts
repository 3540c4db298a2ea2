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

interface Lot {
  id: string;
  source_kind: string;
  source_id: string;
  usable_from: Date;
  expires_at: Date | null;
}

/** By what a lot is known in both databases: whose it is, what it comes from, and its instants. */
const SAME_LOT = `l.affiliate_id, l.program_id, l.unit, l.source_kind, coalesce(o.external_id, v.external_id, j.external_id) as source, l.usable_from, l.expires_at
  from lot l left join order_record o on o.id = l.source_id left join activity v on v.affiliate_id = l.affiliate_id and v.id = l.source_id
  left join adjustment j on j.affiliate_id = l.affiliate_id and j.id = l.source_id`;

/**
 * Entries that no order caused (an adjustment, what was spent or paid out) are acts by themselves, kept with their place in the
 * sequence: they are posted again as they were, through the database's own function, on the lots that stand there now.
 */
export async function postAgain(from: pg.ClientBase, to: pg.ClientBase, text: string): Promise<void> {
  const entry = JSON.parse(text) as Entry;
  const { rows: postings } = await from.query<Posting>(
    'select line, debit, credit, amount, lot_id from ledger_posting where affiliate_id = $1 and entry_id = $2 order by line',
    [entry.affiliate_id, entry.id],
  );
  const lots = await lotsMadeBy(from, entry, postings);
  const made = new Set(lots.map(({ id }) => id));
  const spent = new Map<string, string | null>();
  for (const { lot_id } of postings) {
    if (lot_id !== null && !made.has(lot_id) && !spent.has(lot_id)) spent.set(lot_id, await sameLot(from, to, lot_id));
  }
  const lotOf = (id: string | null) => (id === null ? null : made.has(id) ? id : (spent.get(id) ?? id));
  await to.query(
    `select ledger_post($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[],
       $9::uuid[], $10::smallint[], $11::ledger_account[], $12::ledger_account[], $13::bigint[], $14::uuid[],
       $15::uuid[], $16::uuid[], $17::text[], $18::uuid[], $19::timestamptz[], $20::timestamptz[])`,
    [
      ...columnsOf(entry),
      postings.map(() => entry.id),
      postings.map((posting) => posting.line),
      postings.map((posting) => posting.debit),
      postings.map((posting) => posting.credit),
      postings.map((posting) => posting.amount),
      postings.map((posting) => lotOf(posting.lot_id)),
      lots.map((lot) => lot.id),
      lots.map(() => entry.id),
      lots.map((lot) => lot.source_kind),
      lots.map((lot) => lot.source_id),
      lots.map((lot) => lot.usable_from),
      lots.map((lot) => lot.expires_at),
    ],
  );
}

/** A request for money keeps what it covers from lapsing while it is open: the lots say until when. */
export async function claimAgain(from: pg.ClientBase, to: pg.ClientBase, text: string): Promise<void> {
  const { affiliate_id, program_id } = JSON.parse(text) as { affiliate_id: string; program_id: string };
  const { rows } = await from.query<{ id: string; claimed_until: Date }>(
    'select id, claimed_until from lot where affiliate_id = $1 and program_id = $2 and claimed_until is not null',
    [affiliate_id, program_id],
  );
  for (const { id, claimed_until } of rows) {
    const lot = await sameLot(from, to, id);
    if (lot !== null) await to.query('select ledger_claim($1, $2::uuid[], $3)', [affiliate_id, [lot], claimed_until]);
  }
}

/** One entry, a column each. */
function columnsOf(entry: Entry): unknown[][] {
  const { affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at } = entry;
  return [affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at].map((value) => [value]);
}

async function lotsMadeBy(from: pg.ClientBase, entry: Entry, postings: readonly Posting[]): Promise<Lot[]> {
  const credited = postings.filter(({ debit, credit }) => credit === 'owed' && debit === 'expense').map((posting) => posting.lot_id);
  if (credited.length === 0) return [];
  const { rows } = await from.query<Lot>(
    'select id, source_kind, source_id, usable_from, expires_at from lot where affiliate_id = $1 and source_id = $2 and id = any($3::uuid[])',
    [entry.affiliate_id, entry.cause_id, credited],
  );
  return rows;
}

/** Null: there is no such lot now; the posting will be refused, which is a difference indeed. */
async function sameLot(from: pg.ClientBase, to: pg.ClientBase, id: string): Promise<string | null> {
  const { rows: told } = await from.query<Record<string, unknown>>(`select ${SAME_LOT} where l.id = $1`, [id]);
  const [lot] = told;
  if (!lot) return null;
  const { rows: replayed } = await to.query<{ id: string }>(
    `select id from (select l.id, ${SAME_LOT}) found
     where affiliate_id = $1 and program_id = $2 and unit = $3 and source_kind = $4 and source is not distinct from $5 and usable_from = $6 and expires_at is not distinct from $7`,
    ['affiliate_id', 'program_id', 'unit', 'source_kind', 'source', 'usable_from', 'expires_at'].map((column) => lot[column]),
  );
  return replayed[0]?.id ?? null;
}
