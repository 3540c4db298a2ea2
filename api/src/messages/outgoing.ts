import { formatInstant } from '@tributary/shared/time';
import type { Transaction } from '../platform/database/transaction.ts';
import type { EventName, Message } from './events.ts';
import { affiliateNames, amountsOf } from './names.ts';
import { queueMessages } from './queue.ts';

type StateOf<What extends string> = EventName extends infer Name ? (Name extends `${What}.${infer State}` ? State : never) : never;

/** What a withdrawal or an exchange has become. */
interface Step<State extends string> {
  readonly affiliateId: string;
  /** The caller's id. */
  readonly id: string;
  readonly state: State;
  readonly unit: string;
  /** Minor units; null: the cut-off has not fixed it yet. */
  readonly amount: bigint | null;
  readonly reason?: string | null;
  /** What the affiliate hears in place of the reason, where that is for staff. */
  readonly reasonForAffiliate?: string | null;
  readonly more?: Readonly<Record<string, unknown>>;
}

export type WithdrawalStep = Step<StateOf<'withdrawal'>>;
export type RedemptionStep = Step<StateOf<'redemption'>>;

/** Tells what withdrawals of a program have become. */
export function tellWithdrawals(tx: Transaction, programId: string, at: number, steps: readonly WithdrawalStep[]): Promise<void> {
  return tellSteps(tx, programId, at, 'withdrawal', steps);
}

/** Tells what exchanges of points have become. */
export function tellRedemptions(tx: Transaction, programId: string, at: number, steps: readonly RedemptionStep[]): Promise<void> {
  return tellSteps(tx, programId, at, 'redemption', steps);
}

async function tellSteps(
  tx: Transaction,
  programId: string,
  at: number,
  what: 'withdrawal' | 'redemption',
  steps: readonly Step<string>[],
): Promise<void> {
  if (steps.length === 0) return;
  const events = [...new Set(steps.map(({ state }) => `${what}.${state}` as EventName))];
  await queueMessages(tx, programId, events, async () => {
    const names = await affiliateNames(
      tx,
      steps.map(({ affiliateId }) => affiliateId),
    );
    const amountOf = await amountsOf(tx, programId);
    return steps.map(({ affiliateId, id, state, unit, amount, reason, reasonForAffiliate, more }): Message => {
      const affiliate = names.get(affiliateId);
      const data = {
        affiliate,
        [what]: id,
        status: state,
        amount: amount === null ? null : amountOf(amount, unit),
        unit,
        reason: reason ?? null,
      };
      const told = { ...data, ...more, at: formatInstant(at) };
      const own = reasonForAffiliate === undefined ? {} : { dataForAffiliate: { ...told, reason: reasonForAffiliate } };
      return { event: `${what}.${state}` as EventName, affiliateId, at, data: told, ...own };
    });
  });
}
