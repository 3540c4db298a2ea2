import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { amountOf } from '../../platform/graphql/money.ts';
import type { Affiliate } from '../affiliate/index.ts';
import type { Program } from '../program/index.ts';
import { toBalance } from './balance.service.ts';
import { findAffiliate } from './find-affiliate.ts';
import { holdingsAsOf } from './holdings.ts';
import { type Holder, type HoldingsRow, NOTHING } from './ledger.entity.ts';
import type { StatementArgs } from './ledger.input.ts';
import type { MovementType, UnitStatementType } from './ledger.type.ts';
import { type StatementPiece, statementPieces } from './statement.lines.ts';
import { type Unit, unitsOf } from './units.ts';

const EXPIRED = 'expired';

export interface Statement {
  readonly program: Program;
  readonly affiliate: Affiliate;
  readonly from: number;
  readonly to: number;
  readonly units: UnitStatementType[];
}

/** What stands above the movements of a statement. */
export interface StatementHead {
  readonly program: Program;
  readonly affiliate: Affiliate;
  readonly from: number;
  readonly to: number;
  /** By the wall clock. */
  readonly madeAt: number;
}

interface Moved {
  readonly unit: string;
  readonly kind: string;
  readonly count: number;
  readonly change: bigint;
}

export class StatementService {
  /** Null: there is no such affiliate in the program, or it is not the viewer. */
  async find(context: Context, { program: key, affiliate: named, from, to, knownAt }: StatementArgs): Promise<Statement | null> {
    if (to <= from) throw badUserInput('The period has no instant: `to` is not after `from`');
    const program = await context.services.programs.find(context, key);
    const affiliate = program && (await findAffiliate(context, program, named));
    if (!program || !affiliate) return null;
    const holder = { programId: program.id, affiliateId: affiliate.id };
    const known = knownAt ?? undefined;
    // Business time goes by the millisecond.
    const [before, after, moved] = await Promise.all([
      holdingsAsOf(context.em, [holder], { at: from - 1, knownAt: known }),
      holdingsAsOf(context.em, [holder], { at: to - 1, knownAt: known }),
      movementsOf(context.em, holder, from, to, known),
    ]);
    const units = unitsOf(await context.services.terms.of(context.em, program.id));
    return { program, affiliate, from, to, units: units.map((unit) => statementOf(unit, before, after, moved)) };
  }

  /** The same, movement by movement. Null: there is no such affiliate in the program, or it is not the viewer. */
  async pieces(
    context: Context,
    { program: key, affiliate: named, from, to }: { program: string; affiliate: string | null; from: number; to: number },
  ): Promise<{ head: StatementHead; pieces: AsyncIterable<StatementPiece> } | null> {
    const program = await context.services.programs.find(context, key);
    const affiliate = program && (await findAffiliate(context, program, named));
    if (!program || !affiliate) return null;
    const madeAt = Date.now();
    const units = unitsOf(await context.services.terms.of(context.em, program.id));
    const holder = { programId: program.id, affiliateId: affiliate.id };
    const pieces = statementPieces(context.em, holder, units, { from, to, knownAt: madeAt });
    return { head: { program, affiliate, from, to, madeAt }, pieces };
  }
}

function movementsOf(
  em: EntityManager,
  { affiliateId, programId }: Holder,
  from: number,
  to: number,
  knownAt: number | undefined,
): Promise<Moved[]> {
  return rows<Moved>(
    em,
    `select e.unit, e.kind, count(distinct e.id)::int as count,
       sum(case when p.credit in ('held', 'owed', 'reserved', 'debt') then p.amount else 0 end
         - case when p.debit in ('held', 'owed', 'reserved', 'debt') then p.amount else 0 end)::bigint as change
     from ledger_entry e join ledger_posting p on p.affiliate_id = e.affiliate_id and p.entry_id = e.id
     where e.affiliate_id = $1 and e.program_id = $2 and e.happened_at >= $3 and e.happened_at < $4 and ($5::timestamptz is null or e.id < partition_bound($5))
     group by e.unit, e.kind order by e.kind`,
    [affiliateId, programId, new Date(from), new Date(to), knownAt === undefined ? null : new Date(knownAt + 1)],
  );
}

function totalOf({ pending, available, reserved }: Pick<HoldingsRow, 'pending' | 'available' | 'reserved'>): bigint {
  return pending + available + reserved;
}

function statementOf(
  unit: Unit,
  before: readonly HoldingsRow[],
  after: readonly HoldingsRow[],
  moved: readonly Moved[],
): UnitStatementType {
  const amount = (minor: bigint) => amountOf(minor, unit.unit, unit.exponent);
  const of = (found: readonly HoldingsRow[]) => found.find((row) => row.unit === unit.unit) ?? { ...NOTHING, unswept: 0n };
  const own = moved.filter((movement) => movement.unit === unit.unit);
  // What lies past its end is gone at that instant, whether or not the books have said so within the period.
  const unswept = of(after).unswept - of(before).unswept;
  const posted = own.find(({ kind }) => kind === EXPIRED);
  const others: readonly Moved[] = own.filter((movement) => movement !== posted);
  const expired = { unit: unit.unit, kind: EXPIRED, count: posted?.count ?? 0, change: (posted?.change ?? 0n) - unswept };
  const all = posted === undefined && unswept === 0n ? others : [...others, expired];
  const movements: MovementType[] = all.map(({ kind, count, change }) => ({ kind, count, amount: amount(change) }));
  const opening = totalOf(of(before));
  return {
    unit: unit.unit,
    isReward: unit.isReward,
    openingBalance: toBalance(unit, before),
    opening: amount(opening),
    movements,
    closing: amount(all.reduce((sum, { change }) => sum + change, opening)),
    closingBalance: toBalance(unit, after),
  };
}
