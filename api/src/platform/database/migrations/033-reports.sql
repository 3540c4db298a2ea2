-- Numbers for reports, kept beside the facts that they count.

-- What facts brought, told by the transaction that wrote them, until it is added up: a row for each batch.
create table report_queue (
  slice smallint not null,
  id uuid not null,
  program_id uuid not null,
  content json not null,
  queued_at timestamptz not null default now(),
  primary key (slice, id)
);
create index report_queue_of_program on report_queue (program_id, id);

-- A row to lock: what of a program waits is added up by one at a time.
create table report_lock (
  program_id uuid primary key references program (id)
);

-- What of each order is in the sums, so that the next decision can take it out again.
create table report_order (
  affiliate_id uuid not null,
  order_id uuid not null,
  program_id uuid not null,
  revision int not null,
  day date not null,
  link text not null,
  sub text not null,
  country text not null,
  channel text not null,
  orders int not null check (orders in (0, 1)),
  rejected int not null check (rejected in (0, 1)),
  -- In minor units of the program's currency, and of its unit.
  sales bigint not null,
  commission bigint not null,
  primary key (affiliate_id, order_id),
  check (orders + rejected <= 1 and (orders = 1 or (sales = 0 and commission = 0)))
);

-- Sums by day of the program's zone; what a fact does not say is empty.
create table report_day (
  affiliate_id uuid not null,
  program_id uuid not null,
  day date not null,
  country text not null,
  channel text not null,
  clicks bigint not null check (clicks >= 0),
  barred bigint not null check (barred >= 0),
  referrals bigint not null check (referrals >= 0),
  orders bigint not null check (orders >= 0),
  rejected bigint not null check (rejected >= 0),
  sales bigint not null,
  commission bigint not null,
  primary key (affiliate_id, program_id, day, country, channel)
);
create index report_day_by_program on report_day (program_id, day);

create table report_source (
  affiliate_id uuid not null,
  program_id uuid not null,
  day date not null,
  link text not null,
  sub text not null,
  clicks bigint not null check (clicks >= 0),
  barred bigint not null check (barred >= 0),
  referrals bigint not null check (referrals >= 0),
  orders bigint not null check (orders >= 0),
  rejected bigint not null check (rejected >= 0),
  sales bigint not null,
  commission bigint not null,
  primary key (affiliate_id, program_id, day, link, sub)
);
create index report_source_by_program on report_source (program_id, day);

-- The same, told by the facts themselves: what the sums began with, and what they are proved by.

create function report_day_of(program uuid, at timestamptz) returns date language sql stable as $$
  select (at at time zone coalesce(
    (select v.document -> 'program' ->> 'timeZone' from terms_version v where v.program_id = program and v.holds_from <= at order by v.holds_from desc, v.number desc limit 1),
    (select v.document -> 'program' ->> 'timeZone' from terms_version v where v.program_id = program order by v.holds_from, v.number limit 1),
    'UTC'))::date
$$;

create function report_exponent(program uuid) returns int language sql stable as $$
  select case
    when c in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    when c in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    when c in ('CLF', 'UYW') then 4
    else 2 end
  from (select v.document -> 'program' ->> 'currency' as c from terms_version v where v.program_id = program order by v.number limit 1) found
$$;

create view report_named_click as
  select k.scope_id as program_id, k.external_id, c.affiliate_id, c.content
  from fact_key k join click c on c.bucket = ('x' || right(k.fact_id::text, 2))::bit(8)::int::smallint and c.id = k.fact_id
  where k.kind = 'click' and k.content_hash is not null;

create view report_click_facts as
  select affiliate_id, program_id, report_day_of(program_id, clicked_at) as day, coalesce(content ->> 'link', '') as link, coalesce(content ->> 'subId', '') as sub,
    coalesce(content ->> 'country', '') as country, coalesce(content ->> 'channel', '') as channel,
    attributable::int as clicks, (not attributable)::int as barred
  from click where automated is null;

create view report_referral_facts as
  select tied_affiliate_id as affiliate_id, program_id, report_day_of(program_id, tied_at) as day, '' as link, '' as sub, '' as country, '' as channel
  from customer where tied_affiliate_id is not null;

create view report_order_facts as
  select c.affiliate_id, c.order_id, c.program_id, c.revision, report_day_of(c.program_id, c.placed_at) as day,
    coalesce(k.content ->> 'link', '') as link, coalesce(k.content ->> 'subId', '') as sub, coalesce(k.content ->> 'country', told.content ->> 'country', '') as country,
    coalesce(k.content ->> 'channel', '') as channel, (c.status = 'earning')::int as orders, (c.status in ('rejected', 'reversed'))::int as rejected,
    case when c.status = 'earning' then (
      select coalesce(sum((l ->> 'price')::numeric * (l ->> 'quantity')::numeric), 0) * 10 ^ report_exponent(c.program_id) from json_array_elements(told.content -> 'lines') l
    ) else 0 end::bigint as sales,
    case when c.status = 'earning' then c.amount else 0 end as commission
  from commission c
  join order_record o on o.id = c.order_id
  cross join lateral (select coalesce(
    (select e.content -> 'content' from order_event e where e.order_id = o.id and e.kind = 'corrected' order by e.id desc limit 1), o.content) as content) told
  left join decision d on d.order_id = c.order_id and d.revision = c.revision and c.status <> 'moved'
  left join lateral (
    select s ->> 2 as click from json_array_elements(d.steps) s
    where s ->> 0 = 'click' and exists (select from json_array_elements_text(s) v where v = 'won') limit 1
  ) won on true
  left join report_named_click k on k.program_id = c.program_id and k.external_id = won.click;

insert into report_order (affiliate_id, order_id, program_id, revision, day, link, sub, country, channel, orders, rejected, sales, commission)
  select affiliate_id, order_id, program_id, revision, day, link, sub, country, channel, orders, rejected, sales, commission from report_order_facts;

create view report_facts as
  select affiliate_id, program_id, day, link, sub, country, channel, clicks, barred, 0 as referrals, 0 as orders, 0 as rejected, 0::bigint as sales, 0::bigint as commission from report_click_facts
  union all select affiliate_id, program_id, day, link, sub, country, channel, 0, 0, 1, 0, 0, 0, 0 from report_referral_facts
  union all select affiliate_id, program_id, day, link, sub, country, channel, 0, 0, 0, orders, rejected, sales, commission from report_order_facts where orders + rejected > 0;

insert into report_day select affiliate_id, program_id, day, country, channel, sum(clicks), sum(barred), sum(referrals), sum(orders), sum(rejected), sum(sales), sum(commission)
  from report_facts group by affiliate_id, program_id, day, country, channel;
insert into report_source select affiliate_id, program_id, day, link, sub, sum(clicks), sum(barred), sum(referrals), sum(orders), sum(rejected), sum(sales), sum(commission)
  from report_facts group by affiliate_id, program_id, day, link, sub;

revoke all on function report_day_of, report_exponent from public;
grant select, insert on report_queue, report_lock, report_order, report_day, report_source to tributary_app;
grant delete on report_queue to tributary_app;
-- A row lock asks for the right to update one column; nothing of these rows ever changes.
grant update (program_id) on report_lock to tributary_app;
grant update (content) on report_queue to tributary_app;
grant update (revision, day, link, sub, country, channel, orders, rejected, sales, commission) on report_order to tributary_app;
grant update (clicks, barred, referrals, orders, rejected, sales, commission) on report_day, report_source to tributary_app;
