-- Acts that need a second member of staff: what waits for one, and for which acts that is so.

create table approval (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  -- Null: it is of the organization as a whole.
  program_id uuid references program (id),
  kind text not null,
  subject text not null,
  input json not null,
  requested_at timestamptz(3) not null,
  requested_by text not null,
  -- The member of staff, or the token that acts for itself.
  requested_actor uuid not null,
  status text not null check (status in ('requested', 'approved', 'refused', 'withdrawn', 'lapsed')),
  decided_at timestamptz(3),
  decided_by text,
  decided_actor uuid,
  reason text,
  check ((status = 'requested') = (decided_at is null)),
  -- Whoever asked cannot approve.
  check (status <> 'approved' or (decided_actor is not null and decided_actor <> requested_actor))
);
create unique index approval_open on approval (organization_id, program_id, kind, subject) nulls not distinct where status = 'requested';
create index approval_of_organization on approval (organization_id, id);

-- From when on which acts need a second person; the newest row of a kind holds. Limits: amounts by unit, above which it is so.
create table second_person_rule (
  organization_id uuid not null references organization (id),
  id uuid not null,
  program_id uuid references program (id),
  kind text not null check (kind in ('terms', 'withdrawal', 'adjustment', 'batch')),
  is_on boolean not null,
  limits json not null,
  set_at timestamptz(3) not null,
  set_by text not null,
  primary key (organization_id, id)
);

create function refuse_change_of_approval() returns trigger language plpgsql as $$
begin
  if old.status = 'requested' and (new.id, new.organization_id, new.program_id, new.kind, new.subject, new.input::text, new.requested_at, new.requested_by, new.requested_actor)
     is not distinct from (old.id, old.organization_id, old.program_id, old.kind, old.subject, old.input::text, old.requested_at, old.requested_by, old.requested_actor) then return new; end if;
  raise exception 'an approval is decided once, and never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger decided_once before update on approval for each row execute function refuse_change_of_approval();
create trigger append_only before delete on approval for each row execute function refuse_change();
create trigger append_only_all before truncate on approval for each statement execute function refuse_change();
create trigger append_only before update or delete on second_person_rule for each row execute function refuse_change();
create trigger append_only_all before truncate on second_person_rule for each statement execute function refuse_change();

grant select, insert on approval, second_person_rule to tributary_app;
grant update (status, decided_at, decided_by, decided_actor, reason) on approval to tributary_app;
revoke all on function refuse_change_of_approval from public;
