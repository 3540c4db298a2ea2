-- Organizations, programs, people, facts and decisions.
-- Placement of every table stands in ../registry.ts; a test holds this file to it.
-- Ids are UUIDv7 made by the application: they carry the wall-clock instant of recording, so that
-- time-partitioned tables are cut by ranges of ids and a lookup by id reads one partition.

create table organization (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('live', 'sandbox')),
  parent_id uuid,
  -- Business time of a sandbox; null: the wall clock. Live organizations have no clock of their own.
  clock timestamptz(3),
  created_at timestamptz not null default now(),
  check ((kind = 'sandbox') = (clock is not null))
);

create table program (
  id uuid primary key,
  organization_id uuid not null,
  key text not null,
  name text not null,
  unit text not null,
  created_at timestamptz not null default now(),
  unique (organization_id, key)
);

create table terms_version (
  id uuid primary key,
  program_id uuid not null,
  number int not null,
  holds_from timestamptz(3) not null,
  document json not null,
  document_hash bytea not null,
  published_at timestamptz(3) not null,
  published_by text not null,
  unique (program_id, number)
);

-- Switches that staff turn from an instant on (self purchase ...).
create table program_switch (
  program_id uuid not null,
  id uuid not null,
  name text not null,
  value text not null,
  holds_from timestamptz(3) not null,
  set_by text not null,
  primary key (program_id, id)
);

create table forbidden_product (
  program_id uuid not null,
  external_id text not null,
  holds_from timestamptz(3) not null,
  set_by text not null,
  primary key (program_id, external_id)
);

create table api_token (
  id uuid primary key,
  organization_id uuid not null,
  kind text not null check (kind in ('staff', 'integrator', 'affiliate')),
  affiliate_id uuid,
  name text not null,
  prefix text not null,
  secret_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  check ((kind = 'affiliate') = (affiliate_id is not null))
);

create table affiliate (
  id uuid primary key,
  organization_id uuid not null,
  external_id text not null,
  country text,
  created_at timestamptz not null default now()
);

-- What tells who a person is, in one erasable place.
create table affiliate_profile (
  affiliate_id uuid primary key,
  name text,
  email text
);

create table enrollment (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  status text not null check (status in ('applied', 'approved', 'contract-sent', 'active', 'rejected', 'suspended', 'terminated')),
  class text,
  -- The affiliate's own account at the merchant: its orders are self purchases.
  customer_external_id text,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (affiliate_id, program_id)
);
create index enrollment_by_program on enrollment (program_id, affiliate_id);

-- All that was decided about an enrollment, in order: status, class, quality factor, permissions, documents, breach.
create table enrollment_event (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('status', 'class', 'quality-factor', 'permission', 'document', 'breach')),
  value text not null,
  subject text,
  holds_from timestamptz(3) not null,
  reason text,
  done_by text not null,
  primary key (affiliate_id, program_id, id)
);

create table traffic_source (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  url text,
  opt_in boolean,
  opt_out boolean,
  flags text[] not null default '{}',
  declared_at timestamptz(3) not null,
  primary key (affiliate_id, program_id, id)
);

-- What affiliates did that earns general points.
create table activity (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  external_id text not null,
  content json not null,
  happened_at timestamptz(3) not null,
  told_at timestamptz(3) not null,
  told_by text not null,
  primary key (affiliate_id, id)
);

-- Amounts that staff gave or took, with who and why.
create table adjustment (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  external_id text not null,
  kind text not null check (kind in ('adjustment', 'bonus')),
  unit text not null,
  amount bigint not null check (amount <> 0),
  reason text not null,
  usable_from timestamptz(3) not null,
  expires_at timestamptz(3),
  done_at timestamptz(3) not null,
  done_by text not null,
  primary key (affiliate_id, id)
);

-- Payment details, every state of them, with who gave it and why.
create table payout_method (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  kind text not null,
  currency text,
  account text,
  reason text,
  set_at timestamptz(3) not null,
  set_by text not null,
  primary key (affiliate_id, program_id, id)
);

create table withdrawal (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  external_id text not null,
  status text not null check (status in ('requested', 'processing', 'approved', 'rejected', 'paid', 'failed')),
  unit text not null,
  -- Null until the cut-off fixes it.
  amount bigint check (amount >= 0),
  -- The cut-off that takes it, where the terms have one.
  cut_off_at timestamptz(3),
  batch text,
  requested_at timestamptz(3) not null,
  requested_by text not null,
  decided_at timestamptz(3),
  decided_by text,
  reason text,
  primary key (affiliate_id, id)
);
create index withdrawal_by_program on withdrawal (program_id, id);
create index withdrawal_at_cut_off on withdrawal (program_id, cut_off_at) where status = 'requested' and cut_off_at is not null;

create table redemption (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  external_id text not null,
  kind text not null check (kind in ('coupon', 'product', 'checkout')),
  status text not null check (status in ('held', 'captured', 'released', 'redeemed', 'fulfilled', 'refused')),
  unit text not null,
  points bigint not null check (points > 0),
  lapses_at timestamptz(3),
  order_ref text,
  redeemed_at timestamptz(3) not null,
  redeemed_by text not null,
  decided_at timestamptz(3),
  decided_by text,
  primary key (affiliate_id, id)
);
create index redemption_by_program on redemption (program_id, id);
create index redemption_lapsing on redemption (program_id, lapses_at) where status = 'held';

create table link (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  external_id text not null,
  url text not null,
  sub_id text,
  created_at timestamptz(3) not null,
  primary key (affiliate_id, program_id, id)
);

create table compliance_case (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  rule text not null,
  status text not null check (status in ('open', 'confirmed', 'dismissed')),
  opened_at timestamptz(3) not null,
  evidence jsonb not null default '[]',
  closed_at timestamptz(3),
  closed_by text,
  primary key (affiliate_id, program_id, id)
);
create unique index compliance_case_open on compliance_case (affiliate_id, program_id, rule) where status = 'open';

create table affiliate_warning (
  affiliate_id uuid not null,
  program_id uuid not null,
  rule text not null,
  raised_at timestamptz(3) not null,
  primary key (affiliate_id, program_id, rule)
);

create table class_request (
  affiliate_id uuid not null,
  program_id uuid not null,
  id uuid not null,
  class text not null,
  status text not null check (status in ('requested', 'approved', 'refused')),
  requested_at timestamptz(3) not null,
  answered_at timestamptz(3),
  answered_by text,
  reason text,
  primary key (affiliate_id, program_id, id)
);
create unique index class_request_open on class_request (affiliate_id, program_id) where status = 'requested';

-- Directory of callers' ids: kept for ever. An order that is awaited, since an event of it is known, and a click that an order or registration names before it is known, have no hash yet. `kind` says of what; an alias of an order is one more row.
-- The scope is the program, or the organization for affiliates.
create table fact_key (
  slice smallint not null,
  scope_id uuid not null,
  kind text not null,
  external_id text not null,
  fact_id uuid not null,
  content_hash bytea,
  primary key (slice, scope_id, kind, external_id)
);

-- Rows to lock: names of customers and visitors whose facts are about to be read together and written.
create table lock_name (
  slice smallint not null,
  program_id uuid not null,
  kind text not null,
  external_id text not null,
  primary key (slice, program_id, kind, external_id)
);

create table customer (
  id uuid primary key,
  program_id uuid not null,
  external_id text not null,
  registered_at timestamptz(3),
  told_at timestamptz(3),
  visitor text,
  click_ref text,
  referral_code text,
  attributes json,
  tied_affiliate_id uuid,
  tied_at timestamptz(3),
  tied_by text,
  -- Tells whether two customers share a number, without the number.
  phone_hash bytea
);
create index customer_by_visitor on customer (program_id, visitor) where visitor is not null;
create index customer_by_click on customer (program_id, click_ref) where click_ref is not null;
create index customer_by_tie on customer (program_id, tied_affiliate_id, id) where tied_affiliate_id is not null;

create index customer_by_phone on customer (program_id, tied_affiliate_id, phone_hash) where phone_hash is not null and tied_affiliate_id is not null;

create table customer_profile (
  customer_id uuid primary key,
  phone text
);

create table click (
  bucket smallint not null,
  id uuid not null,
  program_id uuid not null,
  external_id text not null,
  affiliate_id uuid not null,
  visitor text,
  clicked_at timestamptz(3) not null,
  told_at timestamptz(3) not null,
  -- What the click was, in normal form, and what was true of the affiliate at its instant.
  content json not null,
  active boolean not null,
  permitted boolean not null,
  redirected boolean not null,
  attributable boolean not null,
  rules text[] not null default '{}',
  destination text,
  primary key (bucket, id)
) partition by range (id);
create index click_by_affiliate on click (affiliate_id, program_id, id);
create index click_by_program on click (program_id, id);

-- Where a visitor's clicks are, by instant.
create table visitor_click (
  slice smallint not null,
  program_id uuid not null,
  visitor text not null,
  clicked_at timestamptz(3) not null,
  click_id uuid not null,
  bucket smallint not null,
  primary key (slice, program_id, visitor, clicked_at, click_id)
);

create table product_version (
  slice smallint not null,
  program_id uuid not null,
  external_id text not null,
  seen_at timestamptz(3) not null,
  told_at timestamptz(3) not null default now(),
  url_key text,
  category text,
  kind text,
  price bigint,
  rate text,
  available boolean not null default true,
  participates boolean not null default true,
  content json not null,
  primary key (slice, program_id, external_id, seen_at)
);
create index product_version_by_url on product_version (program_id, url_key, seen_at) where url_key is not null;
create index product_version_by_category on product_version (program_id, category, seen_at) where category is not null;

create table order_record (
  id uuid not null,
  program_id uuid not null,
  external_id text not null,
  aliases text[] not null default '{}',
  placed_at timestamptz(3) not null,
  told_at timestamptz(3) not null,
  customer_id uuid,
  -- Given, or that of the customer's registration.
  visitor text,
  click_ref text,
  -- The order as told, in normal form, with its lines.
  content json not null,
  -- The newest decision; all else here never changes.
  revision int not null,
  affiliate_id uuid,
  primary key (id)
) partition by range (id);
create index order_by_program on order_record (program_id, id);
create index order_by_visitor on order_record (program_id, visitor, placed_at) where visitor is not null;
create index order_by_customer on order_record (customer_id, placed_at) where customer_id is not null;
create index order_by_click on order_record (program_id, click_ref) where click_ref is not null;
-- Few orders are placed at or after the instant of what is told late, and orders come nearly in their own order.
create index order_by_placing on order_record using brin (placed_at);

create table order_event (
  order_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  kind text not null,
  external_id text,
  happened_at timestamptz(3) not null,
  told_at timestamptz(3) not null,
  content json not null,
  told_by text not null,
  primary key (order_id, id)
) partition by range (id);
create index order_event_by_program on order_event (program_id, id);

-- Events of orders that are not known yet.
create table waiting_event (
  slice smallint not null,
  program_id uuid not null,
  order_external_id text not null,
  id uuid not null,
  kind text not null,
  external_id text,
  happened_at timestamptz(3) not null,
  told_at timestamptz(3) not null,
  content json not null,
  told_by text not null,
  primary key (slice, program_id, order_external_id, id)
);

create table decision (
  order_id uuid not null,
  revision int not null,
  program_id uuid not null,
  terms_version_id uuid not null,
  affiliate_id uuid,
  status text not null check (status in ('earning', 'rejected', 'reversed')),
  unit text not null,
  amount bigint not null check (amount >= 0),
  available_at timestamptz(3),
  expires_at timestamptz(3),
  -- Rules that decided it.
  rules text[] not null,
  -- Per line of the order, in its order.
  line_amounts bigint[] not null,
  -- The derivation: clause numbers of the terms version and the values they saw.
  steps json not null,
  decided_at timestamptz(3) not null,
  cause text not null,
  primary key (order_id, revision)
) partition by range (order_id);

-- What stands now of each order for each affiliate: the newest decision as its affiliate sees it.
create table commission (
  affiliate_id uuid not null,
  order_id uuid not null,
  program_id uuid not null,
  revision int not null,
  status text not null check (status in ('earning', 'rejected', 'reversed', 'moved')),
  unit text not null,
  amount bigint not null check (amount >= 0),
  -- Part of the amount that waits in `held`; the rest is in lots.
  held bigint not null check (held >= 0),
  -- A payment stands: it counts its customer among those who paid.
  stands boolean not null,
  placed_at timestamptz(3) not null,
  available_at timestamptz(3),
  expires_at timestamptz(3),
  decided_at timestamptz(3) not null,
  primary key (affiliate_id, order_id)
);
create index commission_by_program on commission (program_id, order_id);

-- Places of an affiliate's paying customers, in the order in which they first paid.
create table customer_place (
  affiliate_id uuid not null,
  program_id uuid not null,
  customer_id uuid not null,
  place int not null check (place > 0),
  -- Orders of the customer whose payment stands; the place is held while there is one.
  standing int not null check (standing >= 0),
  given_at timestamptz(3) not null,
  primary key (affiliate_id, program_id, customer_id)
);

-- Orders and customers that a fact about something else touched, to be looked at again in a transaction of their own.
-- A row for each time, so that whoever queues never waits for whoever works off.
create table revisit_queue (
  slice smallint not null,
  kind text not null check (kind in ('order', 'customer')),
  subject_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  cause text not null,
  happened_at timestamptz(3) not null,
  business_now timestamptz(3) not null,
  queued_at timestamptz not null default now(),
  primary key (slice, kind, subject_id, id)
);

-- Periodic work done, once per organization and period.
create table sweep_run (
  organization_id uuid not null,
  name text not null,
  done_until timestamptz(3) not null,
  primary key (organization_id, name)
);
