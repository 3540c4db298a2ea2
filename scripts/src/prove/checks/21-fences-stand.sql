-- The application can't write the books but by posting, and nobody can change what is posted.
-- of: select count(*) from pg_trigger where tgname in ('append_only', 'append_only_all')
select 'the application may ' || act || ' ' || t as difference
from unnest(array['ledger_cause', 'ledger_entry', 'ledger_posting', 'ledger_balance', 'lot']) as t, unnest(array['insert', 'update', 'delete', 'truncate']) as act
where has_table_privilege('tributary_app', t, act)
union all
select 'the application may ' || act || ' ' || t
from unnest(array['decision', 'order_event', 'terms_version', 'enrollment_event', 'fact_key', 'activity', 'adjustment', 'withdrawal_event', 'payout_batch', 'payout_part', 'payout_line']) as t, unnest(array['delete', 'truncate']) as act
where has_table_privilege('tributary_app', t, act)
union all
select t || ' has lost its trigger ' || name
from unnest(array['ledger_cause', 'ledger_entry', 'ledger_posting', 'order_event', 'decision', 'terms_version', 'enrollment_event', 'program_switch', 'activity', 'adjustment', 'withdrawal_event']) as t, unnest(array['append_only', 'append_only_all']) as name
where not exists (select from pg_trigger g where g.tgrelid = t::regclass and g.tgname = name and g.tgenabled in ('O', 'A'))
