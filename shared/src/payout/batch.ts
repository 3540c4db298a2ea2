import type { CompiledTerms, WithdrawalRules } from '../terms/index.ts';

/** How a payee is paid, as last given. */
export interface PayeeDetails {
  method: string;
  /** What the payee's account is in; null: the program's currency. */
  currency: string | null;
  account: string | null;
  holder: string | null;
  bank: string | null;
}

/** What a payout batch looks at of one withdrawal. */
export interface BatchFacts {
  status: string;
  /** Why it is on hold; null: it is not. */
  hold: string | null;
  /** Name of the batch of its cut-off, such as `2026-03`; null: it has none. */
  cutOff: string | null;
  /** What is paid for it, in minor units. */
  amount: bigint;
  details: PayeeDetails | null;
  /** What the method finds wrong with the details; null: nothing. */
  problem: string | null;
}

/** Minor units of the program's currency for an amount of the reward's, rounded down. */
export function payable({ conversion }: Pick<CompiledTerms, 'conversion'>, reward: bigint): bigint {
  return (reward * conversion.denominator) / conversion.numerator;
}

/** Why a batch leaves a withdrawal to a later one; null: it takes it. */
export function deferralOf(rules: WithdrawalRules, batch: string, facts: BatchFacts): string | null {
  const { status, hold, cutOff, details } = facts;
  if (cutOff !== null && cutOff > batch && rules.cutOff !== undefined) return `Its cut-off is that of ${cutOff}.`;
  if (hold !== null) return `It is on hold: ${hold}`;
  if (status !== 'approved') return `It is ${status}, not approved.`;
  if (details === null) return 'Nobody has said how it is to be paid.';
  if (!rules.methods.some((method) => method === details.method)) return `The program does not pay by ${details.method}.`;
  if (details.currency !== null && rules.currencies?.except.includes(details.currency) === true)
    return `Nothing is paid in ${details.currency} (${rules.currencies.id}).`;
  if (facts.problem !== null) return facts.problem;
  return facts.amount > 0n ? null : 'It is less than the smallest amount of the currency.';
}
