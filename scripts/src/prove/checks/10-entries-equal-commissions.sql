-- What the entries caused by an order moved between expense and the affiliate is the order's commission.
-- of: select count(*) from ledger_entry where kind like 'commission-%'
with caused as (
  select e.affiliate_id, e.cause_id as order_id, e.unit,
    sum(case when p.debit = 'expense' then p.amount when p.credit = 'expense' then -p.amount else 0 end) as amount
  from ledger_entry e join ledger_posting p on p.affiliate_id = e.affiliate_id and p.entry_id = e.id
  where e.kind like 'commission-%' group by 1, 2, 3
)
select 'order ' || coalesce(c.order_id, m.order_id) || ', affiliate ' || coalesce(c.affiliate_id, m.affiliate_id) || ': commission ' || coalesce(c.amount, 0) ||
  ', moved by its entries ' || coalesce(m.amount, 0) || ' ' || coalesce(c.unit, m.unit) as difference
from commission c full join caused m on m.affiliate_id = c.affiliate_id and m.order_id = c.order_id and m.unit = c.unit
where coalesce(c.amount, 0) <> coalesce(m.amount, 0)
