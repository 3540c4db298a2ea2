-- What lines have sent and nobody has given back lies in clearing, by program and unit, with what was paid without a batch.
-- of: select count(*) from payout_line where status in ('sent', 'unknown', 'paid')
with sent as (
  select program_id, unit, sum(points) as amount from payout_line where status in ('sent', 'unknown', 'paid') group by 1, 2
), alone as (
  select program_id, unit, sum(amount) as amount from withdrawal w
  where status in ('sent', 'unknown', 'paid') and not exists (
    select from payout_line l where l.affiliate_id = w.affiliate_id and l.withdrawal_id = w.id and l.status not in ('deferred', 'dropped'))
  group by 1, 2
), clearing as (
  select program_id, unit, sum(amount) as amount from ledger_balance where account in ('clearing', 'fee', 'tax') group by 1, 2
)
select 'program ' || program_id || ': ' || coalesce(c.amount, 0) || ' ' || unit || ' in clearing, ' || coalesce(s.amount, 0) || ' sent by batches and ' || coalesce(a.amount, 0) || ' paid alone' as difference
from clearing c full join sent s using (program_id, unit) full join alone a using (program_id, unit)
where coalesce(c.amount, 0) <> coalesce(s.amount, 0) + coalesce(a.amount, 0)
