-- Every commission is what stands in the books for its affiliate and order: what is held, and what its lots have earned.
-- of: select count(*) from commission
with earned as (
  select affiliate_id, source_id as order_id, unit, sum(credited - taken_back - indebted) as amount from lot where source_kind = 'order' group by 1, 2, 3
)
select 'order ' || coalesce(c.order_id, e.order_id) || ', affiliate ' || coalesce(c.affiliate_id, e.affiliate_id) || ': commission ' || coalesce(c.amount::text, 'missing') ||
  ', in the books ' || coalesce(c.held, 0) + coalesce(e.amount, 0) || ' ' || coalesce(c.unit, e.unit) as difference
from commission c full join earned e on e.affiliate_id = c.affiliate_id and e.order_id = c.order_id and e.unit = c.unit
where coalesce(c.amount, 0) <> coalesce(c.held, 0) + coalesce(e.amount, 0) or c.held > c.amount
