-- The books. Both legs of a posting belong to one affiliate, so an entry balances inside one affiliate;
-- one row is one debit and one credit of the same amount, so it balances by construction.
-- The application's role may read these tables and call ledger_post(); it may not insert, update or delete.

create type ledger_account as enum ('expense', 'held', 'owed', 'reserved', 'clearing', 'debt', 'redeemed', 'breakage', 'fee', 'tax');

create table ledger_cause (
  affiliate_id uuid not null,
  cause_id uuid not null,
  sequence int not null,
  entry_id uuid not null,
  primary key (affiliate_id, cause_id, sequence)
);

create table ledger_entry (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  unit text not null,
  kind text not null,
  cause_id uuid not null,
  sequence int not null,
  -- Business time. When it was recorded stands in the id.
  happened_at timestamptz(3) not null,
  primary key (affiliate_id, id)
) partition by range (id);
create index ledger_entry_by_program on ledger_entry (program_id, id);

create table ledger_posting (
  affiliate_id uuid not null,
  entry_id uuid not null,
  line smallint not null,
  program_id uuid not null,
  unit text not null,
  debit ledger_account not null,
  credit ledger_account not null,
  amount bigint not null check (amount > 0),
  lot_id uuid,
  primary key (affiliate_id, entry_id, line),
  -- What touches a lot names it; a deduction by staff is a debt without one.
  check ((lot_id is not null) = (debit in ('owed', 'breakage') or credit = 'owed') or (debit = 'debt' and credit = 'expense')),
  check ((debit, credit) in (
    ('expense', 'held'), ('held', 'expense'), ('held', 'owed'), ('expense', 'owed'), ('owed', 'expense'),
    ('breakage', 'expense'), ('debt', 'expense'), ('owed', 'debt'), ('owed', 'breakage'),
    ('owed', 'reserved'), ('reserved', 'owed'), ('reserved', 'clearing'), ('clearing', 'owed'), ('reserved', 'redeemed'), ('owed', 'redeemed'), ('redeemed', 'owed'),
    ('clearing', 'fee'), ('clearing', 'tax')
  ))
) partition by range (entry_id);

create table ledger_balance (
  affiliate_id uuid not null,
  program_id uuid not null,
  unit text not null,
  account ledger_account not null,
  -- Credits less debits.
  amount bigint not null,
  primary key (affiliate_id, program_id, unit, account)
) with (fillfactor = 50);

-- No account ends up on its wrong side. Not a CHECK: that looks at what an upsert proposes to insert, which is the change alone.
-- `expense` has none: staff may deduct more than an affiliate has ever earned.
create function refuse_wrong_side() returns trigger language plpgsql as $$
begin
  raise exception '% of affiliate % would be %', new.account, new.affiliate_id, new.amount using errcode = 'check_violation', constraint = 'ledger_balance_side', table = 'ledger_balance';
end $$;
create trigger right_side after insert or update on ledger_balance for each row
  when ((new.account in ('held', 'owed', 'reserved', 'clearing') and new.amount < 0) or (new.account = 'debt' and new.amount > 0))
  execute function refuse_wrong_side();

create index ledger_balance_debt on ledger_balance (program_id) where account = 'debt' and amount < 0;

-- Earnings by when they become usable and when they end. A lock's end is a matter of time: no row is written for it.
create table lot (
  affiliate_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  unit text not null,
  source_kind text not null check (source_kind in ('order', 'activity', 'adjustment', 'bonus')),
  source_id uuid not null,
  usable_from timestamptz(3) not null,
  -- As the terms say.
  expires_at timestamptz(3),
  -- An open request for a withdrawal keeps it from lapsing until then.
  claimed_until timestamptz(3),
  -- When it really ends.
  ends_at timestamptz(3) generated always as (case when expires_at is null then null else greatest(expires_at, claimed_until) end) stored,
  credited bigint not null default 0,
  taken_back bigint not null default 0,
  consumed bigint not null default 0,
  expired bigint not null default 0,
  -- Part of what was consumed that was taken back all the same, as a debt.
  indebted bigint not null default 0,
  remaining bigint generated always as (credited - taken_back - consumed - expired) stored,
  primary key (affiliate_id, id),
  check (credited >= 0 and taken_back >= 0 and consumed >= 0 and expired >= 0 and taken_back + consumed + expired <= credited),
  check (indebted >= 0 and indebted <= credited - taken_back),
  check (expires_at is null or expires_at > usable_from)
) with (fillfactor = 80);
create index lot_open on lot (affiliate_id, program_id, unit, usable_from) where credited > taken_back + consumed + expired;
create index lot_by_source on lot (affiliate_id, source_id);
create index lot_ending on lot (program_id, ends_at) where credited > taken_back + consumed + expired and ends_at is not null;

-- Posts entries with their postings and new lots, keeps balances and lots in step. Idempotent by cause:
-- an entry whose cause is known already is left out with all its postings. Answers how many entries were posted.
create function ledger_post(
  e_affiliate uuid[], e_id uuid[], e_program uuid[], e_unit text[], e_kind text[], e_cause uuid[], e_sequence int[], e_happened timestamptz[],
  p_entry uuid[], p_line smallint[], p_debit ledger_account[], p_credit ledger_account[], p_amount bigint[], p_lot uuid[],
  l_id uuid[], l_entry uuid[], l_source_kind text[], l_source uuid[], l_usable timestamptz[], l_expires timestamptz[]
) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fresh uuid[];
  posted int;
  entries int;
  lots int;
  wanted int;
  touched int;
begin
  -- Shorter lists would be filled up with nulls, and a posting of no entry would be lost.
  if (cardinality(e_affiliate) = all (array[cardinality(e_id), cardinality(e_program), cardinality(e_unit), cardinality(e_kind), cardinality(e_cause), cardinality(e_sequence), cardinality(e_happened)])
    and cardinality(p_entry) = all (array[cardinality(p_line), cardinality(p_debit), cardinality(p_credit), cardinality(p_amount), cardinality(p_lot)])
    and cardinality(l_id) = all (array[cardinality(l_entry), cardinality(l_source_kind), cardinality(l_source), cardinality(l_usable), cardinality(l_expires)])) is not true then
    raise exception 'the lists of a call must be as long as each other' using errcode = 'invalid_parameter_value';
  end if;

  with claimed as (
    insert into ledger_cause (affiliate_id, cause_id, sequence, entry_id)
    select * from unnest(e_affiliate, e_cause, e_sequence, e_id) as e (affiliate_id, cause_id, sequence, id) order by 1, 2, 3
    on conflict do nothing returning entry_id
  )
  select array_agg(entry_id) from claimed into fresh;
  if fresh is null then return 0; end if;

  with entered as (
    insert into ledger_entry (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at)
    select e.affiliate_id, e.id, e.program_id, e.unit, e.kind, e.cause_id, e.sequence, e.happened_at
    from unnest(e_affiliate, e_id, e_program, e_unit, e_kind, e_cause, e_sequence, e_happened) as e (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at)
    join unnest(fresh) as f (id) on f.id = e.id
    returning affiliate_id, id, program_id, unit
  ), new_lot as (
    insert into lot (affiliate_id, id, program_id, unit, source_kind, source_id, usable_from, expires_at)
    select e.affiliate_id, l.id, e.program_id, e.unit, l.source_kind, l.source_id, l.usable_from, l.expires_at
    from unnest(l_id, l_entry, l_source_kind, l_source, l_usable, l_expires) as l (id, entry_id, source_kind, source_id, usable_from, expires_at)
    join entered e on e.id = l.entry_id
    returning 1
  ), posting as (
    insert into ledger_posting (affiliate_id, entry_id, line, program_id, unit, debit, credit, amount, lot_id)
    select e.affiliate_id, e.id, p.line, e.program_id, e.unit, p.debit, p.credit, p.amount, p.lot_id
    from unnest(p_entry, p_line, p_debit, p_credit, p_amount, p_lot) as p (entry_id, line, debit, credit, amount, lot_id)
    join entered e on e.id = p.entry_id
    returning affiliate_id, entry_id, program_id, unit, debit, credit, amount
  ), leg as (
    select affiliate_id, program_id, unit, account, sum(amount)::bigint as amount from (
      select affiliate_id, program_id, unit, debit as account, -amount as amount from posting
      union all
      select affiliate_id, program_id, unit, credit, amount from posting
    ) both_legs group by affiliate_id, program_id, unit, account
  ), balance as (
    insert into ledger_balance as b (affiliate_id, program_id, unit, account, amount)
    select affiliate_id, program_id, unit, account, amount from leg order by affiliate_id, program_id, unit, account
    on conflict (affiliate_id, program_id, unit, account) do update set amount = b.amount + excluded.amount
  )
  select count(*), count(distinct entry_id), (select count(*) from new_lot) from posting into posted, entries, lots;
  if entries < cardinality(fresh) then
    raise exception 'an entry has no posting' using errcode = 'check_violation';
  end if;
  -- What was left out belongs to entries that are known; to none it may not.
  if (posted < cardinality(p_entry) or lots < cardinality(l_id))
    and exists (select from unnest(p_entry || l_entry) as p (id) left join unnest(e_id) as e (id) on e.id = p.id where e.id is null) then
    raise exception 'a posting or a lot names no entry of its call' using errcode = 'foreign_key_violation';
  end if;

  -- Lots follow in a statement of their own, which sees the new ones.
  if cardinality(array_remove(p_lot, null)) > 0 then
    with moved as (
      select e.affiliate_id, e.program_id, e.unit, p.lot_id,
        sum(case when p.credit = 'owed' and p.debit in ('expense', 'held') then p.amount else 0 end)::bigint as credited,
        sum(case when p.credit = 'expense' and p.debit <> 'debt' then p.amount else 0 end)::bigint as taken_back,
        sum(case when p.credit = 'expense' and p.debit = 'debt' then p.amount else 0 end)::bigint as indebted,
        sum(case
          when p.debit = 'owed' and p.credit in ('reserved', 'redeemed', 'debt') then p.amount
          when p.credit = 'owed' and p.debit in ('reserved', 'redeemed', 'clearing') then -p.amount
          else 0 end)::bigint as consumed,
        sum(case when p.credit = 'breakage' then p.amount when p.debit = 'breakage' then -p.amount else 0 end)::bigint as expired
      from unnest(p_entry, p_debit, p_credit, p_amount, p_lot) as p (entry_id, debit, credit, amount, lot_id)
      join unnest(fresh) as f (id) on f.id = p.entry_id
      join unnest(e_affiliate, e_id, e_program, e_unit) as e (affiliate_id, id, program_id, unit) on e.id = p.entry_id
      where p.lot_id is not null group by e.affiliate_id, e.program_id, e.unit, p.lot_id
    ), changed as (
      update lot l set credited = l.credited + m.credited, taken_back = l.taken_back + m.taken_back, consumed = l.consumed + m.consumed, expired = l.expired + m.expired, indebted = l.indebted + m.indebted
      from moved m where l.affiliate_id = m.affiliate_id and l.id = m.lot_id and l.program_id = m.program_id and l.unit = m.unit
      returning 1
    )
    select (select count(*) from moved), (select count(*) from changed) into wanted, touched;
    if touched < wanted then
      raise exception 'a posting names a lot that is not there' using errcode = 'foreign_key_violation';
    end if;
  end if;
  return cardinality(fresh);
end $$;

-- A request in time claims what would lapse before balances are taken; an instant in the past gives the claim up.
create function ledger_claim(c_affiliate uuid, c_lots uuid[], c_until timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
  update lot set claimed_until = c_until where affiliate_id = c_affiliate and id = any (c_lots);
$$;
