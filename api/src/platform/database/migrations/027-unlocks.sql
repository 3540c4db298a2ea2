-- Addresses that hear of ends of locks know up to when they were told: the end of a lock writes nothing by itself.

alter table webhook_endpoint
  -- Business time; null: it does not hear of them.
  add column unlocks_told timestamptz(3),
  add check ((unlocks_told is not null) = ('commission.available' = any(events)));
grant update (unlocks_told) on webhook_endpoint to tributary_app;

-- Lots come nearly in the order in which they become usable, so a summary of pages finds the few of some seconds and costs intake next to nothing.
create index lot_by_unlocking on lot using brin (usable_from) with (pages_per_range = 32, autosummarize = on);
