-- What is left in the lots of an affiliate is what the affiliate is owed.
-- of: select count(*) from lot where credited > taken_back + consumed + expired
with opened as (
  select affiliate_id, program_id, unit, sum(credited - taken_back - consumed - expired) as amount from lot group by 1, 2, 3
), owed as (
  select affiliate_id, program_id, unit, amount from ledger_balance where account = 'owed'
)
select 'affiliate ' || affiliate_id || ', program ' || program_id || ': owed ' || coalesce(w.amount, 0) || ', left in lots ' || coalesce(o.amount, 0) || ' ' || unit as difference
from owed w full join opened o using (affiliate_id, program_id, unit) where coalesce(w.amount, 0) <> coalesce(o.amount, 0)
