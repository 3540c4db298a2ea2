-- What staff did: one chain of entries for each organization, each sealed by the hash of the one before.

create table audit_entry (
  organization_id uuid not null,
  number bigint not null,
  id uuid not null,
  -- By the wall clock, and in business time.
  at timestamptz(3) not null,
  business_at timestamptz(3) not null,
  -- The member of staff, or the token that acted for itself; null: nobody who is known.
  actor_id uuid,
  actor text not null,
  act text not null,
  program text,
  -- What it was about: the callers' ids, as they were given.
  subject json not null,
  outcome text not null check (outcome in ('done', 'refused')),
  -- From where, why, what was asked, what was before and after.
  details json not null,
  hash bytea not null,
  primary key (organization_id, number)
);
create index audit_entry_by_act on audit_entry (organization_id, act, number);
create index audit_entry_by_actor on audit_entry (organization_id, actor_id, number) where actor_id is not null;
create index audit_entry_by_program on audit_entry (organization_id, program, number) where program is not null;

-- How far an organization's chain goes: a last entry that was cut off is missed here.
create table audit_head (
  organization_id uuid primary key,
  number bigint not null,
  hash bytea not null
);

create function audit_hash(before bytea, e audit_entry) returns bytea language sql stable as $$
  select sha256(before || convert_to(json_build_array(e.organization_id, e.number, e.id, extract(epoch from e.at), extract(epoch from e.business_at),
    e.actor_id, e.actor, e.act, e.program, e.subject::text, e.outcome, e.details::text)::text, 'UTF8'))
$$;

-- Adds an entry at the end of the chain. The end is locked until the commit, so this comes last in a transaction.
create function audit_append(organization uuid, entry uuid, at timestamptz, business_at timestamptz, actor_id uuid, actor text, act text, program text, subject json, outcome text, details json)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head audit_head;
  made audit_entry;
begin
  insert into audit_head values (organization, 0, '') on conflict do nothing;
  select * into head from audit_head h where h.organization_id = organization for update;
  made := row(organization, head.number + 1, entry, at::timestamptz(3), business_at::timestamptz(3), actor_id, actor, act, program, subject, outcome, details, null);
  made.hash := audit_hash(head.hash, made);
  insert into audit_entry values (made.*);
  update audit_head set number = made.number, hash = made.hash where organization_id = organization;
  return made.number;
end $$;

create trigger append_only before update or delete on audit_entry for each row execute function refuse_change();
create trigger append_only_all before truncate on audit_entry for each statement execute function refuse_change();
create trigger append_only before delete on audit_head for each row execute function refuse_change();
create trigger append_only_all before truncate on audit_head for each statement execute function refuse_change();

grant select on audit_entry, audit_head to tributary_app;
revoke all on function audit_append, audit_hash from public;
grant execute on function audit_append to tributary_app;
