-- What went out to an affiliate is what withdrawals that were sent or paid and redemptions that were made say.
-- of: select count(*) from ledger_balance where account in ('clearing', 'fee', 'tax', 'redeemed')
with said as (
  select affiliate_id, program_id, unit, 'paid' as way, coalesce(amount, 0) as amount from withdrawal where status in ('sent', 'unknown', 'paid')
  union all
  select affiliate_id, program_id, unit, 'redeemed', points from redemption where status in ('captured', 'redeemed', 'fulfilled')
), wanted as (
  select affiliate_id, program_id, unit, way, sum(amount) as amount from said group by 1, 2, 3, 4
), gone as (
  select affiliate_id, program_id, unit, case account when 'redeemed' then 'redeemed' else 'paid' end as way, sum(amount) as amount
  from ledger_balance where account in ('clearing', 'fee', 'tax', 'redeemed') group by 1, 2, 3, 4
)
select 'affiliate ' || affiliate_id || ', program ' || program_id || ': ' || way || ' ' || coalesce(g.amount, 0) || ' in the books, ' || coalesce(w.amount, 0) || ' ' || unit || ' by what was asked for' as difference
from gone g full join wanted w using (affiliate_id, program_id, unit, way) where coalesce(g.amount, 0) <> coalesce(w.amount, 0)
