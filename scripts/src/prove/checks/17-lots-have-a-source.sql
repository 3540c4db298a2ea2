-- Every lot comes from something that is known: an order, an activity, or an act of staff; and no lot is without an entry that credits it.
-- of: select count(*) from lot
select 'lot ' || l.id || ' of affiliate ' || l.affiliate_id || ' comes from the order ' || l.source_id || ', which is not there or not of its program' as difference
from lot l left join order_record o on o.id = l.source_id
where l.source_kind = 'order' and (o.id is null or o.program_id <> l.program_id)
union all
select 'lot ' || l.id || ' of affiliate ' || l.affiliate_id || ' has the source ' || l.source_id || ' (' || l.source_kind || '), and no name of a caller leads to it'
from lot l where l.source_kind <> 'order'
  and not exists (select from fact_key k where k.scope_id = l.program_id and k.fact_id = l.source_id)
union all
select 'lot ' || l.id || ' of affiliate ' || l.affiliate_id || ' was never credited'
from lot l where l.credited = 0
