-- Products are as the feed said last, and links reach them.
-- of: select count(*) from product
select 'product ' || v.external_id || ' (program ' || v.program_id || ') is not as the feed said last, at ' || v.seen_at as difference
from (select distinct on (slice, program_id, external_id) * from product_version order by slice, program_id, external_id, seen_at desc) v
left join product p on p.slice = v.slice and p.program_id = v.program_id and p.external_id = v.external_id
where p.seen_at is distinct from v.seen_at or p.content::text is distinct from v.content::text
  or p.offered is distinct from (v.available and v.participates) or (p.page, p.page_query) is distinct from (v.page, v.page_query)
  or p.category is distinct from v.category or p.price is distinct from coalesce(v.price, 0)
union all
select 'product ' || p.external_id || ' (program ' || p.program_id || ') was never told' from product p
where not exists (select from product_version v where v.slice = p.slice and v.program_id = p.program_id and v.external_id = p.external_id)
