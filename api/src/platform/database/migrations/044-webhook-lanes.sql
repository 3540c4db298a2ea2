-- Since when an address has answered with nothing but failures; null: it takes what it is sent. Those that fail wait in a lane of their own.
alter table webhook_endpoint add failing_since timestamptz;
grant update (failing_since, url) on webhook_endpoint to tributary_app;

-- What waits is looked for address by address.
create index webhook_delivery_waiting on webhook_delivery (endpoint_id, next_at) where status = 'waiting';
drop index webhook_delivery_due;
