-- Every entry has one cause, and no cause has two entries.
-- of: select count(*) from ledger_cause
select 'entry ' || e.id || ' (' || e.kind || ') of affiliate ' || e.affiliate_id || ' is not the one of its cause ' || e.cause_id || '/' || e.sequence as difference
from ledger_entry e left join ledger_cause c on c.affiliate_id = e.affiliate_id and c.cause_id = e.cause_id and c.sequence = e.sequence
where c.entry_id is distinct from e.id
union all
select 'cause ' || c.cause_id || '/' || c.sequence || ' of affiliate ' || c.affiliate_id || ' names the entry ' || c.entry_id || ', which is not there'
from ledger_cause c left join ledger_entry e on e.affiliate_id = c.affiliate_id and e.id = c.entry_id where e.id is null
