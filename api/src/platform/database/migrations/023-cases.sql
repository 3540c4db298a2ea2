-- Cases as staff work them: who sees to one and until when, what speaks for it, what was said and done.

alter table compliance_case
  -- Until when it is to be settled; from then on it is overdue, which is written down once.
  add column due_at timestamptz(3),
  add column overdue_at timestamptz(3),
  -- The member of staff, or the token that acts for itself; null: nobody has taken it.
  add column assignee_id uuid,
  add column assignee text;
-- Those of before have a week from now on.
update compliance_case set due_at = case when status = 'open' then greatest(opened_at, now()) else opened_at end + interval '168 hours';
alter table compliance_case
  alter column due_at set not null,
  add check ((status = 'open') = (closed_at is null)),
  add check ((closed_at is null) = (closed_by is null)),
  add check ((assignee_id is null) = (assignee is null)),
  add check (overdue_at >= due_at);
create index case_by_deadline on compliance_case (program_id, due_at, id) where status = 'open';
create index case_turning_overdue on compliance_case (due_at) where status = 'open' and overdue_at is null;
create index case_of_assignee on compliance_case (assignee_id, due_at) where assignee_id is not null and status = 'open';

-- What speaks for it, in the order in which it became known: facts by our ids, or words.
create table case_evidence (
  affiliate_id uuid not null,
  program_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('click', 'customer', 'order', 'source', 'words')),
  ref_id uuid,
  -- Emptied by erasure.
  text text,
  added_at timestamptz(3) not null,
  -- Who of staff; null: it follows from a clause.
  added_by text,
  primary key (affiliate_id, program_id, case_id, id),
  check ((kind = 'words') = (ref_id is null))
);
create unique index case_evidence_once on case_evidence (affiliate_id, program_id, case_id, ref_id) where ref_id is not null;
create index case_evidence_of_customer on case_evidence (ref_id) where kind = 'customer';

-- What staff said and did about it, and that its deadline passed. Texts can be erased, nothing else changes.
create table case_entry (
  affiliate_id uuid not null,
  program_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('note', 'assigned', 'deadline', 'overdue', 'asked', 'confirmed', 'dismissed')),
  text text,
  done_at timestamptz(3) not null,
  done_by text not null,
  primary key (affiliate_id, program_id, case_id, id)
);

select distribute();

alter table case_evidence add foreign key (affiliate_id, program_id, case_id) references compliance_case (affiliate_id, program_id, id);
alter table case_entry add foreign key (affiliate_id, program_id, case_id) references compliance_case (affiliate_id, program_id, id);

-- What spoke for cases before: ids of clicks and customers, and words of staff.
insert into case_evidence (affiliate_id, program_id, case_id, id, kind, ref_id, text, added_at)
  select distinct on (c.affiliate_id, c.program_id, c.id, e.item)
    c.affiliate_id, c.program_id, c.id, gen_random_uuid(),
    case when k.id is not null then 'click' when p.id is not null then 'customer' else 'words' end, coalesce(k.id, p.id),
    case when k.id is null and p.id is null then e.item end, c.opened_at
  from compliance_case c cross join lateral jsonb_array_elements_text(c.evidence) as e (item)
  cross join lateral (select case when e.item ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.item::uuid end as id) named
  left join click k on k.bucket = get_byte(uuid_send(named.id), 15)::smallint and k.id = named.id left join customer p on p.id = named.id;
alter table compliance_case drop column evidence;

-- What is closed stays closed, and what it was about stays.
create function refuse_change_of_case() returns trigger language plpgsql as $$
begin
  if old.closed_at is null and (new.affiliate_id, new.program_id, new.id, new.rule, new.opened_at)
     is not distinct from (old.affiliate_id, old.program_id, old.id, old.rule, old.opened_at) then return new; end if;
  raise exception 'a case is closed once, and what it is about stays' using errcode = 'insufficient_privilege';
end $$;
revoke all on function refuse_change_of_case from public;
create trigger closed_once before update on compliance_case for each row execute function refuse_change_of_case();
create trigger append_only before delete on compliance_case for each row execute function refuse_change();
create trigger append_only_all before truncate on compliance_case for each statement execute function refuse_change();
create trigger append_only before update or delete on case_evidence for each row execute function refuse_change_but_erasure('text');
create trigger append_only_all before truncate on case_evidence for each statement execute function refuse_change();
create trigger append_only before update or delete on case_entry for each row execute function refuse_change_but_erasure('text');
create trigger append_only_all before truncate on case_entry for each statement execute function refuse_change();

grant select, insert on case_evidence, case_entry to tributary_app;
grant update (text) on case_evidence, case_entry to tributary_app;
grant update (due_at, overdue_at, assignee_id, assignee) on compliance_case to tributary_app;

-- What staff ask the affiliate about a case is a request that they open.
alter table affiliate_request drop constraint affiliate_request_kind_check;
alter table affiliate_request add constraint affiliate_request_kind_check
  check (kind in ('payout-method', 'creative', 'channel', 'source-review', 'product-exchange', 'class', 'sample', 'order-fact', 'other', 'case'));

-- How many days staff have for a case is a switch of the program.
alter table program_switch add constraint program_switch_case_days check (name <> 'case-days' or value ~ '^[1-9][0-9]{0,2}$');
