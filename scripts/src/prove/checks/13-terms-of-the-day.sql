-- Every order was decided by the terms that held when it was placed.
-- of: select count(*) from order_record
with newest as (
  select distinct on (order_id) order_id, program_id, terms_version_id from decision order by order_id, revision desc
)
select 'order ' || o.id || ' was placed at ' || o.placed_at || ' and decided by version ' || used.number || '; version ' || coalesce(held.number::text, 'none') || ' held' as difference
from order_record o
join newest n on n.order_id = o.id
join terms_version used on used.id = n.terms_version_id
left join lateral (
  select v.id, v.number from terms_version v where v.program_id = o.program_id and v.holds_from <= o.placed_at
  order by v.holds_from desc, v.number desc limit 1
) held on true
where held.id is distinct from used.id
