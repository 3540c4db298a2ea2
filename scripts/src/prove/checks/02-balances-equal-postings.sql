-- Every balance is the sum of its postings.
-- of: select count(*) from ledger_balance
with leg as (
  select affiliate_id, program_id, unit, debit as account, -amount as amount from ledger_posting
  union all
  select affiliate_id, program_id, unit, credit, amount from ledger_posting
), posted as (
  select affiliate_id, program_id, unit, account, sum(amount) as amount from leg group by 1, 2, 3, 4
)
select 'affiliate ' || coalesce(b.affiliate_id, p.affiliate_id) || ', program ' || coalesce(b.program_id, p.program_id) || ', ' || coalesce(b.account, p.account) ||
  ': balance ' || coalesce(b.amount::text, 'missing') || ', postings ' || coalesce(p.amount, 0) || ' ' || coalesce(b.unit, p.unit) as difference
from ledger_balance b full join posted p using (affiliate_id, program_id, unit, account)
where b.amount is distinct from p.amount and not (b.amount = 0 and p.amount is null)
