-- The secret of a webhook is replaced while the other side goes on: for a while messages carry both signatures.
alter table webhook_endpoint
  add column secret_number int not null default 1 check (secret_number >= 1),
  -- Of the secret before this one, for as long as it signs as well.
  add column former_key_version int,
  add column former_until timestamptz,
  add check ((former_key_version is null) = (former_until is null));
grant update (secret_number, key_version, former_key_version, former_until) on webhook_endpoint to tributary_app;
