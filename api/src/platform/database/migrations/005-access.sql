-- Who of staff may do what.

-- The member of staff whose token it is; null: it is nobody's in particular.
alter table api_token add column member_id uuid;

-- A role of a member of staff, or of a token that acts for itself, in one program or (null) in all.
create table staff_grant (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  member_id uuid,
  token_id uuid,
  program_id uuid references program (id),
  role text not null check (role in ('reader', 'reviewer', 'finance', 'terms-editor', 'admin')),
  granted_at timestamptz not null default now(),
  granted_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  check (num_nonnulls(member_id, token_id) = 1),
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index staff_grant_once on staff_grant (token_id, member_id, program_id, role) nulls not distinct where revoked_at is null;
create index staff_grant_of_member on staff_grant (member_id) where revoked_at is null;

-- Tokens from before there were roles may do all that staff may, as they did.
insert into staff_grant (id, organization_id, token_id, role, granted_by)
  select id, organization_id, id, 'admin', 'Tributary' from api_token where kind = 'staff';

grant select, insert on staff_grant to tributary_app;
grant update (revoked_at, revoked_by) on staff_grant to tributary_app;
