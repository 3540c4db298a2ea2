-- Files of facts that people and shops hand in: kept until they are taken in, line by line.

create table import_job (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  program_id uuid not null references program (id),
  kind text not null check (kind in ('orders', 'products')),
  name text not null,
  status text not null default 'uploaded' check (status in ('uploaded', 'running', 'done', 'failed', 'cancelled')),
  -- What of the file is here. Parts are numbered from 1.
  bytes int not null default 0 check (bytes >= 0),
  parts int not null default 0 check (parts >= 0),
  -- How it is read; fixed when it starts.
  settings json,
  bytes_read int not null default 0,
  rows_read int not null default 0,
  accepted int not null default 0,
  repeated int not null default 0,
  refused int not null default 0,
  failure text,
  -- The process that works on it, and until when it need not say so again.
  runner uuid,
  lease_until timestamptz,
  tries int not null default 0,
  uploaded_at timestamptz not null default now(),
  uploaded_by text not null,
  started_at timestamptz,
  started_by text,
  ended_at timestamptz,
  check ((status in ('done', 'failed', 'cancelled')) = (ended_at is not null)),
  check ((status = 'failed') = (failure is not null)),
  check (status = 'uploaded' or status = 'cancelled' or (settings is not null and started_at is not null and started_by is not null)),
  check (accepted + refused <= rows_read and repeated <= accepted)
);
create index import_job_by_program on import_job (program_id, id);
create index import_job_waiting on import_job (kind, started_at) where status = 'running';

create table import_part (
  import_id uuid not null,
  number int not null check (number > 0),
  content bytea not null,
  primary key (import_id, number)
);
-- Files are large and read once: to compress them costs more than it saves.
alter table import_part alter column content set storage external;

-- Rows that were turned away, with what of them was to be read.
create table import_refusal (
  import_id uuid not null,
  line int not null,
  place int not null,
  field text,
  code text not null,
  message text not null,
  fields text[] not null,
  cells text[] not null,
  refused_at timestamptz not null default now(),
  primary key (import_id, line, place)
);

grant select, insert on import_job, import_part, import_refusal to tributary_app;
grant update (status, bytes, parts, settings, bytes_read, rows_read, accepted, repeated, refused, failure, runner, lease_until, tries, started_at, started_by, ended_at) on import_job to tributary_app;
grant delete on import_part, import_refusal to tributary_app;
