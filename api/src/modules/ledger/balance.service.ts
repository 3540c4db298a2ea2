import type { Context, LoaderDefinition } from '../../context.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { amountOf } from '../../platform/graphql/money.ts';
import type { Affiliate } from '../affiliate/index.ts';
import type { Program } from '../program/index.ts';
import { findAffiliate } from './find-affiliate.ts';
import { holdingsAsOf, holdingsNow } from './holdings.ts';
import { type AsOf, type Holder, type HoldingsRow, NOTHING } from './ledger.entity.ts';
import type { BalanceScheduleArgs, BalancesArgs } from './ledger.input.ts';
import type { BalanceType } from './ledger.type.ts';
import { type BalanceChange, scheduleOf } from './schedule.ts';
import { type Unit, unitsOf } from './units.ts';

const keyOf = ({ programId, affiliateId }: Holder) => `${programId} ${affiliateId}`;

/** What affiliates have now: one statement for all who are asked for. */
export const currentHoldings: LoaderDefinition<Holder, HoldingsRow[]> = {
  keyOf,
  async read(context, holders) {
    const found = await holdingsNow(context.em, holders, await context.now());
    return holders.map((holder) => found.filter((row) => keyOf(row) === keyOf(holder)));
  },
};

/** Balances as the API shows them. */
export type Balances = Omit<BalanceType, 'unit' | 'isReward'> & {
  readonly program: Program;
  readonly affiliate: Affiliate;
  readonly asOf: number;
  readonly generalPoints: BalanceType['available'] | null;
  readonly units: BalanceType[];
};

export class BalanceService {
  /** Null: there is no such affiliate in the program, or it is not the viewer. */
  async find(context: Context, { program: key, affiliate: named, asOf, knownAt }: BalancesArgs): Promise<Balances | null> {
    const program = await context.services.programs.find(context, key);
    const affiliate = program && (await findAffiliate(context, program, named));
    if (!program || !affiliate) return null;
    const holder = { programId: program.id, affiliateId: affiliate.id };
    const now = await context.now();
    const isNow = asOf == null && knownAt == null;
    const at = { at: asOf ?? now, knownAt: knownAt ?? undefined };
    const found = isNow ? await context.load(currentHoldings).load(holder) : await holdingsAsOf(context.em, [holder], at);
    return this.balances(context, program, affiliate, at, found);
  }

  /** What unlocks and what expires when. Null: there is no such affiliate in the program, or it is not the viewer. */
  async schedule(
    context: Context,
    { program: key, affiliate: named }: BalanceScheduleArgs,
    page: Page,
  ): Promise<Connection<BalanceChange> | null> {
    const program = await context.services.programs.find(context, key);
    const affiliate = program && (await findAffiliate(context, program, named));
    if (!program || !affiliate) return null;
    const units = unitsOf(await context.services.terms.of(context.em, program.id));
    return scheduleOf(context.em, { programId: program.id, affiliateId: affiliate.id }, units, await context.now(), page);
  }

  /** What an affiliate has in a program now. */
  async current(context: Context, program: Program, affiliate: Affiliate): Promise<Balances> {
    const found = await context.load(currentHoldings).load({ programId: program.id, affiliateId: affiliate.id });
    return this.balances(context, program, affiliate, { at: await context.now(), knownAt: undefined }, found);
  }

  private async balances(
    context: Context,
    program: Program,
    affiliate: Affiliate,
    { at }: AsOf,
    found: readonly HoldingsRow[],
  ): Promise<Balances> {
    const units = unitsOf(await context.services.terms.of(context.em, program.id)).map((unit) => toBalance(unit, found));
    const { unit: _, isReward: __, ...reward } = units[0]!;
    return { ...reward, program, affiliate, asOf: at, generalPoints: units.find(({ isReward }) => !isReward)?.available ?? null, units };
  }
}

export function toBalance({ unit, exponent, isReward }: Unit, found: readonly HoldingsRow[]): BalanceType {
  const { pending, available, reserved, paid, expired, debt } = found.find((row) => row.unit === unit) ?? NOTHING;
  const amount = (minor: bigint) => amountOf(minor, unit, exponent);
  return {
    unit,
    isReward,
    pending: amount(pending),
    available: amount(available),
    reserved: amount(reserved),
    paid: amount(paid),
    expired: amount(expired),
    debt: amount(debt),
  };
}
