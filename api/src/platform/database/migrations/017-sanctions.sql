-- Published lists of people and companies that nothing may be paid to, and who of the affiliates may be one of them.

-- Each version of a list that was taken in; the newest holds.
create table sanctions_list (
  organization_id uuid not null references organization (id),
  id uuid not null,
  list text not null,
  format text not null,
  hash bytea not null,
  entries int not null check (entries > 0),
  imported_at timestamptz(3) not null,
  imported_by text not null,
  primary key (organization_id, id)
);
create index sanctions_list_by_name on sanctions_list (organization_id, list, id);

-- The entries of the newest versions.
create table sanctions_entry (
  organization_id uuid not null references organization (id),
  list text not null,
  entry text not null,
  names text[] not null check (cardinality(names) > 0),
  countries text[] not null,
  -- Beginnings of the words of its names.
  keys text[] not null,
  hash bytea not null,
  primary key (organization_id, list, entry)
);
create index sanctions_entry_by_keys on sanctions_entry using gin (keys);

-- An affiliate who may be one of them: held until staff clear or confirm it.
create table sanctions_match (
  affiliate_id uuid not null,
  id uuid not null,
  organization_id uuid not null,
  list text not null,
  entry text not null,
  entry_hash bytea not null,
  -- The name of the entry, not the affiliate's.
  listed_name text not null,
  kind text not null check (kind in ('exact', 'near')),
  status text not null check (status in ('held', 'cleared', 'confirmed')),
  found_at timestamptz(3) not null,
  decided_at timestamptz(3),
  decided_by text,
  reason text,
  primary key (affiliate_id, id),
  unique (affiliate_id, list, entry),
  check ((status = 'held') = (decided_at is null)),
  check (num_nonnulls(decided_at, decided_by, reason) in (0, 3))
);
create index sanctions_match_of_organization on sanctions_match (organization_id, status, id);

-- A confirmed one stays so.
create function refuse_unconfirming() returns trigger language plpgsql as $$
begin
  if old.status = 'confirmed' then raise exception 'a confirmed match stays so' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger confirmed_once before update on sanctions_match for each row execute function refuse_unconfirming();
create trigger append_only before delete on sanctions_match for each row execute function refuse_change();
create trigger append_only_all before truncate on sanctions_match for each statement execute function refuse_change();
create trigger append_only before update or delete on sanctions_list for each row execute function refuse_change();
create trigger append_only_all before truncate on sanctions_list for each statement execute function refuse_change();
revoke all on function refuse_unconfirming from public;

grant select, insert on sanctions_list, sanctions_match to tributary_app;
grant select, insert, update, delete on sanctions_entry to tributary_app;
grant update (status, entry_hash, listed_name, kind, found_at, decided_at, decided_by, reason) on sanctions_match to tributary_app;
