import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { holdingsAsOf } from './holdings.ts';
import { type Holder, type HoldingsRow, NOTHING } from './ledger.entity.ts';
import type { Unit } from './units.ts';

const AT_ONCE = 1_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** One movement, with what there was after it. */
export interface StatementLine {
  readonly at: number;
  readonly kind: string;
  /** The caller's id of the order, withdrawal or whatever else moved it; null: time did. */
  readonly reference: string | null;
  readonly change: bigint;
  readonly balance: bigint;
}

export interface Period {
  readonly from: number;
  /** The instant right after it. */
  readonly to: number;
  /** What was not recorded by then is left out: all that a statement says is of one moment. */
  readonly knownAt: number;
}

export type StatementPiece =
  | { readonly piece: 'opening'; readonly unit: Unit; readonly amount: bigint }
  | { readonly piece: 'line'; readonly unit: Unit; readonly line: StatementLine }
  | { readonly piece: 'closing'; readonly unit: Unit; readonly amount: bigint };

/** A statement piece by piece, unit by unit: what there was, every movement, what there is. Some thousand are in memory at a time. */
export async function* statementPieces(
  em: EntityManager,
  holder: Holder,
  units: readonly Unit[],
  { from, to, knownAt }: Period,
): AsyncGenerator<StatementPiece> {
  // Business time goes by the millisecond.
  const before = await holdingsAsOf(em, [holder], { at: from - 1, knownAt });
  const after = await holdingsAsOf(em, [holder], { at: to - 1, knownAt });
  for (const unit of units) {
    const opening = of(before, unit);
    let balance = opening.pending + opening.available + opening.reserved;
    yield { piece: 'opening', unit, amount: balance };
    for await (const moved of movementsOf(em, holder, unit.unit, { from, to, knownAt })) {
      balance += moved.change;
      yield { piece: 'line', unit, line: { ...moved, balance } };
    }
    // What lies past its end is gone at that instant, whether or not the books have said so within the period.
    const unswept = of(after, unit).unswept - opening.unswept;
    if (unswept !== 0n) {
      balance -= unswept;
      yield { piece: 'line', unit, line: { at: to - 1, kind: 'expired', reference: null, change: -unswept, balance } };
    }
    yield { piece: 'closing', unit, amount: balance };
  }
}

function of(found: readonly HoldingsRow[], { unit }: Unit) {
  return found.find((row) => row.unit === unit) ?? { ...NOTHING, unswept: 0n };
}

interface MovedRow {
  readonly id: string;
  readonly kind: string;
  readonly happened_at: Date;
  readonly change: bigint;
  readonly reference: string | null;
}

async function* movementsOf(
  em: EntityManager,
  { affiliateId, programId }: Holder,
  unit: string,
  { from, to, knownAt }: Period,
): AsyncGenerator<Omit<StatementLine, 'balance'>> {
  for (let after: { at: Date; id: string } = { at: new Date(from), id: NO_ID }; ; ) {
    const found = await rows<MovedRow>(
      em,
      `select e.id, e.kind, e.happened_at, p.change, coalesce(o.external_id, w.external_id, r.external_id, j.external_id, v.external_id) as reference
       from (
         select * from ledger_entry where affiliate_id = $1 and program_id = $2 and unit = $3 and happened_at < $4 and id < partition_bound($5)
           and (happened_at, id) > ($6::timestamptz, $7::uuid) order by happened_at, id limit ${AT_ONCE}
       ) e join lateral (
         select sum(case when credit in ('held', 'owed', 'reserved', 'debt') then amount else 0 end - case when debit in ('held', 'owed', 'reserved', 'debt') then amount else 0 end)::bigint as change
         from ledger_posting where affiliate_id = e.affiliate_id and entry_id = e.id
       ) p on true
       left join order_record o on o.id = e.cause_id
       left join withdrawal w on w.affiliate_id = e.affiliate_id and w.id = e.cause_id
       left join redemption r on r.affiliate_id = e.affiliate_id and r.id = e.cause_id
       left join adjustment j on j.affiliate_id = e.affiliate_id and j.id = e.cause_id
       left join activity v on v.affiliate_id = e.affiliate_id and v.id = e.cause_id
       order by e.happened_at, e.id`,
      [affiliateId, programId, unit, new Date(to), new Date(knownAt + 1), after.at, after.id],
    );
    for (const { kind, happened_at: at, change, reference } of found) {
      // What only moved from one hand to the other, such as what was reserved, changes nothing.
      if (change !== 0n) yield { at: at.getTime(), kind, reference, change };
    }
    const last = found.at(-1);
    if (last === undefined || found.length < AT_ONCE) return;
    after = { at: last.happened_at, id: last.id };
  }
}
