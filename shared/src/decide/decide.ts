import type { AffiliateFacts, LineFacts } from '../facts/decisionFacts.ts';
import type { ClauseEntry, CompiledTerms } from '../terms/compile.ts';
import type { FactContext } from '../terms/factReader.ts';
import { attribute } from './attribute.ts';
import { capLines, commissionOf, isInForce, judgeLines, type LineTerms, scaleFactors, valuesSeen } from './lines.ts';
import { addRules } from './rules.ts';
import type { DecideInput, Decision, Step } from './types.ts';

/**
 * Decides an order: a pure function of the terms in force when it was placed and the facts known (ALL-01, ALL-02).
 * Every clause that is looked at leaves a step (ALL-03).
 */
export function decide(compiled: CompiledTerms, input: DecideInput): Decision {
  const steps: Step[] = [];
  const rules = new Set<string>();
  const { affiliateId, click } = attribute(compiled, input, steps, rules);
  if (affiliateId === null) return nothing(input, null, 'rejected', steps, rules);
  const affiliate = input.affiliate(affiliateId);
  const context: FactContext = {
    at: input.order.placedAt,
    order: input.order,
    outcome: input.outcome,
    affiliate,
    place: input.placeOf(affiliateId),
    ...(input.customer === undefined ? {} : { customer: input.customer }),
    ...(click === undefined ? {} : { click }),
  };
  context.derived = derive(compiled, context, steps, rules);
  if (isRejected(compiled, input, context, affiliate, steps, rules)) return nothing(input, affiliateId, 'rejected', steps, rules);
  const lineTerms = judgeLines(compiled, context, input.order.lines, steps, rules);
  delete context.line;
  if (lineTerms.every((line) => line.earnsNothing)) return nothing(input, affiliateId, 'rejected', steps, rules);
  const factors = scaleFactors(compiled, context, affiliate.qualityFactor, steps, rules);
  const removal = removalOf(compiled, input, affiliate, steps, rules);
  const unpaid = isUnpaid(compiled, context, steps, rules);
  if (removal) {
    const earned =
      !unpaid && input.order.lines.some((line, index) => earnsAsPlaced(compiled, line, lineTerms[index] as LineTerms, factors));
    return nothing(input, affiliateId, earned ? 'reversed' : 'rejected', steps, rules);
  }
  // A clause that leaves nothing of any amount rejects like one that takes every line out.
  if (factors.includes(0n)) return nothing(input, affiliateId, 'rejected', steps, rules);
  return earn(compiled, input, context, affiliateId, lineTerms, factors, unpaid, steps, rules);
}

function earn(
  compiled: CompiledTerms,
  input: DecideInput,
  context: FactContext,
  affiliateId: string,
  lineTerms: LineTerms[],
  factors: bigint[],
  unpaid: boolean,
  steps: Step[],
  rules: Set<string>,
): Decision {
  const { order, outcome } = input;
  const left = order.lines.map((line, index) => valueLeft(line, outcome.refunds[index]));
  const counts = lineTerms.some((line, index) => !line.earnsNothing && (left[index] as bigint) > 0n);
  const stands = counts && outcome.paidAt !== undefined;
  const { availableAt, expiresAt } = lifecycle(compiled, context, steps, rules);
  const base = { affiliateId, availableAt, expiresAt, steps, stands };
  if (unpaid) {
    const lineAmounts = order.lines.map(() => 0n);
    return { ...base, status: 'earning', amount: 0n, lineAmounts, rules: [...rules], needsPlace: false };
  }
  const needsPlace = compiled.usesPlaces && stands && context.place === undefined;
  const amounts = order.lines.map((_, index) => {
    const { rate, earnsNothing } = lineTerms[index] as LineTerms;
    const amount = earnsNothing || rate === undefined ? 0n : commissionOf(compiled, left[index] as bigint, rate, factors);
    if (!earnsNothing) steps.push(['earn', compiled.rounding.number, index, (left[index] as bigint).toString(), amount.toString()]);
    return amount;
  });
  addRules(rules, compiled.rounding);
  if (outcome.refunds.some((refund) => refund.quantity > 0 || refund.amount > 0n)) addRules(rules, compiled.lifecycle.partialRefund);
  const lineAmounts = capLines(compiled, amounts, steps, rules);
  let amount = 0n;
  for (const part of lineAmounts) amount += part;
  return { ...base, status: 'earning', amount, lineAmounts, rules: [...rules], needsPlace };
}

function nothing(
  input: DecideInput,
  affiliateId: string | null,
  status: 'rejected' | 'reversed',
  steps: Step[],
  rules: Set<string>,
): Decision {
  const lineAmounts = input.order.lines.map(() => 0n);
  return {
    affiliateId,
    status,
    amount: 0n,
    lineAmounts,
    availableAt: null,
    expiresAt: null,
    rules: [...rules],
    steps,
    stands: false,
    needsPlace: false,
  };
}

function derive(compiled: CompiledTerms, context: FactContext, steps: Step[], rules: Set<string>): Record<string, string> {
  const derived: Record<string, string> = {};
  context.derived = derived;
  for (const fact of compiled.derived) {
    const value = fact.cases.find((item) => item.condition.holds(context))?.is ?? fact.otherwise;
    derived[fact.fact] = value;
    addRules(rules, fact.entry);
    steps.push(['derived', fact.entry.number, value, ...valuesSeen(fact.condition.readers, context)]);
  }
  return derived;
}

/** Own purchases (ALL-07), the program's qualification clauses, and the merchant's own rejection. All are looked at. */
function isRejected(
  compiled: CompiledTerms,
  input: DecideInput,
  context: FactContext,
  affiliate: AffiliateFacts,
  steps: Step[],
  rules: Set<string>,
): boolean {
  let rejected = false;
  const reject = (entry: ClauseEntry) => {
    rejected = true;
    addRules(rules, entry);
  };
  if (affiliate.customer !== undefined && input.customer !== undefined) {
    const own = affiliate.customer === input.customer.externalId;
    const allowed = input.selfPurchaseAllowed ?? compiled.terms.attribution.selfPurchase.allowed;
    steps.push(['self', compiled.selfPurchase.number, own ? 1 : 0, allowed ? 1 : 0]);
    if (own && !allowed) reject(compiled.selfPurchase);
  }
  for (const clause of compiled.qualification) {
    if (!isInForce(clause, context.at)) continue;
    const hit = clause.condition.holds(context);
    steps.push(['order', clause.entry.number, hit ? 1 : 0, ...valuesSeen(clause.condition.readers, context)]);
    if (hit) reject(clause.entry);
  }
  if (input.outcome.rejectedAt !== undefined) {
    const entry = compiled.lifecycle.rejectedByMerchant;
    steps.push(['removed', entry.number, 'rejected', input.outcome.rejectedAt]);
    reject(entry);
  }
  return rejected;
}

/** What takes the whole commission off: cancelled, refunded in full, disputed, a proven breach (ALL-05, AE-14, reading 19). */
function removalOf(compiled: CompiledTerms, input: DecideInput, affiliate: AffiliateFacts, steps: Step[], rules: Set<string>): boolean {
  const { outcome } = input;
  const { lifecycle } = compiled;
  let removed = false;
  const remove = (entry: ClauseEntry, kind: string, at: number | null) => {
    removed = true;
    addRules(rules, entry);
    steps.push(['removed', entry.number, kind, at]);
  };
  if (outcome.cancelledAt !== undefined) remove(lifecycle.cancelled, 'cancelled', outcome.cancelledAt);
  const gone = input.order.lines.every((line, index) => valueLeft(line, outcome.refunds[index]) === 0n);
  if (outcome.refunded && gone) remove(lifecycle.refunded, 'refunded', null);
  if (outcome.dispute === 'open' || outcome.dispute === 'buyer')
    remove(lifecycle.disputed, outcome.dispute === 'open' ? 'disputed' : 'dispute-lost', null);
  if (affiliate.breachRule !== undefined) {
    removed = true;
    rules.add(affiliate.breachRule);
    steps.push(['breach', compiled.attribution.number, affiliate.breachRule]);
  }
  return removed;
}

/** Where earning waits for a fact, such as the payment (BS-14). */
function isUnpaid(compiled: CompiledTerms, context: FactContext, steps: Step[], rules: Set<string>): boolean {
  const { earnsFrom } = compiled.lifecycle;
  if (earnsFrom === undefined) return false;
  const at = earnsFrom.read(context);
  steps.push(['unpaid', earnsFrom.entry.number, at === undefined ? 1 : 0]);
  addRules(rules, earnsFrom.entry);
  return at === undefined;
}

function lifecycle(
  compiled: CompiledTerms,
  context: FactContext,
  steps: Step[],
  rules: Set<string>,
): { availableAt: number | null; expiresAt: number | null } {
  const { available, anchors, lock } = compiled.lifecycle;
  const instants = anchors.map((read) => read(context) as number | undefined);
  const known = instants.every((instant) => instant !== undefined);
  const availableAt = known ? lock(Math.max(...(instants as number[]))) : null;
  const expiresAt = availableAt === null || compiled.expiry === undefined ? null : compiled.expiry.at(availableAt);
  addRules(rules, available);
  steps.push(['available', available.number, availableAt, expiresAt, instants.map((instant) => instant ?? null)]);
  return { availableAt, expiresAt };
}

/** The value of a line without what was refunded of it. Never below zero. */
export function valueLeft(line: LineFacts, refund: { quantity: number; amount: bigint } | undefined): bigint {
  if (refund === undefined) return line.price * BigInt(line.quantity);
  const left = line.price * BigInt(Math.max(0, line.quantity - refund.quantity)) - refund.amount;
  return left > 0n ? left : 0n;
}

function earnsAsPlaced(compiled: CompiledTerms, line: LineFacts, terms: LineTerms, factors: bigint[]): boolean {
  if (terms.earnsNothing) return false;
  const value = line.price * BigInt(line.quantity);
  // Without a place yet, any tier would have paid something for a value.
  return terms.rate === undefined ? value > 0n : commissionOf(compiled, value, terms.rate, factors) > 0n;
}
