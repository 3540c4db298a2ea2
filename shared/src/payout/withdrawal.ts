import { formatDecimal, parseDecimal } from '../money/index.ts';
import type { WithdrawalRules } from '../terms/document.ts';

/** What a request for a withdrawal is judged by. Amounts are minor units of the reward. */
export interface WithdrawalFacts {
  /** Null: the whole available balance. */
  amount: bigint | null;
  available: bigint;
  exponent: number;
  /** Withdrawals that are requested, processed or approved. */
  open: number;
  /** Withdrawals that were paid. */
  paid: number;
  payingCustomers: number;
  /** What is still to be given before anything can be paid to the affiliate, as sentences. */
  missing: readonly string[];
}

export interface RuleRefusal {
  rule: string;
  message: string;
  /** Where in the input; left out: at the amount. */
  path?: readonly string[];
}

/** Why a withdrawal is turned away; null: it is taken (BG-14, BS-08, BS-10, BS-11, ALL-05). */
export function refuseWithdrawal(rules: WithdrawalRules, facts: WithdrawalFacts): RuleRefusal | null {
  const { amount, available, exponent } = facts;
  const words = (minor: bigint) => formatDecimal(minor, exponent);
  const { oneAtATime, payable, first, whole, minimum, overdraw, cutOff } = rules;
  if (oneAtATime !== undefined && facts.open > 0) return { rule: oneAtATime.id, message: 'A withdrawal is open; wait until it is done.' };
  if (payable !== undefined && facts.missing.length > 0)
    return { rule: payable.id, message: `Before a withdrawal: ${facts.missing.join(' ')}`, path: [] };
  if (first !== undefined && facts.paid === 0 && facts.payingCustomers < first.payingCustomers) {
    return {
      rule: first.id,
      message: `The first withdrawal needs ${first.payingCustomers} paying customers; there are ${facts.payingCustomers}.`,
    };
  }
  if (whole !== undefined && amount !== null && amount !== available) {
    return { rule: whole.id, message: `Only the whole available balance of ${words(available)} can be withdrawn.` };
  }
  const least = minimum === undefined ? 0n : (parseDecimal(minimum.available, exponent) ?? 0n);
  if (minimum !== undefined && available < least) {
    return {
      rule: minimum.id,
      message: `A withdrawal needs ${words(least)} available; there are ${words(available)}, ${words(least - available)} are missing.`,
    };
  }
  // Where a cut-off fixes the amount, what is there then decides.
  if (cutOff !== undefined) return null;
  if ((amount ?? available) > available || available <= 0n) return { rule: overdraw.id, message: `${words(available)} are available.` };
  return null;
}
