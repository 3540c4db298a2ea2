-- What other systems tell us by an address alone, and what we tell theirs.

-- Keys that postbacks are signed with. The secret is no column: it follows from the server's key of this number and the id.
create table postback_key (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  program_id uuid not null references program (id),
  name text not null,
  key_version int not null,
  made_at timestamptz not null default now(),
  made_by text not null,
  revoked_at timestamptz
);
create index postback_key_by_program on postback_key (program_id, id);

-- Addresses that hear of what happens in a program. Those of an affiliate hear of what is the affiliate's own.
create table webhook_endpoint (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  program_id uuid not null references program (id),
  affiliate_id uuid,
  kind text not null check (kind in ('webhook', 'postback')),
  url text not null,
  events text[] not null check (cardinality(events) > 0),
  key_version int not null,
  status text not null default 'on' check (status in ('on', 'off', 'gone')),
  made_at timestamptz not null default now(),
  made_by text not null,
  check (kind = 'webhook' or affiliate_id is not null)
);
create index webhook_endpoint_by_program on webhook_endpoint (program_id, id);

-- A message to one address: written with what it tells of, sent when that is committed.
create table webhook_delivery (
  endpoint_id uuid not null,
  id uuid not null,
  event text not null,
  payload json not null,
  happened_at timestamptz(3) not null,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'dead')),
  -- Since it was last asked for, by what happened or by a replay; and altogether.
  tries int not null default 0,
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  primary key (endpoint_id, id)
);
create index webhook_delivery_due on webhook_delivery (next_at) where status = 'waiting';

create table webhook_attempt (
  endpoint_id uuid not null,
  delivery_id uuid not null,
  number int not null,
  tried_at timestamptz not null default now(),
  -- What the other side answered; null: nothing that could be read.
  answered int,
  failure text,
  milliseconds int not null,
  primary key (endpoint_id, delivery_id, number)
);

create trigger append_only before update or delete on webhook_attempt for each row execute function refuse_change();
create trigger append_only_all before truncate on webhook_attempt for each statement execute function refuse_change();

grant select, insert on postback_key, webhook_endpoint, webhook_delivery, webhook_attempt to tributary_app;
grant update (revoked_at) on postback_key to tributary_app;
grant update (status) on webhook_endpoint to tributary_app;
grant update (status, tries, attempts, next_at) on webhook_delivery to tributary_app;
