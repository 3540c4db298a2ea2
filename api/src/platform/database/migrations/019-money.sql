-- Batches that a cut-off opens by itself, and statements of which a page costs a page.

-- The cut-off that opened it; null: somebody did.
alter table payout_batch add column cut_off_at timestamptz(3);
-- When every withdrawal was last looked at; null: it was opened and not filled yet.
alter table payout_batch add column filled_at timestamptz(3);
-- What a cut-off opened is due until it is filled.
create index payout_batch_to_fill on payout_batch (program_id, cut_off_at) where status = 'open' and filled_at is null and cut_off_at is not null;
grant update (cut_off_at, filled_at) on payout_batch to tributary_app;

-- By business time: a statement reads on where the page before it ended.
create index ledger_entry_by_time on ledger_entry (affiliate_id, program_id, unit, happened_at, id);
