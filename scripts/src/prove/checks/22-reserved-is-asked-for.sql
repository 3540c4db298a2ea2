-- What is reserved for an affiliate is what open withdrawals and held redemptions ask for.
-- of: select count(*) from ledger_balance where account = 'reserved'
with asked as (
  -- Before its cut-off a request has taken nothing yet.
  select affiliate_id, program_id, unit, coalesce(amount, 0) as amount from withdrawal
  where status in ('processing', 'approved') or (status = 'requested' and cut_off_at is null)
  union all
  select affiliate_id, program_id, unit, points from redemption where status = 'held'
), wanted as (
  select affiliate_id, program_id, unit, sum(amount) as amount from asked group by 1, 2, 3
), reserved as (
  select affiliate_id, program_id, unit, amount from ledger_balance where account = 'reserved'
)
select 'affiliate ' || affiliate_id || ', program ' || program_id || ': reserved ' || coalesce(r.amount, 0) || ', asked for ' || coalesce(w.amount, 0) || ' ' || unit as difference
from reserved r full join wanted w using (affiliate_id, program_id, unit) where coalesce(r.amount, 0) <> coalesce(w.amount, 0)
