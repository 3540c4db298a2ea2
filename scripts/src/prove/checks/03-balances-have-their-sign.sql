-- No account is on its wrong side: held, owed, reserved and clearing are never below zero, debt never above.
-- of: select count(*) from ledger_balance
select 'affiliate ' || affiliate_id || ', program ' || program_id || ', ' || account || ': ' || amount || ' ' || unit as difference
from ledger_balance
where (account in ('held', 'owed', 'reserved', 'clearing') and amount < 0) or (account = 'debt' and amount > 0)
