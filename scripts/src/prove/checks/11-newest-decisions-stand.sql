-- The newest decision of every order is what stands: on the order, and as the commission of its affiliate alone.
-- of: select count(*) from order_record
with newest as (
  select distinct on (order_id) order_id, revision, affiliate_id, status, unit, amount, available_at, expires_at
  from decision order by order_id, revision desc
)
select 'order ' || o.id || ' stands at revision ' || o.revision || ' of affiliate ' || coalesce(o.affiliate_id::text, 'nobody') || ', its newest decision is ' ||
  coalesce(n.revision || ' of ' || coalesce(n.affiliate_id::text, 'nobody'), 'missing') as difference
from order_record o left join newest n on n.order_id = o.id
where (n.revision, n.affiliate_id) is distinct from (o.revision, o.affiliate_id)
union all
select 'decision of order ' || n.order_id || ': no such order' from newest n where not exists (select from order_record o where o.id = n.order_id)
union all
select 'order ' || n.order_id || ', affiliate ' || n.affiliate_id || ': decided ' || concat_ws(' ', n.status, n.amount, n.unit, n.available_at, n.expires_at) || ', commission ' ||
  coalesce(concat_ws(' ', c.status, c.amount, c.unit, c.available_at, c.expires_at), 'missing')
from newest n left join commission c on c.order_id = n.order_id and c.affiliate_id = n.affiliate_id
where n.affiliate_id is not null
  and (c.revision, c.status, c.unit, c.amount, c.available_at, c.expires_at) is distinct from (n.revision, n.status, n.unit, n.amount, n.available_at, n.expires_at)
union all
select 'order ' || c.order_id || ': affiliate ' || c.affiliate_id || ' has a commission of ' || c.amount || ' (' || c.status || '), and the order is not theirs'
from commission c join newest n on n.order_id = c.order_id
where n.affiliate_id is distinct from c.affiliate_id and (c.status <> 'moved' or c.amount <> 0 or c.held <> 0 or c.stands)
