-- As before; but a cause that is known posts nothing even where another affiliate's entry of the same call has its id.
-- Posts entries with their postings and new lots, keeps balances and lots in step. Idempotent by cause:
-- an entry whose cause is known already is left out with all its postings. Answers how many entries were posted.
create or replace function ledger_post(
  e_affiliate uuid[], e_id uuid[], e_program uuid[], e_unit text[], e_kind text[], e_cause uuid[], e_sequence int[], e_happened timestamptz[],
  p_entry uuid[], p_line smallint[], p_debit ledger_account[], p_credit ledger_account[], p_amount bigint[], p_lot uuid[],
  l_id uuid[], l_entry uuid[], l_source_kind text[], l_source uuid[], l_usable timestamptz[], l_expires timestamptz[]
) returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fresh uuid[];
  whose uuid[];
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
    on conflict do nothing returning affiliate_id, entry_id
  )
  select array_agg(entry_id), array_agg(affiliate_id) from claimed into fresh, whose;
  if fresh is null then return 0; end if;

  with entered as (
    insert into ledger_entry (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at)
    select e.affiliate_id, e.id, e.program_id, e.unit, e.kind, e.cause_id, e.sequence, e.happened_at
    from unnest(e_affiliate, e_id, e_program, e_unit, e_kind, e_cause, e_sequence, e_happened) as e (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at)
    join unnest(fresh, whose) as f (id, affiliate_id) on f.id = e.id and f.affiliate_id = e.affiliate_id
    returning affiliate_id, id, program_id, unit
  ), new_lot as (
    insert into lot (affiliate_id, id, program_id, unit, source_kind, source_id, usable_from, expires_at, forfeits_at)
    select e.affiliate_id, l.id, e.program_id, e.unit, l.source_kind, l.source_id, l.usable_from, l.expires_at, forfeits_at(c, l.usable_from)
    from unnest(l_id, l_entry, l_source_kind, l_source, l_usable, l_expires) as l (id, entry_id, source_kind, source_id, usable_from, expires_at)
    join entered e on e.id = l.entry_id
    left join program_closing c on c.program_id = e.program_id and c.begun_at is not null
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
      join unnest(e_affiliate, e_id, e_program, e_unit) as e (affiliate_id, id, program_id, unit) on e.id = p.entry_id
      join unnest(fresh, whose) as f (id, affiliate_id) on f.id = e.id and f.affiliate_id = e.affiliate_id
      where p.lot_id is not null group by e.affiliate_id, e.program_id, e.unit, p.lot_id
    ), changed as (
      update lot l set credited = l.credited + m.credited, taken_back = l.taken_back + m.taken_back, consumed = l.consumed + m.consumed, expired = l.expired + m.expired, indebted = l.indebted + m.indebted,
        forfeits_at = coalesce(l.forfeits_at, (select forfeits_at(c, l.usable_from) from program_closing c where c.program_id = m.program_id and c.begun_at is not null))
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
