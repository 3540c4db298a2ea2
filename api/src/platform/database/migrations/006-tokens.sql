-- Tokens that can be limited and replaced, people who act for affiliates, and erasure.

alter table api_token
  -- Which of the affiliate's people holds it; null: staff gave it to the affiliate.
  add column person_id uuid,
  -- The token that it took over from.
  add column replaces_id uuid,
  add column last_used_from text,
  -- What it may do, and in which programs, where it is limited. What staff may do stands in staff_grant.
  add column scopes text[],
  add column program_ids uuid[],
  add check (kind <> 'staff' or (scopes is null and program_ids is null)),
  add check (person_id is null or kind = 'affiliate');
create index api_token_by_person on api_token (person_id) where person_id is not null;
create index api_token_by_affiliate on api_token (affiliate_id) where affiliate_id is not null;
create index api_token_by_replaced on api_token (replaces_id) where replaces_id is not null;
grant update (last_used_from) on api_token to tributary_app;

-- May anybody sign up to a program? No row: nobody.
create table sign_up_setting (
  program_id uuid primary key,
  open boolean not null,
  -- The page that mails lead to, where there is one.
  page text,
  set_at timestamptz not null,
  set_by text not null
);

-- People who act for affiliates. What tells who they are is erased when they are removed.
create table affiliate_person (
  id uuid primary key,
  organization_id uuid not null,
  affiliate_id uuid not null,
  name text,
  email text check (email = lower(email)),
  role text not null check (role in ('owner', 'member')),
  created_at timestamptz not null,
  -- Null: invited, and the address is not proven yet.
  confirmed_at timestamptz,
  removed_at timestamptz,
  check ((removed_at is not null) = (email is null)),
  check (removed_at is null or name is null)
);
create unique index affiliate_person_once on affiliate_person (affiliate_id, email) where removed_at is null;
create index affiliate_person_by_address on affiliate_person (organization_id, email) where removed_at is null;

-- Codes that were sent by mail. One opens one step; it is deleted when it has, or is over.
create table mail_code (
  id uuid primary key,
  organization_id uuid not null,
  purpose text not null check (purpose in ('sign-up', 'invitation', 'access')),
  code_hash bytea not null unique,
  person_id uuid,
  program_id uuid,
  -- Of a sign-up: what was told. Nothing else is kept of one that nobody confirmed.
  told json,
  expires_at timestamptz not null,
  check ((purpose = 'sign-up') = (person_id is null)),
  check ((purpose = 'sign-up') = (program_id is not null and told is not null))
);
create index mail_code_by_end on mail_code (expires_at);
create index mail_code_by_person on mail_code (person_id) where person_id is not null;

select distribute();

alter table sign_up_setting add foreign key (program_id) references program (id);
alter table affiliate_person add foreign key (organization_id) references organization (id);
alter table mail_code add foreign key (organization_id) references organization (id);

grant select, insert on sign_up_setting, affiliate_person, mail_code to tributary_app;
grant update (open, page, set_at, set_by) on sign_up_setting to tributary_app;
grant update (name, email, role, confirmed_at, removed_at) on affiliate_person to tributary_app;
-- A row lock asks for the right to update one column; nothing of these rows ever changes.
grant update (expires_at) on mail_code to tributary_app;
grant delete on mail_code to tributary_app;

-- Who somebody is can be erased; what they are called by here, and what was decided, stays.
alter table customer add column erased_at timestamptz;
alter table affiliate add column erased_at timestamptz;
grant update (erased_at) on customer, affiliate to tributary_app;
grant update (name, url) on traffic_source to tributary_app;

-- What was shown or erased of whom, by whom and why. Of the person it says the id only.
create table privacy_act (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  kind text not null check (kind in ('export', 'erasure')),
  subject text not null check (subject in ('customer', 'affiliate')),
  subject_id uuid not null,
  reason text not null check (length(reason) between 1 and 1000),
  done_at timestamptz not null,
  done_by text not null
);
create index privacy_act_by_subject on privacy_act (subject_id);
create trigger append_only before update or delete on privacy_act for each row execute function refuse_change();
create trigger append_only_all before truncate on privacy_act for each statement execute function refuse_change();
grant select, insert on privacy_act to tributary_app;

-- Mails to somebody who was erased.
grant delete on mail to tributary_app;

-- Of append-only rows these columns alone may be emptied, and never filled or changed.
create function refuse_change_but_erasure() returns trigger language plpgsql as $$
declare
  erasable text[] := tg_argv::text[];
  emptied jsonb := (select coalesce(jsonb_object_agg(name, null), '{}') from unnest(erasable) as e (name) where to_jsonb(new) -> name = 'null'::jsonb);
begin
  if tg_op = 'UPDATE' and to_jsonb(old) <> to_jsonb(new) and to_jsonb(old) || emptied = to_jsonb(new) then return new; end if;
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op) using errcode = 'insufficient_privilege';
end $$;
revoke all on function refuse_change_but_erasure from public;

drop trigger append_only on payout_method;
create trigger append_only before update or delete on payout_method for each row execute function refuse_change_but_erasure('account', 'reason', 'holder', 'bank');
grant update (account, reason) on payout_method to tributary_app;
-- What an application told stands as the subject of its first event.
drop trigger append_only on enrollment_event;
create trigger append_only before update or delete on enrollment_event for each row when (old.kind <> 'status') execute function refuse_change();
create trigger append_only_status before update or delete on enrollment_event for each row when (old.kind = 'status') execute function refuse_change_but_erasure('subject', 'reason');
grant update (subject, reason) on enrollment_event to tributary_app;
