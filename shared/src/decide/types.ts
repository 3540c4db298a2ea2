import type { AffiliateFacts, ClickFacts, CustomerFacts, OrderFacts, OrderOutcome } from '../facts/decisionFacts.ts';
import type { ProgramStatus } from '../people/programStatus.ts';

/** All that a decision may know. */
export interface DecideInput {
  order: OrderFacts;
  outcome: OrderOutcome;
  customer?: CustomerFacts;
  /** Clicks of the order's visitor and the click that the order names, each once. */
  clicks: readonly ClickFacts[];
  /** The click that the order names, by the caller's id. */
  namedClick?: string;
  /** A coupon or referral code entered on the order: the affiliate whose it is, if any. */
  coupon?: { code: string; affiliateId?: string; active: boolean };
  /** Of the program when the order was placed; undefined: it was open. */
  programStatus?: ProgramStatus | undefined;
  /** An attribution by staff; null: to nobody. */
  attributedByStaff?: { affiliateId: string | null; reason: string };
  /** Staff turned self purchases on or off; undefined: as the terms say. */
  selfPurchaseAllowed?: boolean;
  affiliate(id: string): AffiliateFacts;
  /** The customer's place among the affiliate's paying customers, where one was given. */
  placeOf(affiliateId: string): number | undefined;
}

/**
 * One step of the derivation, as stored: what kind of step, the clause's number, what it concluded, the values it saw.
 * Amounts, rates and factors are whole numbers on their scale; what a number cannot say exactly is text.
 * `explain` turns steps into sentences.
 */
export type Step = readonly [kind: StepKind, clause: number, ...values: StepValue[]];
export type StepValue = string | number | boolean | null | readonly StepValue[];
export type StepKind =
  | 'coupon'
  | 'staff'
  | 'tie'
  | 'click'
  | 'nobody'
  | 'derived'
  | 'program'
  | 'self'
  | 'misfit'
  | 'order'
  | 'breach'
  | 'exclude'
  | 'rate'
  | 'share'
  | 'quality'
  | 'earn'
  | 'cap'
  | 'unpaid'
  | 'removed'
  | 'available';

export interface Decision {
  affiliateId: string | null;
  /** `earning`: pending until `availableAt`, available from it on. */
  status: 'earning' | 'rejected' | 'reversed';
  /** Minor units of the reward. */
  amount: bigint;
  lineAmounts: bigint[];
  availableAt: number | null;
  expiresAt: number | null;
  /** Ids of the rules that decided it. */
  rules: string[];
  steps: Step[];
  /** A payment for something that counts stands: the customer is a paying one. */
  stands: boolean;
  /** The customer needs a place before the amount can be told: give one and decide again. */
  needsPlace: boolean;
}
