-- What the application's role may do, and fences that hold even for the owner.

-- The place where a cluster spreads the tables as ../registry.ts says: before foreign keys, which then join what lives
-- together. On one PostgreSQL there is nothing to spread.
create function distribute() returns void language plpgsql as $$ begin end $$;
select distribute();

alter table organization add foreign key (parent_id) references organization (id);
alter table program add foreign key (organization_id) references organization (id);
alter table terms_version add foreign key (program_id) references program (id);
alter table program_switch add foreign key (program_id) references program (id);
alter table forbidden_product add foreign key (program_id) references program (id);
alter table api_token add foreign key (organization_id) references organization (id);
alter table enrollment add foreign key (program_id) references program (id);

create function partition_bound(at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op) using errcode = 'insufficient_privilege';
end $$;

-- Makes partitions by id ahead of time, but no more than a year's; a job calls it. Rows outside all ranges fall into the default partition.
create function ensure_partitions(until timestamptz) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
  start_at timestamptz;
  end_at timestamptz;
  name text;
  made int := 0;
begin
  for t in select * from (values ('click', 'day'), ('order_record', 'month'), ('order_event', 'month'), ('decision', 'month'), ('ledger_entry', 'month'), ('ledger_posting', 'month')) as v (parent, step) loop
    start_at := date_trunc(t.step, now() at time zone 'UTC') at time zone 'UTC';
    while start_at <= least(until, now() + interval '1 year') loop
      end_at := ((start_at at time zone 'UTC') + ('1 ' || t.step)::interval) at time zone 'UTC';
      name := t.parent || '_' || to_char(start_at at time zone 'UTC', case t.step when 'day' then 'YYYYMMDD' else 'YYYYMM' end);
      if to_regclass(name) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L)', name, t.parent, partition_bound(start_at), partition_bound(end_at));
        -- Triggers for rows come down from the parent; those for statements do not.
        if t.parent in ('order_event', 'decision', 'ledger_entry', 'ledger_posting') then
          execute format('create trigger append_only_all before truncate on %I for each statement execute function refuse_change()', name);
        end if;
        made := made + 1;
      end if;
      start_at := end_at;
    end loop;
  end loop;
  return made;
end $$;

create table click_default partition of click default;
create table order_record_default partition of order_record default;
create table order_event_default partition of order_event default;
create table decision_default partition of decision default;
create table ledger_entry_default partition of ledger_entry default;
create table ledger_posting_default partition of ledger_posting default;
select ensure_partitions(now() + interval '40 days');

do $$
declare t text;
begin
  foreach t in array array['ledger_cause', 'ledger_entry', 'ledger_posting', 'order_event', 'decision', 'terms_version', 'enrollment_event', 'program_switch', 'activity', 'adjustment', 'payout_method'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_change()', t);
    execute format('create trigger append_only_all before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
  foreach t in array array['order_event_default', 'decision_default', 'ledger_entry_default', 'ledger_posting_default'] loop
    execute format('create trigger append_only_all before truncate on %I for each statement execute function refuse_change()', t);
  end loop;
end $$;

-- The name of an awaited order or click is filled once, when it comes.
create function refuse_second_filling() returns trigger language plpgsql as $$
begin
  if old.content_hash is null and new.content_hash is not null and (new.slice, new.scope_id, new.kind, new.external_id) = (old.slice, old.scope_id, old.kind, old.external_id) then return new; end if;
  raise exception 'a caller''s id is kept for ever' using errcode = 'insufficient_privilege';
end $$;
create trigger filled_once before update on fact_key for each row execute function refuse_second_filling();
create trigger append_only before delete on fact_key for each row execute function refuse_change();
create trigger append_only_all before truncate on fact_key for each statement execute function refuse_change();

do $$
begin
  if not exists (select from pg_roles where rolname = 'tributary_app') then
    create role tributary_app login;
  end if;
end $$;

grant usage on schema public to tributary_app;
grant select on all tables in schema public to tributary_app;
grant insert on organization, program, terms_version, program_switch, forbidden_product, api_token, affiliate, affiliate_profile, enrollment, enrollment_event, traffic_source, activity, adjustment, payout_method, withdrawal, redemption, link,
  compliance_case, affiliate_warning, class_request, fact_key, lock_name, customer, customer_profile, click, visitor_click, product_version, order_record, order_event, waiting_event, decision,
  commission, customer_place, revisit_queue, sweep_run to tributary_app;
grant update (name, clock) on organization to tributary_app;
grant update (revoked_at, last_used_at, expires_at) on api_token to tributary_app;
grant update, delete on affiliate_profile, customer_profile to tributary_app;
grant update (country) on affiliate to tributary_app;
grant update (status, class, customer_external_id, version) on enrollment to tributary_app;
grant update (status, evidence, closed_at, closed_by) on compliance_case to tributary_app;
grant update (status, answered_at, answered_by, reason) on class_request to tributary_app;
grant update (registered_at, told_at, visitor, click_ref, referral_code, attributes, tied_affiliate_id, tied_at, tied_by, phone_hash) on customer to tributary_app;
-- A row lock asks for the right to update one column; nothing of these rows ever changes.
grant update (external_id) on lock_name to tributary_app;
grant update (cause) on revisit_queue to tributary_app;
grant update (fact_id, content_hash) on fact_key to tributary_app;
grant update (flags) on traffic_source to tributary_app;
grant update (status, amount, decided_at, decided_by, reason) on withdrawal to tributary_app;
grant update (status, decided_at, decided_by, order_ref) on redemption to tributary_app;
-- What an order is found by follows its corrections and its customer's registration; its content never changes.
grant update (revision, affiliate_id, visitor, customer_id, click_ref, placed_at) on order_record to tributary_app;
grant update (revision, status, unit, amount, held, stands, placed_at, available_at, expires_at, decided_at) on commission to tributary_app;
grant update (place, standing, given_at) on customer_place to tributary_app;
grant delete on waiting_event, revisit_queue to tributary_app;
grant update (done_until) on sweep_run to tributary_app;

revoke all on function ledger_claim, ledger_post, ensure_partitions, refuse_change from public;
grant execute on function ledger_claim, ledger_post, ensure_partitions, partition_bound to tributary_app;
