-- Which adjustment or bonus one takes back. It is taken back once.
alter table adjustment add column reverses uuid;
create unique index adjustment_reverses on adjustment (affiliate_id, reverses) where reverses is not null;

-- The back office named those after the entry that they took back. Nothing of what was recorded changes: it is said where it stood in a name.
alter table adjustment disable trigger append_only;
update adjustment a set reverses = e.cause_id
  from ledger_entry e
  where a.external_id = 'reverse-' || e.id::text and e.affiliate_id = a.affiliate_id and e.program_id = a.program_id and e.kind in ('adjustment', 'bonus');
alter table adjustment enable trigger append_only;
