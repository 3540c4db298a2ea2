-- Payout batches: what is paid together, in which parts, and what became of every line.

alter table withdrawal drop constraint withdrawal_status_check;
alter table withdrawal add constraint withdrawal_status_check
  check (status in ('requested', 'processing', 'approved', 'rejected', 'sent', 'unknown', 'paid', 'failed', 'returned'));
-- On hold: whatever its status, it is not approved and no batch takes it.
alter table withdrawal add column held_at timestamptz(3), add column held_by text, add column held_reason text;
create index withdrawal_approved on withdrawal (program_id, affiliate_id, id) where status = 'approved';

-- Who is paid and through which bank, where the account alone does not say it.
alter table payout_method add column holder text, add column bank text;

-- What became of a withdrawal, step by step: by whom, when, and why.
create table withdrawal_event (
  affiliate_id uuid not null,
  withdrawal_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  kind text not null,
  reason text,
  happened_at timestamptz(3) not null,
  done_by text not null,
  primary key (affiliate_id, withdrawal_id, id)
);

-- A batch is a row of control; its lines live with their affiliates. One batch of a name for each program.
create table payout_batch (
  id uuid primary key,
  program_id uuid not null,
  name text not null,
  status text not null check (status in ('open', 'frozen', 'approved', 'sending', 'sent', 'discarded')),
  opened_at timestamptz(3) not null,
  opened_by text not null,
  frozen_at timestamptz(3),
  frozen_by text,
  -- Who it was: the person, or the token of a machine.
  frozen_actor uuid,
  -- SHA-256 of the lines as they were frozen.
  hash bytea,
  approved_at timestamptz(3),
  approved_by text,
  approved_actor uuid,
  -- Whether approving takes somebody else than freezing did.
  two_people boolean not null default true,
  sent_at timestamptz(3),
  sent_by text,
  reason text,
  check ((status in ('frozen', 'approved', 'sending', 'sent')) <= (hash is not null and frozen_actor is not null)),
  check ((status in ('approved', 'sending', 'sent')) <= (approved_actor is not null)),
  check (not two_people or approved_actor <> frozen_actor)
);
-- A discarded batch gives its name free.
create unique index payout_batch_by_name on payout_batch (program_id, name) where status <> 'discarded';

-- What goes one way in one currency: one file, or one call of a provider.
create table payout_part (
  id uuid primary key,
  batch_id uuid not null,
  program_id uuid not null,
  number int not null,
  method text not null,
  currency text not null,
  payee_currency text not null,
  -- `ready`: nothing has left; `sent`: it may have left, nobody has answered yet; `accepted`, `refused`: as the provider says; `done`: nothing is left to ask for.
  status text not null check (status in ('ready', 'sent', 'accepted', 'refused', 'done')),
  sent_at timestamptz(3),
  -- The provider's own name for it.
  provider_id text,
  -- By the wall clock: when it was first and last given to the provider, how often, and when to ask again.
  first_tried_at timestamptz,
  tried_at timestamptz,
  tries int not null default 0,
  ask_at timestamptz,
  reason text,
  unique (batch_id, number)
);
create index payout_part_to_ask on payout_part (ask_at) where ask_at is not null;

create table payout_line (
  affiliate_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  program_id uuid not null,
  withdrawal_id uuid not null,
  part_id uuid,
  -- `deferred`: the batch does not take it, and says why; `dropped`: it was taken out before it was sent.
  status text not null check (status in ('deferred', 'collected', 'dropped', 'sent', 'unknown', 'paid', 'failed', 'returned')),
  -- What the withdrawal takes from the books.
  unit text not null,
  points bigint,
  -- What is paid for it, in minor units of the currency.
  currency text,
  amount bigint,
  method text,
  payee_currency text,
  account text,
  holder text,
  bank text,
  -- The provider's own name for it, and what it says of it in its own words.
  provider_id text,
  provider_status text,
  reason text,
  changed_at timestamptz(3) not null,
  primary key (affiliate_id, id),
  check (status in ('deferred', 'dropped') or (points > 0 and amount > 0 and currency is not null and method is not null)),
  check ((status in ('sent', 'unknown', 'paid', 'failed', 'returned')) <= (part_id is not null))
);
create unique index payout_line_of_batch on payout_line (affiliate_id, batch_id, withdrawal_id);
-- A withdrawal is paid by one batch, for ever.
create unique index payout_line_live on payout_line (affiliate_id, withdrawal_id) where status not in ('deferred', 'dropped');
create index payout_line_by_batch on payout_line (batch_id, id);
create index payout_line_by_part on payout_line (part_id, id) where part_id is not null;

do $$
begin
  create trigger append_only before update or delete on withdrawal_event for each row execute function refuse_change();
  create trigger append_only_all before truncate on withdrawal_event for each statement execute function refuse_change();
end $$;

grant select on withdrawal_event, payout_batch, payout_part, payout_line to tributary_app;
grant insert on withdrawal_event, payout_batch, payout_part, payout_line to tributary_app;
grant update (held_at, held_by, held_reason) on withdrawal to tributary_app;
-- To empty them, for whoever is erased.
grant update (holder, bank) on payout_method to tributary_app;
grant update (status, frozen_at, frozen_by, frozen_actor, hash, approved_at, approved_by, approved_actor, two_people, sent_at, sent_by, reason) on payout_batch to tributary_app;
grant update (status, sent_at, provider_id, first_tried_at, tried_at, tries, ask_at, reason) on payout_part to tributary_app;
grant update (status, part_id, unit, points, currency, amount, method, payee_currency, account, holder, bank, provider_id, provider_status, reason, changed_at) on payout_line to tributary_app;
