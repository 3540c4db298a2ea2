import type { AffiliateFacts, LineFacts, LineRefund, OrderFacts, OrderOutcome } from '../facts/decisionFacts.ts';
import type { ClauseEntry, CompiledTerms } from '../terms/compile.ts';
import { type FactContext, factContext } from '../terms/factReader.ts';
import { attribute } from './attribute.ts';
import { capLines, commissionOf } from './commission.ts';
import { Derivation, plainAmount, seeing } from './derivation.ts';
import { isInForce, judgeLines, type LineTerms, scaleFactors } from './lines.ts';
import type { DecideInput, Decision } from './types.ts';

/**
 * Decides an order: a pure function of the terms in force when it was placed and the facts known (ALL-01, ALL-02).
 * Every clause that is looked at leaves a step (ALL-03).
 */
export function decide(compiled: CompiledTerms, input: DecideInput): Decision {
  const derivation = new Derivation();
  const { affiliateId, click } = attribute(compiled, input, derivation);
  if (affiliateId === null) return nothing(input, null, 'rejected', derivation);
  const { order, outcome, customer } = input;
  const affiliate = input.affiliate(affiliateId);
  const place = input.placeOf(affiliateId);
  const context = factContext(order.placedAt, { order, outcome, customer, click, affiliate, place });
  derive(compiled, context, derivation);
  for (const { sku, kind } of outcome.misfits ?? []) derivation.steps.push(['misfit', compiled.lifecycle.partialRefund.number, sku, kind]);
  if (isRejected(compiled, input, context, affiliate, derivation)) return nothing(input, affiliateId, 'rejected', derivation);
  const lineTerms = judgeLines(compiled, context, order.lines, derivation);
  if (lineTerms.every(earnsNothing)) return nothing(input, affiliateId, 'rejected', derivation);
  const factors = scaleFactors(compiled, context, affiliate.qualityFactor, derivation);
  const removed = isRemoved(compiled, input, affiliate, derivation);
  const unpaid = isUnpaid(compiled, context, derivation);
  if (removed) {
    const earned = !unpaid && earnsAsPlaced(compiled, order, lineTerms, factors);
    return nothing(input, affiliateId, earned ? 'reversed' : 'rejected', derivation);
  }
  // A clause that leaves nothing of any amount rejects like one that takes every line out.
  if (factors.includes(0n)) return nothing(input, affiliateId, 'rejected', derivation);
  const { availableAt, expiresAt } = lifecycle(compiled, context, derivation);
  const left = valuesLeft(order, outcome);
  const stands = outcome.paidAt !== undefined && left.some((value, index) => value > 0n && !(lineTerms[index] as LineTerms).earnsNothing);
  const needsPlace = !unpaid && compiled.usesPlaces && stands && context.place === undefined;
  const lineAmounts = unpaid ? nothingOf(order) : earn(compiled, outcome, left, lineTerms, factors, derivation);
  let amount = 0n;
  for (const part of lineAmounts) amount += part;
  const { rules, steps } = derivation;
  return { affiliateId, status: 'earning', amount, lineAmounts, availableAt, expiresAt, rules, steps, stands, needsPlace };
}

function earn(
  compiled: CompiledTerms,
  outcome: OrderOutcome,
  left: readonly bigint[],
  lineTerms: readonly LineTerms[],
  factors: readonly bigint[],
  derivation: Derivation,
): bigint[] {
  const amounts: bigint[] = [];
  for (let index = 0; index < left.length; index++) {
    const { earnsNothing, rate } = lineTerms[index] as LineTerms;
    const value = left[index] as bigint;
    const amount = earnsNothing || rate === undefined ? 0n : commissionOf(compiled, value, rate, factors);
    amounts.push(amount);
    if (!earnsNothing) derivation.steps.push(['earn', compiled.rounding.number, index, plainAmount(value), plainAmount(amount)]);
  }
  derivation.note(compiled.rounding);
  if (outcome.refunds.some(isRefunded)) derivation.note(compiled.lifecycle.partialRefund);
  return capLines(compiled, amounts, derivation);
}

function nothing(input: DecideInput, affiliateId: string | null, status: 'rejected' | 'reversed', { rules, steps }: Derivation): Decision {
  return {
    affiliateId,
    status,
    amount: 0n,
    lineAmounts: nothingOf(input.order),
    availableAt: null,
    expiresAt: null,
    rules,
    steps,
    stands: false,
    needsPlace: false,
  };
}

function nothingOf({ lines }: OrderFacts): bigint[] {
  return lines.map(() => 0n);
}

function earnsNothing(line: LineTerms): boolean {
  return line.earnsNothing;
}

function isRefunded({ quantity, amount }: LineRefund): boolean {
  return quantity > 0 || amount > 0n;
}

/** Computes the facts that the terms derive from others, each from those before it. */
export function derive(compiled: CompiledTerms, context: FactContext, derivation: Derivation): void {
  if (compiled.derived.length === 0) return;
  const values: string[] = [];
  context.derived = values;
  for (const { entry, cases, otherwise, readers } of compiled.derived) {
    const value = cases.find(({ condition }) => condition.holds(context))?.is ?? otherwise;
    values.push(value);
    derivation.note(entry);
    derivation.steps.push(seeing('derived', entry.number, value, readers, context));
  }
}

/** A program that was closed, own purchases (ALL-07), the program's qualification clauses, the merchant's own rejection, and staff who void it. All are looked at. */
function isRejected(
  compiled: CompiledTerms,
  input: DecideInput,
  context: FactContext,
  affiliate: AffiliateFacts,
  derivation: Derivation,
): boolean {
  const { steps } = derivation;
  let rejected = false;
  if (input.programStatus === 'closed') {
    rejected = true;
    derivation.note(compiled.activeAtClick);
    steps.push(['program', compiled.activeAtClick.number, 'closed']);
  }
  if (affiliate.customer !== undefined && input.customer !== undefined) {
    const own = affiliate.customer === input.customer.externalId;
    const allowed = input.selfPurchaseAllowed ?? compiled.selfPurchaseAllowed;
    steps.push(['self', compiled.selfPurchase.number, own ? 1 : 0, allowed ? 1 : 0]);
    if (own && !allowed) {
      rejected = true;
      derivation.note(compiled.selfPurchase);
    }
  }
  for (const clause of compiled.qualification) {
    if (!isInForce(clause, context.at)) continue;
    const { entry, condition } = clause;
    const hit = condition.holds(context);
    steps.push(seeing('order', entry.number, hit ? 1 : 0, condition.readers, context));
    if (!hit) continue;
    rejected = true;
    derivation.note(entry);
  }
  if (input.outcome.rejectedAt !== undefined) {
    rejected = true;
    remove(derivation, compiled.lifecycle.rejectedByMerchant, 'rejected', input.outcome.rejectedAt);
  }
  if (input.outcome.voidedAt !== undefined) {
    rejected = true;
    remove(derivation, compiled.lifecycle.rejectedByMerchant, 'voided', input.outcome.voidedAt);
  }
  return rejected;
}

/** What takes the whole commission off: cancelled, refunded in full, disputed, a proven breach (ALL-05, AE-14, reading 19). */
function isRemoved(compiled: CompiledTerms, input: DecideInput, affiliate: AffiliateFacts, derivation: Derivation): boolean {
  const { order, outcome } = input;
  const { lifecycle } = compiled;
  const before = derivation.steps.length;
  if (outcome.cancelledAt !== undefined) remove(derivation, lifecycle.cancelled, 'cancelled', outcome.cancelledAt);
  if (outcome.refunded && valuesLeft(order, outcome).every((value) => value === 0n))
    remove(derivation, lifecycle.refunded, 'refunded', null);
  if (outcome.dispute === 'open') remove(derivation, lifecycle.disputed, 'disputed', null);
  if (outcome.dispute === 'buyer') remove(derivation, lifecycle.disputed, 'dispute-lost', null);
  if (affiliate.breachRule !== undefined) {
    derivation.noteRule(affiliate.breachRule);
    derivation.steps.push(['breach', compiled.attribution.number, affiliate.breachRule]);
  }
  return derivation.steps.length > before;
}

function remove(derivation: Derivation, entry: ClauseEntry, kind: string, at: number | null): void {
  derivation.note(entry);
  derivation.steps.push(['removed', entry.number, kind, at]);
}

/** Where earning waits for a fact, such as the payment (BS-14). */
function isUnpaid(compiled: CompiledTerms, context: FactContext, derivation: Derivation): boolean {
  const { earnsFrom } = compiled.lifecycle;
  if (earnsFrom === undefined) return false;
  const unpaid = earnsFrom.read(context) === undefined;
  derivation.steps.push(['unpaid', earnsFrom.entry.number, unpaid ? 1 : 0]);
  derivation.note(earnsFrom.entry);
  return unpaid;
}

/** Usable from the latest of the instants that the terms wait for, once all of them are known. */
function lifecycle(
  compiled: CompiledTerms,
  context: FactContext,
  derivation: Derivation,
): { availableAt: number | null; expiresAt: number | null } {
  const { available, anchors, lock } = compiled.lifecycle;
  const instants: (number | null)[] = [];
  let latest: number | null = Number.NEGATIVE_INFINITY;
  for (const read of anchors) {
    const instant = (read(context) as number | undefined) ?? null;
    instants.push(instant);
    if (latest !== null) latest = instant === null ? null : Math.max(latest, instant);
  }
  const availableAt = latest === null ? null : lock(latest);
  const expiresAt = availableAt === null || compiled.expiry === undefined ? null : compiled.expiry.at(availableAt);
  derivation.note(available);
  derivation.steps.push(['available', available.number, availableAt, expiresAt, instants]);
  return { availableAt, expiresAt };
}

/** The lines' values without what was refunded of them. */
function valuesLeft({ lines }: OrderFacts, { refunds }: OrderOutcome): bigint[] {
  const left: bigint[] = [];
  for (let index = 0; index < lines.length; index++) left.push(valueLeft(lines[index] as LineFacts, refunds[index]));
  return left;
}

/** Never below zero. */
export function valueLeft(line: LineFacts, refund: LineRefund | undefined): bigint {
  if (refund === undefined || !isRefunded(refund)) return line.value;
  const left = line.price * BigInt(Math.max(0, line.quantity - refund.quantity)) - refund.amount;
  return left > 0n ? left : 0n;
}

function earnsAsPlaced(
  compiled: CompiledTerms,
  { lines }: OrderFacts,
  lineTerms: readonly LineTerms[],
  factors: readonly bigint[],
): boolean {
  return lines.some(({ value }, index) => {
    const { earnsNothing, rate } = lineTerms[index] as LineTerms;
    if (earnsNothing) return false;
    // Without a place yet, any tier would have paid something for a value.
    return rate === undefined ? value > 0n : commissionOf(compiled, value, rate, factors) > 0n;
  });
}
