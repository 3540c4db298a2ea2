-- The callers' ids lead to their facts, each order and click under its own.
-- of: select count(*) from fact_key
select 'order ' || o.id || ' is not found under its number ' || o.external_id as difference
from order_record o where not exists (
  select from fact_key k where k.scope_id = o.program_id and k.kind = 'order' and k.external_id = o.external_id and k.fact_id = o.id and k.content_hash is not null)
union all
select 'click ' || c.id || ' is not found under its id ' || c.external_id
from click c where not exists (
  select from fact_key k where k.scope_id = c.program_id and k.kind = 'click' and k.external_id = c.external_id and k.fact_id = c.id and k.content_hash is not null)
union all
select 'the number ' || k.external_id || ' leads to the order ' || k.fact_id || ', which is not there'
from fact_key k where k.kind = 'order' and k.content_hash is not null and not exists (select from order_record o where o.id = k.fact_id)
union all
select 'the id ' || k.external_id || ' leads to the click ' || k.fact_id || ', which is not there'
from fact_key k where k.kind = 'click' and k.content_hash is not null and not exists (select from click c where c.id = k.fact_id)
