import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, rows } from '../../platform/database/sql.ts';
import type { AsOf, Holder, HoldingsRow } from './ledger.entity.ts';

/** From the sums of the accounts and of the lots, by unit, at `$3`. `accounts`: amounts by account; `lots`: what is left of each and when. */
const SUMMED = `select coalesce(a.affiliate_id, l.affiliate_id) as "affiliateId", coalesce(a.program_id, l.program_id) as "programId", coalesce(a.unit, l.unit) as unit,
    coalesce(a.held, 0) + coalesce(l.locked, 0) as pending,
    coalesce(l.usable, 0) - coalesce(a.debt, 0) as available,
    coalesce(a.reserved, 0) as reserved, coalesce(a.paid, 0) as paid,
    coalesce(a.expired, 0) + coalesce(l.ended, 0) as expired,
    coalesce(a.debt, 0) as debt, coalesce(l.ended, 0) as unswept
  from (
    select affiliate_id, program_id, unit,
      sum(amount) filter (where account = 'held')::bigint as held,
      -sum(amount) filter (where account = 'debt')::bigint as debt,
      sum(amount) filter (where account = 'reserved')::bigint as reserved,
      sum(amount) filter (where account in ('clearing', 'redeemed', 'fee', 'tax'))::bigint as paid,
      sum(amount) filter (where account = 'breakage')::bigint as expired
    from accounts group by affiliate_id, program_id, unit
  ) a full join (
    select affiliate_id, program_id, unit,
      sum(remaining) filter (where usable_from > $3)::bigint as locked,
      sum(remaining) filter (where usable_from <= $3 and (ends_at is null or ends_at > $3))::bigint as usable,
      sum(remaining) filter (where usable_from <= $3 and ends_at <= $3)::bigint as ended
    from lots group by affiliate_id, program_id, unit
  ) l on l.affiliate_id = a.affiliate_id and l.program_id = a.program_id and l.unit = a.unit`;

const NOW = `with holder as (select * from unnest($1::uuid[], $2::uuid[]) as h (affiliate_id, program_id)),
  accounts as (select b.* from holder h join ledger_balance b on b.affiliate_id = h.affiliate_id and b.program_id = h.program_id),
  lots as (
    select l.affiliate_id, l.program_id, l.unit, l.usable_from, l.ends_at, l.remaining from holder h
    join lot l on l.affiliate_id = h.affiliate_id and l.program_id = h.program_id and l.credited > l.taken_back + l.consumed + l.expired
  )
  ${SUMMED}`;

/** Business time is when it happened; what was not recorded yet at `$4` is left out: an entry's id begins with that instant. */
const AS_OF = `with holder as (select * from unnest($1::uuid[], $2::uuid[]) as h (affiliate_id, program_id)),
  posting as (
    select p.affiliate_id, p.program_id, p.unit, p.debit, p.credit, p.amount, p.lot_id from holder h
    join ledger_entry e on e.affiliate_id = h.affiliate_id and e.program_id = h.program_id and e.happened_at <= $3 and ($4::timestamptz is null or e.id < partition_bound($4))
    join ledger_posting p on p.affiliate_id = e.affiliate_id and p.entry_id = e.id
  ),
  accounts as (
    select affiliate_id, program_id, unit, debit as account, -amount as amount from posting
    union all select affiliate_id, program_id, unit, credit, amount from posting
  ),
  lots as (
    select l.affiliate_id, l.program_id, l.unit, l.usable_from, l.ends_at, s.remaining from (
      select affiliate_id, lot_id, sum(case when credit = 'owed' then amount when debit = 'owed' then -amount else 0 end) as remaining
      from posting where lot_id is not null group by affiliate_id, lot_id
    ) s join lot l on l.affiliate_id = s.affiliate_id and l.id = s.lot_id
  )
  ${SUMMED}`;

function columns(holders: readonly Holder[]) {
  return [holders.map(({ affiliateId }) => affiliateId), holders.map(({ programId }) => programId)] as const;
}

/** What affiliates have now, from the balances and the open lots. */
export function holdingsNow(em: EntityManager, holders: readonly Holder[], now: number): Promise<HoldingsRow[]> {
  return hotRows<HoldingsRow>(em, NOW, [...columns(holders), new Date(now)]);
}

/** What affiliates had, from the postings. As of now it is the same. */
export function holdingsAsOf(em: EntityManager, holders: readonly Holder[], { at, knownAt }: AsOf): Promise<HoldingsRow[]> {
  // Recorded within the millisecond counts as recorded by then.
  const before = knownAt === undefined ? null : new Date(knownAt + 1);
  return rows<HoldingsRow>(em, AS_OF, [...columns(holders), new Date(at), before]);
}
