-- What waits in an affiliate's commissions is what the books hold for the affiliate.
-- of: select count(*) from commission where held > 0
with waiting as (
  select affiliate_id, program_id, unit, sum(held) as amount from commission group by 1, 2, 3
), held as (
  select affiliate_id, program_id, unit, amount from ledger_balance where account = 'held'
)
select 'affiliate ' || affiliate_id || ', program ' || program_id || ': held ' || coalesce(h.amount, 0) || ', in commissions ' || coalesce(w.amount, 0) || ' ' || unit as difference
from held h full join waiting w using (affiliate_id, program_id, unit) where coalesce(h.amount, 0) <> coalesce(w.amount, 0)
