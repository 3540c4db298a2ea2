-- No event waits for an order that is known, and nothing waits to be decided again.
-- of: select count(*) from waiting_event
select 'event ' || w.id || ' (' || w.kind || ') waits for the order ' || w.order_external_id || ', which is known' as difference
from waiting_event w join fact_key k on k.scope_id = w.program_id and k.kind = 'order' and k.external_id = w.order_external_id
where k.content_hash is not null
union all
select kind || ' ' || subject_id || ' has waited since ' || queued_at || ' to be looked at again (' || cause || ')'
from revisit_queue where queued_at < now() - interval '5 minutes'
