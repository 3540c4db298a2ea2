-- A customer's place in an affiliate's tiers is held by as many orders as have a payment that stands.
-- of: select count(*) from customer_place
with standing as (
  select c.affiliate_id, c.program_id, o.customer_id, count(*) as orders
  from commission c join order_record o on o.id = c.order_id where c.stands group by 1, 2, 3
)
select 'affiliate ' || p.affiliate_id || ', customer ' || p.customer_id || ' at place ' || p.place || ': counted ' || p.standing || ', standing ' || coalesce(s.orders, 0) as difference
from customer_place p left join standing s using (affiliate_id, program_id, customer_id) where p.standing <> coalesce(s.orders, 0)
union all
select 'affiliate ' || affiliate_id || ' gave ' || count(*) || ' customers the place ' || place || ' at one instant, ' || given_at
from customer_place where standing > 0 group by affiliate_id, program_id, place, given_at having count(*) > 1
