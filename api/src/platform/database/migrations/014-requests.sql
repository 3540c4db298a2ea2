-- Whatever affiliates ask of staff: one thing with kinds, states and a thread.

create table affiliate_request (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  -- By which callers name it.
  external_id text not null,
  kind text not null check (kind in ('payout-method', 'creative', 'channel', 'source-review', 'product-exchange', 'class', 'sample', 'order-fact', 'other')),
  state text not null check (state in ('open', 'waiting', 'granted', 'refused', 'answered', 'withdrawn')),
  -- What it is about: a channel, a class, an order, a product, our id of a traffic source.
  subject text,
  -- What stands for it elsewhere: a request for a class, an exchange of points.
  ref_id uuid,
  -- Payment details that were asked for. Emptied by erasure.
  details json,
  opened_at timestamptz(3) not null,
  opened_by text not null,
  -- When anything of it happened last.
  changed_at timestamptz(3) not null,
  -- The member of staff, or the token that acts for itself; null: nobody has taken it.
  assignee_id uuid,
  assignee text,
  closed_at timestamptz(3),
  closed_by text,
  primary key (affiliate_id, program_id, id),
  check ((state in ('open', 'waiting')) = (closed_at is null)),
  check ((closed_at is null) = (closed_by is null)),
  check ((assignee_id is null) = (assignee is null)),
  check (details is null or kind = 'payout-method')
);
-- About one thing one request at a time.
create unique index affiliate_request_pending on affiliate_request (affiliate_id, program_id, kind, (coalesce(subject, '')))
  where closed_at is null and kind in ('payout-method', 'channel', 'source-review', 'class');
create unique index affiliate_request_by_ref on affiliate_request (affiliate_id, program_id, ref_id) where ref_id is not null;
create index affiliate_request_inbox on affiliate_request (program_id, state, id);
create index affiliate_request_changed on affiliate_request (program_id, changed_at, id);
create index affiliate_request_of_assignee on affiliate_request (assignee_id, id) where assignee_id is not null and closed_at is null;

-- What was said and done about it, in order. Texts can be erased, nothing else changes.
create table request_message (
  affiliate_id uuid not null,
  program_id uuid not null,
  request_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('opened', 'message', 'note', 'asked', 'assigned', 'granted', 'refused', 'answered', 'withdrawn')),
  side text not null check (side in ('affiliate', 'staff')),
  text text,
  said_at timestamptz(3) not null,
  said_by text not null,
  primary key (affiliate_id, program_id, request_id, id),
  check (side = 'staff' or kind in ('opened', 'message', 'withdrawn'))
);

-- Which kinds a program takes; no row: all that its terms know something of.
create table request_setting (
  program_id uuid primary key,
  kinds text[] not null,
  set_at timestamptz not null,
  set_by text not null
);

select distribute();

alter table request_setting add foreign key (program_id) references program (id);
alter table affiliate_request add foreign key (affiliate_id) references affiliate (id);
alter table request_message add foreign key (affiliate_id, program_id, request_id) references affiliate_request (affiliate_id, program_id, id);

-- A class that was asked for can be withdrawn.
alter table class_request drop constraint class_request_status_check;
alter table class_request add constraint class_request_status_check check (status in ('requested', 'approved', 'refused', 'withdrawn'));

-- Who asked, for what and when stays. What is closed stays closed. Of all of it the details alone can be emptied.
create function refuse_change_of_request() returns trigger language plpgsql as $$
begin
  if (new.affiliate_id, new.program_id, new.id, new.external_id, new.kind, new.subject, new.ref_id, new.opened_at, new.opened_by)
     is not distinct from (old.affiliate_id, old.program_id, old.id, old.external_id, old.kind, old.subject, old.ref_id, old.opened_at, old.opened_by)
    and (new.details is null or new.details::text is not distinct from old.details::text)
    and (old.closed_at is null or (new.state, new.changed_at, new.assignee_id, new.assignee, new.closed_at, new.closed_by)
      is not distinct from (old.state, old.changed_at, old.assignee_id, old.assignee, old.closed_at, old.closed_by)) then return new; end if;
  raise exception 'a request is closed once, and what was asked stays' using errcode = 'insufficient_privilege';
end $$;
revoke all on function refuse_change_of_request from public;
create trigger closed_once before update on affiliate_request for each row execute function refuse_change_of_request();
create trigger append_only before delete on affiliate_request for each row execute function refuse_change();
create trigger append_only_all before truncate on affiliate_request for each statement execute function refuse_change();
create trigger append_only before update or delete on request_message for each row execute function refuse_change_but_erasure('text');
create trigger append_only_all before truncate on request_message for each statement execute function refuse_change();

grant select, insert on affiliate_request, request_message, request_setting to tributary_app;
grant update (state, details, changed_at, assignee_id, assignee, closed_at, closed_by) on affiliate_request to tributary_app;
grant update (text) on request_message to tributary_app;
grant update (kinds, set_at, set_by) on request_setting to tributary_app;

-- What was asked for before: classes, and products for points. The directory's slice is FNV-1a over the id, as the application counts it.
create function pg_temp.slice_of(name text) returns smallint language plpgsql immutable as $$
declare
  hash bigint := 2166136261;
begin
  for place in 1 .. length(name) loop
    hash := ((hash # ascii(substr(name, place, 1))) * 16777619) & 4294967295;
  end loop;
  return hash % 64;
end $$;

create temporary table earlier_request on commit drop as
  select affiliate_id, program_id, id, 'class-' || id as external_id, 'class' as kind,
    case status when 'requested' then 'open' when 'approved' then 'granted' else 'refused' end as state,
    class as subject, requested_at as opened_at, 'Tributary' as opened_by, answered_at as closed_at, answered_by as closed_by, reason
  from class_request
  union all
  select affiliate_id, program_id, id, 'redemption-' || id, 'product-exchange',
    case status when 'redeemed' then 'open' when 'fulfilled' then 'granted' else 'refused' end,
    null, redeemed_at, redeemed_by, decided_at, decided_by, null
  from redemption where kind = 'product';

insert into affiliate_request (affiliate_id, program_id, id, external_id, kind, state, subject, ref_id, opened_at, opened_by, changed_at, closed_at, closed_by)
  select affiliate_id, program_id, id, external_id, kind, state, subject, id, opened_at, opened_by, coalesce(closed_at, opened_at),
    closed_at, case when closed_at is not null then coalesce(closed_by, 'Tributary') end
  from earlier_request;
insert into request_message (affiliate_id, program_id, request_id, id, kind, side, text, said_at, said_by)
  select affiliate_id, program_id, id, id, 'opened', 'affiliate', null, opened_at, opened_by from earlier_request
  union all
  select affiliate_id, program_id, id, ('ffffffff-ffff-7fff-bfff-' || right(id::text, 12))::uuid, state, 'staff', reason, closed_at, coalesce(closed_by, 'Tributary') from earlier_request where closed_at is not null;
insert into fact_key (slice, scope_id, kind, external_id, fact_id)
  select pg_temp.slice_of(external_id), program_id, 'request', external_id, id from earlier_request;
