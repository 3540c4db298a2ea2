-- Every debt is what was taken back beyond what was there, less what settled it; and nobody owes who has usable earnings.
-- of: select count(*) from ledger_balance where account = 'debt'
with clock as (
  -- Of a live organization due work may be a moment behind.
  select p.id as program_id, coalesce(o.clock, now() - interval '5 minutes') as instant from program p join organization o on o.id = p.organization_id
), due as (
  select affiliate_id, program_id, unit,
    sum(case when debit = 'debt' then -amount when credit = 'debt' then amount else 0 end) as amount
  from ledger_posting where 'debt' in (debit, credit) group by 1, 2, 3
)
select 'affiliate ' || b.affiliate_id || ', program ' || b.program_id || ': debt ' || b.amount || ', by its postings ' || coalesce(d.amount, 0) || ' ' || b.unit as difference
from ledger_balance b left join due d using (affiliate_id, program_id, unit) where b.account = 'debt' and b.amount <> coalesce(d.amount, 0)
union all
select 'affiliate ' || b.affiliate_id || ', program ' || b.program_id || ' owes ' || -b.amount || ' ' || b.unit || ' and has the usable lot ' || l.id
from ledger_balance b join clock c using (program_id) join lot l on l.affiliate_id = b.affiliate_id and l.program_id = b.program_id and l.unit = b.unit
where b.account = 'debt' and b.amount < 0 and l.credited > l.taken_back + l.consumed + l.expired
  and l.usable_from <= c.instant and (l.expires_at is null or l.expires_at > c.instant)
