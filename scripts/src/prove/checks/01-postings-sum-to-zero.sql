-- The postings of every unit sum to zero.
-- of: select count(*) from ledger_posting
-- Both legs of a posting stand in one row; what would break the sum is a leg that is lost on the way into the balances.
select 'balances of ' || unit || ' sum to ' || sum(amount) || ' (affiliate ' || affiliate_id || ', program ' || program_id || ')' as difference
from ledger_balance group by affiliate_id, program_id, unit having sum(amount) <> 0
union all
select 'posting ' || entry_id || ' line ' || line || ' moves ' || amount || ' from ' || debit || ' to ' || credit from ledger_posting
where amount <= 0 or debit = credit
