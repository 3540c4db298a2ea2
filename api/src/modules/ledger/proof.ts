import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

/** At most so many of each kind are told. */
const MOST_PROBLEMS = 20;

/**
 * Every way in which the books of an organization could be wrong, as one statement and so of one instant: units that do not sum to
 * zero, balances and lots that are not the sum of their postings, lots that are not what is owed, commissions that are not what is held
 * and earned, commissions that are not what was decided. `name` says whose; a difference of zero is no row.
 */
const PROBLEMS = `
with member as materialized (
  select coalesce(array_agg(distinct e.affiliate_id), '{}') as ids from program p join enrollment e on e.program_id = p.id where p.organization_id = $1
),
balance as materialized (select * from ledger_balance where affiliate_id = any((select ids from member)::uuid[])),
posting as materialized (select * from ledger_posting where affiliate_id = any((select ids from member)::uuid[])),
lots as materialized (select * from lot where affiliate_id = any((select ids from member)::uuid[])),
earned as materialized (select * from commission where affiliate_id = any((select ids from member)::uuid[])),
leg as (
  select affiliate_id, program_id, unit, debit as account, -amount as amount from posting
  union all select affiliate_id, program_id, unit, credit, amount from posting
),
problem as (
  select 'the balances do not sum to zero' as what, affiliate_id, unit, null::text as part, sum(amount) as found, 0::numeric as expected
  from balance group by affiliate_id, program_id, unit having sum(amount) <> 0
  union all
  select 'the balance is not the sum of its postings', affiliate_id, unit, account::text, coalesce(b.amount, 0), coalesce(s.amount, 0)
  from balance b full join (select affiliate_id, program_id, unit, account, sum(amount) as amount from leg group by 1, 2, 3, 4) s using (affiliate_id, program_id, unit, account)
  where coalesce(b.amount, 0) <> coalesce(s.amount, 0)
  union all
  select 'the lot is not the sum of its postings', affiliate_id, l.unit, 'lot ' || l.id, l.remaining, coalesce(s.remaining, 0)
  from lots l left join (
    select affiliate_id, lot_id as id,
      sum(case when credit = 'owed' then amount when debit = 'owed' then -amount else 0 end) as remaining,
      sum(case when credit = 'owed' and debit in ('expense', 'held') then amount else 0 end) as credited,
      sum(case when credit = 'expense' and debit <> 'debt' then amount else 0 end) as taken_back,
      sum(case when credit = 'expense' and debit = 'debt' then amount else 0 end) as indebted,
      sum(case when credit = 'breakage' then amount when debit = 'breakage' then -amount else 0 end) as expired
    from posting where lot_id is not null group by affiliate_id, lot_id
  ) s using (affiliate_id, id)
  where (l.remaining, l.credited, l.taken_back, l.indebted, l.expired)
    is distinct from (coalesce(s.remaining, 0), coalesce(s.credited, 0), coalesce(s.taken_back, 0), coalesce(s.indebted, 0), coalesce(s.expired, 0))
  union all
  select 'the lots are not what is owed', affiliate_id, unit, null, coalesce(l.remaining, 0), coalesce(b.amount, 0)
  from (select affiliate_id, program_id, unit, sum(remaining) as remaining from lots group by 1, 2, 3) l
  full join (select * from balance where account = 'owed') b using (affiliate_id, program_id, unit)
  where coalesce(l.remaining, 0) <> coalesce(b.amount, 0)
  union all
  select 'the commissions are not what is held', affiliate_id, unit, null, coalesce(c.held, 0), coalesce(b.amount, 0)
  from (select affiliate_id, program_id, unit, sum(held) as held from earned group by 1, 2, 3) c
  full join (select * from balance where account = 'held') b using (affiliate_id, program_id, unit)
  where coalesce(c.held, 0) <> coalesce(b.amount, 0)
  union all
  select 'the commission is not what the books hold of it', c.affiliate_id, c.unit, 'order ' || c.order_id, c.amount, c.held + coalesce(l.earned, 0)
  from earned c left join (
    select affiliate_id, source_id as order_id, sum(credited - taken_back - indebted) as earned from lots where source_kind = 'order' group by 1, 2
  ) l on l.affiliate_id = c.affiliate_id and l.order_id = c.order_id
  where c.amount <> c.held + coalesce(l.earned, 0)
  union all
  select 'the commission is not what was decided', c.affiliate_id, c.unit, 'order ' || c.order_id, c.amount, d.amount
  from earned c join order_record o on o.id = c.order_id join decision d on d.order_id = o.id and d.revision = o.revision
  where c.amount <> case when d.affiliate_id = c.affiliate_id then d.amount else 0 end
)
select p.what, coalesce(a.external_id, p.affiliate_id::text) as affiliate, p.unit, p.part, p.found::text, p.expected::text
from problem p left join affiliate a on a.id = p.affiliate_id order by p.what, affiliate, p.unit, p.part limit ${MOST_PROBLEMS}`;

interface ProblemRow {
  what: string;
  affiliate: string;
  unit: string;
  part: string | null;
  found: string;
  expected: string;
}

/** What is wrong with the books of an organization; empty: nothing. */
export async function problemsOf(em: EntityManager, organizationId: string): Promise<string[]> {
  const found = await rows<ProblemRow>(em, PROBLEMS, [organizationId]);
  return found.map(({ what, affiliate, unit, part, found: is, expected }) => {
    const where = [`affiliate ${affiliate}`, unit, ...(part === null ? [] : [part])].join(', ');
    return `${where}: ${what}: ${is} instead of ${expected}`;
  });
}
