-- Documents of programs in versions, who accepted what, and contracts.

create table document_version (
  program_id uuid not null,
  name text not null,
  number int not null check (number > 0),
  kind text not null check (kind in ('conditions', 'policy', 'guide', 'contract', 'other')),
  title text not null,
  -- Countries of the affiliates whom it concerns; none: all.
  regions text[] not null,
  body text not null,
  hash bytea not null,
  holds_from timestamptz(3) not null,
  -- From when on this version or a later one has to be accepted; null: it asks for nothing.
  accept_from timestamptz(3),
  -- What affiliates can't do before they accepted what is asked for.
  blocks text[] not null check (blocks <@ array['links', 'withdrawals']),
  published_at timestamptz(3) not null,
  published_by text not null,
  primary key (program_id, name, number),
  check (holds_from >= published_at),
  check (accept_from >= holds_from),
  check (blocks = '{}' or accept_from is not null),
  check (hash = sha256(convert_to(body, 'UTF8')))
);

-- What was sent to an affiliate to be signed: of which terms, and its words.
create table contract (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  terms_version int not null,
  body text not null,
  hash bytea not null,
  sent_at timestamptz(3) not null,
  sent_by text not null,
  signed_at timestamptz(3),
  signed_by text,
  primary key (affiliate_id, program_id, id),
  check ((signed_at is null) = (signed_by is null)),
  check (signed_at >= sent_at),
  check (hash = sha256(convert_to(body, 'UTF8')))
);

select distribute();

alter table document_version add foreign key (program_id) references program (id);
alter table contract add foreign key (affiliate_id) references affiliate (id);

-- An application can accept the terms: `value` is the number of their version. Of a document `subject` is the version.
alter table enrollment_event drop constraint enrollment_event_kind_check;
alter table enrollment_event add constraint enrollment_event_kind_check
  check (kind in ('status', 'class', 'quality-factor', 'permission', 'document', 'terms', 'breach', 'source-breach'));
create index enrollment_event_of_document on enrollment_event (program_id, value, id) where kind = 'document';

create trigger append_only before update or delete on document_version for each row execute function refuse_change();
create trigger append_only_all before truncate on document_version for each statement execute function refuse_change();

create function refuse_change_of_contract() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.signed_at is null and (new.affiliate_id, new.program_id, new.id, new.terms_version, new.body, new.hash, new.sent_at, new.sent_by)
     is not distinct from (old.affiliate_id, old.program_id, old.id, old.terms_version, old.body, old.hash, old.sent_at, old.sent_by) then return new; end if;
  raise exception 'a contract is signed once, and never changed' using errcode = 'insufficient_privilege';
end $$;
revoke all on function refuse_change_of_contract from public;
create trigger signed_once before update or delete on contract for each row execute function refuse_change_of_contract();
create trigger append_only_all before truncate on contract for each statement execute function refuse_change();

grant select, insert on document_version, contract to tributary_app;
grant update (signed_at, signed_by) on contract to tributary_app;
