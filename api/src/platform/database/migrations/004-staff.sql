-- People of the staff: how they sign in, and the mails that are sent to them. The library for signing in reads and writes the tables
-- named staff_..., with the rights given here and no others.

-- Who may sign in. Belongs to a live organization, and may also act in its sandboxes.
create table staff_member (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  name text not null check (length(name) between 1 and 200),
  -- One address is one person in the whole installation: that is how a sign-in finds them.
  email text not null unique check (email = lower(email) and length(email) between 3 and 254),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  disabled_at timestamptz,
  invited_by uuid
);

-- A way in: the password (provider `credential`), or an account at the company's provider.
create table staff_account (
  id uuid primary key,
  member_id uuid not null,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id),
  -- What the provider would let us do is none of our business, so that it can't be stolen here.
  check (access_token is null and refresh_token is null and id_token is null)
);
create index staff_account_of_member on staff_account (member_id);

create table staff_session (
  id uuid primary key,
  member_id uuid not null,
  -- Worth nothing without the signature that the cookie bears.
  token text not null unique,
  -- Moves on with use, up to `ends_at`.
  expires_at timestamptz not null,
  ends_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (expires_at <= ends_at)
);
create index staff_session_of_member on staff_session (member_id, expires_at);

-- What is waited for: a second factor, a password by a link, an answer of the company's provider. Identifiers are hashed.
create table staff_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index staff_verification_by_identifier on staff_verification (identifier);
create index staff_verification_by_end on staff_verification (expires_at);

-- The second factor. Secret and recovery codes are encrypted with a key that is not in the database.
create table staff_two_factor (
  id uuid primary key,
  member_id uuid not null unique,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until timestamptz
);

-- Codes that were used: each opens once, though it would hold for a minute more.
create table staff_used_code (
  member_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz not null,
  primary key (member_id, code_hash)
);

-- Tries in a window, for an account, an address or both; the key is a hash.
create table sign_in_attempt (
  key bytea primary key,
  began_at timestamptz not null,
  count int not null check (count > 0)
);

-- A member lost the second factor: one admin asks for its removal, another confirms it.
create table factor_reset (
  id uuid primary key,
  member_id uuid not null,
  reason text not null check (length(reason) between 1 and 500),
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  confirmed boolean,
  check (asked_by <> member_id),
  check (decided_by <> member_id),
  check (not (confirmed and decided_by = asked_by)),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (confirmed is null))
);
-- One open request for a member.
create unique index factor_reset_open on factor_reset (member_id) where decided_at is null;

-- Mails to send. Texts hold links that open something, so they go as soon as they are sent.
create table mail (
  id uuid primary key,
  recipient text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  made_at timestamptz not null,
  attempts int not null default 0,
  next_at timestamptz not null,
  sent_at timestamptz,
  failure text,
  -- Of those waiting for a link that ends, none is sent when it has ended.
  useless_at timestamptz
);
create index mail_to_send on mail (next_at) where sent_at is null;

select distribute();

grant select, insert on staff_member, staff_account, staff_session, staff_verification, staff_two_factor, staff_used_code, sign_in_attempt, factor_reset, mail to tributary_app;
grant update (name, email_verified, image, two_factor_enabled, updated_at, disabled_at) on staff_member to tributary_app;
grant update (password, scope, access_token, refresh_token, id_token, access_token_expires_at, refresh_token_expires_at, updated_at) on staff_account to tributary_app;
grant update (expires_at, updated_at) on staff_session to tributary_app;
grant update (value, expires_at, updated_at) on staff_verification to tributary_app;
grant update (secret, backup_codes, verified, failed_verification_count, locked_until) on staff_two_factor to tributary_app;
grant update (used_at) on staff_used_code to tributary_app;
grant update (began_at, count) on sign_in_attempt to tributary_app;
grant update (decided_by, decided_at, confirmed) on factor_reset to tributary_app;
grant update (attempts, next_at, sent_at, failure, body_text, body_html) on mail to tributary_app;
grant delete on staff_session, staff_verification, staff_two_factor, staff_used_code, sign_in_attempt to tributary_app;

-- Who asked, for whom and when stays as it was; a decision is made once.
create function refuse_second_decision() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.decided_at is null
    and (new.id, new.member_id, new.reason, new.asked_by, new.asked_at) = (old.id, old.member_id, old.reason, old.asked_by, old.asked_at) then return new; end if;
  raise exception '% was decided' , tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger decided_once before update or delete on factor_reset for each row execute function refuse_second_decision();
revoke all on function refuse_second_decision from public;
