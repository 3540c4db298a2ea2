-- Every entry of the audit log follows the one before it, none was changed, and none is missing at the end.
-- of: select count(*) from audit_entry
select 'audit entry ' || number || ' of ' || organization_id || case when number <> last + 1 then ' does not follow ' || last else ' is not what was written' end as difference
from (
  select e.organization_id, e.number, e.hash, coalesce(lag(e.number) over chain, 0) as last, audit_hash(coalesce(lag(e.hash) over chain, ''), e) as expected
  from audit_entry e window chain as (partition by e.organization_id order by e.number)
) chained
where number <> last + 1 or hash <> expected
union all
select 'the audit log of ' || h.organization_id || ' ends at ' || coalesce(e.number, 0) || ', not at ' || h.number
from audit_head h left join lateral (select number, hash from audit_entry where organization_id = h.organization_id order by number desc limit 1) e on true
where (e.number, e.hash) is distinct from (h.number, h.hash)
union all
select 'the audit log of ' || e.organization_id || ' has lost its end'
from (select distinct organization_id from audit_entry) e
where not exists (select from audit_head h where h.organization_id = e.organization_id)
union all
select 'the application may ' || act || ' ' || t
from unnest(array['audit_entry', 'audit_head']) as t, unnest(array['insert', 'update', 'delete', 'truncate']) as act
where has_table_privilege('tributary_app', t, act)
union all
select t || ' has lost its trigger ' || name
from unnest(array['audit_entry', 'audit_head']) as t, unnest(array['append_only', 'append_only_all']) as name
where not exists (select from pg_trigger g where g.tgrelid = t::regclass and g.tgname = name and g.tgenabled in ('O', 'A'))
