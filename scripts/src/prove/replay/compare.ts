import type pg from 'pg';

/** What must come out the same, whatever the ids: one line of text per thing, keyed by what callers know. */
interface Comparison {
  readonly what: string;
  /** Answers `key` and `value`, with nothing for what is not there. */
  readonly query: string;
}

export interface Difference {
  readonly what: string;
  readonly compared: number;
  readonly differing: number;
  readonly rows: readonly string[];
}

const SHOWN = 5;

const COMPARISONS: readonly Comparison[] = [
  {
    what: 'commissions',
    query: `select p.organization_id || ' ' || p.key || ' order ' || o.external_id || ' of ' || a.external_id as key,
      concat_ws(' ', c.status, c.amount, c.unit, 'held ' || c.held, case when c.stands then 'stands' end, c.placed_at, c.available_at, c.expires_at) as value
      from commission c join order_record o on o.id = c.order_id join program p on p.id = c.program_id join affiliate a on a.id = c.affiliate_id where c.status <> 'moved'`,
  },
  {
    what: 'decisions of orders',
    query: `select p.organization_id || ' ' || p.key || ' order ' || o.external_id as key,
      concat_ws(' ', a.external_id, d.status, d.amount, d.unit, array_to_string(d.line_amounts, '+'), array_to_string(d.rules, ','), d.available_at, d.expires_at) as value
      from order_record o join decision d on d.order_id = o.id and d.revision = o.revision join program p on p.id = o.program_id left join affiliate a on a.id = d.affiliate_id`,
  },
  {
    what: 'balances',
    query: `select p.organization_id || ' ' || p.key || ' ' || a.external_id || ' ' || b.account || ' in ' || b.unit as key, b.amount::text as value
      from ledger_balance b join program p on p.id = b.program_id join affiliate a on a.id = b.affiliate_id where b.amount <> 0`,
  },
  {
    what: 'lots',
    query: `select p.organization_id || ' ' || p.key || ' ' || a.external_id || ' ' || l.source_kind || ' ' || coalesce(o.external_id, v.external_id, j.external_id, l.source_id::text) || ' from ' || l.usable_from || ' to ' || coalesce(l.expires_at::text, 'ever') as key,
      concat_ws(' ', 'earned ' || sum(l.credited - l.taken_back - l.indebted), 'left ' || sum(l.remaining), 'used ' || sum(l.consumed - l.indebted), 'expired ' || sum(l.expired), l.unit) as value
      from lot l join program p on p.id = l.program_id join affiliate a on a.id = l.affiliate_id left join order_record o on o.id = l.source_id
      left join activity v on v.affiliate_id = l.affiliate_id and v.id = l.source_id left join adjustment j on j.affiliate_id = l.affiliate_id and j.id = l.source_id
      where l.credited > l.taken_back group by p.id, a.id, l.source_kind, l.source_id, o.external_id, v.external_id, j.external_id, l.usable_from, l.expires_at, l.unit`,
  },
  {
    what: 'customers',
    query: `select p.organization_id || ' ' || p.key || ' customer ' || c.external_id as key,
      concat_ws(' ', c.registered_at, c.visitor, c.click_ref, c.referral_code, nullif(c.attributes::text, '{}'), a.external_id, c.tied_at, c.tied_by) as value
      from customer c join program p on p.id = c.program_id left join affiliate a on a.id = c.tied_affiliate_id`,
  },
  {
    what: 'places',
    query: `select p.organization_id || ' ' || p.key || ' customer ' || c.external_id || ' of ' || a.external_id as key, t.place || ' held by ' || t.standing as value
      from customer_place t join customer c on c.id = t.customer_id join program p on p.id = t.program_id join affiliate a on a.id = t.affiliate_id where t.standing > 0`,
  },
  {
    what: 'clicks',
    query: `select p.organization_id || ' ' || p.key || ' click ' || c.external_id as key,
      concat_ws(' ', a.external_id, c.clicked_at, case when c.attributable then 'attributable' end, array_to_string(c.rules, ','), c.destination) as value
      from click c join program p on p.id = c.program_id join affiliate a on a.id = c.affiliate_id`,
  },
];

/** Compares what two databases say, with a line per difference. */
export async function compareDatabases(told: pg.ClientBase, replayed: pg.ClientBase): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const { what, query } of COMPARISONS) differences.push(compare(what, await read(told, query), await read(replayed, query)));
  return differences;
}

async function read(client: pg.ClientBase, query: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; value: string }>(query);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

function compare(what: string, told: ReadonlyMap<string, string>, replayed: ReadonlyMap<string, string>): Difference {
  const keys = new Set([...told.keys(), ...replayed.keys()]);
  const differing = [...keys].filter((key) => told.get(key) !== replayed.get(key));
  const rows = differing.slice(0, SHOWN).map((key) => `${key}: ${told.get(key) ?? 'nothing'}; replayed: ${replayed.get(key) ?? 'nothing'}`);
  return { what, compared: keys.size, differing: differing.length, rows };
}
