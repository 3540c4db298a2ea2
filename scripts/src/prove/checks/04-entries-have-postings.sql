-- Every entry has postings, and every posting has its entry, of the same program and unit.
-- of: select count(*) from ledger_entry
select 'entry ' || e.id || ' (' || e.kind || ') of affiliate ' || e.affiliate_id || ' has no postings' as difference
from ledger_entry e where not exists (select from ledger_posting p where p.affiliate_id = e.affiliate_id and p.entry_id = e.id)
union all
select 'posting ' || p.entry_id || ' line ' || p.line || ' of affiliate ' || p.affiliate_id || ' has no entry of its program and unit'
from ledger_posting p left join ledger_entry e on e.affiliate_id = p.affiliate_id and e.id = p.entry_id
where e.id is null or (e.program_id, e.unit) <> (p.program_id, p.unit)
