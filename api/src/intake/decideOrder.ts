import { type DecideInput, type Decision, decide } from '@tributary/shared/decide';
import {
  type AffiliateFacts,
  assembleOrder,
  type ClickFacts,
  compareIds,
  currentContent,
  foldEvents,
  staffAttribution,
  standingEvents,
} from '@tributary/shared/facts';
import { applyPostings, planOrder } from '@tributary/shared/ledger';
import { parseFactor } from '@tributary/shared/money';
import { documentsAt, firstValue, type ProgramStatus, valueAt } from '@tributary/shared/people';
import { newId } from '../platform/ids.ts';
import { type Batch, isActiveAt, NeedsExclusive } from './batch.ts';
import { productAt } from './products.ts';
import { type TermsVersion, versionAt } from './programTerms.ts';
import type { AffiliateState, CustomerState, OrderState, Workset } from './workset.ts';

/** Decides an order by all facts known and posts, for each affiliate, target minus posted. */
export function decideOrder(batch: Batch, order: OrderState): void {
  const { touched } = order;
  if (touched === null) return;
  const version = versionAt(batch.terms, order.placedAt);
  const customer = order.customerId === null ? undefined : batch.set.customersById.get(order.customerId);
  const input = new DecisionInput(batch.set, order, customer, version);
  let decision = decide(version.compiled, input);
  if (decision.needsPlace && decision.affiliateId !== null && customer !== undefined) {
    givePlace(batch, decision.affiliateId, customer.id, touched.at);
    decision = decide(version.compiled, input);
  }
  if (version.compiled.usesPlaces && customer !== undefined) holdPlaces(batch, order, customer.id, decision);
  const revision = ++order.revision;
  order.affiliateId = decision.affiliateId;
  order.misfit = input.outcome.misfits !== undefined;
  const unit = version.compiled.terms.reward.unit;
  batch.writes.decisions.push({ order, revision, termsVersionId: version.id, unit, decision, cause: touched.cause, at: touched.now });
  postDifference(batch, order, revision, unit, decision, touched);
  order.touched = null;
}

/** What `decide` is asked of an order. A class, since many are made: its functions are made once. */
export class DecisionInput implements DecideInput {
  readonly order: DecideInput['order'];
  readonly outcome: DecideInput['outcome'];
  readonly clicks: readonly ClickFacts[];
  readonly customer: DecideInput['customer'];
  readonly namedClick: string | undefined;
  readonly coupon: DecideInput['coupon'];
  readonly attributedByStaff: DecideInput['attributedByStaff'];
  readonly selfPurchaseAllowed: boolean | undefined;
  readonly programStatus: ProgramStatus;
  private readonly set: Workset;
  private readonly placedAt: number;
  private readonly customerState: CustomerState | undefined;

  constructor(set: Workset, order: OrderState, customer: CustomerState | undefined, version: TermsVersion) {
    const { placedAt } = order;
    const exponent = version.compiled.currencyExponent;
    const events = standingEvents(order.events);
    const content = events.length === 0 ? order.content : currentContent(order.content, events);
    const isFirst = customer?.first?.orderId === order.id;
    const selfPurchase = switchAt(set, 'self-purchase', placedAt);
    this.order = assembleOrder(content, placedAt, isFirst, knowledge(set, placedAt), exponent);
    this.outcome = foldEvents(this.order.lines, placedAt, content.spam, events, exponent);
    this.clicks = competing(set, order);
    this.customer = customer === undefined ? undefined : customerFacts(customer);
    this.namedClick = order.clickRef ?? undefined;
    this.coupon = content.affiliateCoupon === undefined ? undefined : couponOf(set, content.affiliateCoupon, placedAt);
    this.attributedByStaff = staffAttribution(events);
    this.programStatus = set.programStatusAt(placedAt);
    this.selfPurchaseAllowed = selfPurchase === undefined ? undefined : selfPurchase === 'allowed';
    this.set = set;
    this.placedAt = placedAt;
    this.customerState = customer;
  }

  affiliate(id: string): AffiliateFacts {
    return affiliateAt(this.set, id, this.placedAt);
  }

  placeOf(affiliateId: string): number | undefined {
    const place = this.customerState === undefined ? undefined : this.set.place(affiliateId, this.customerState.id);
    return place === undefined || place.standing === 0 ? undefined : place.place;
  }
}

function customerFacts(customer: CustomerState): NonNullable<DecideInput['customer']> {
  return {
    externalId: customer.externalId,
    attributes: customer.attributes,
    ...(customer.registeredAt === null ? {} : { registeredAt: customer.registeredAt }),
    ...(customer.tiedTo === null ? {} : { tiedTo: customer.tiedTo }),
  };
}

function competing(set: Workset, order: OrderState): ClickFacts[] {
  const clicks = order.visitor === null ? [] : (set.clicksByVisitor.get(order.visitor) ?? []);
  const named = order.clickRef === null ? undefined : set.clicks.get(order.clickRef);
  const all = named === undefined || clicks.includes(named) ? [...clicks] : [...clicks, named];
  // One order of looking at them, whatever the order of telling.
  return all.sort((a, b) => a.at - b.at || compareIds(a.id, b.id));
}

function couponOf(set: Workset, code: string, at: number): NonNullable<DecideInput['coupon']> {
  const owner = set.affiliatesByExternal.get(code);
  return { code, active: owner !== undefined && isActiveAt(owner, at), ...(owner === undefined ? {} : { affiliateId: owner.id }) };
}

function knowledge(set: Workset, at: number) {
  return {
    feed: (product: string) => (set.products.size === 0 ? undefined : productAt(set, product, at)),
    isForbidden: (product: string) => {
      const from = set.forbidden.get(product);
      return from !== undefined && from <= at;
    },
  };
}

function switchAt(set: Workset, name: string, at: number): string | undefined {
  let value: string | undefined;
  let from = Number.NEGATIVE_INFINITY;
  for (const item of set.switches) {
    if (item.name !== name || item.holdsFrom > at || item.holdsFrom < from) continue;
    value = item.value;
    from = item.holdsFrom;
  }
  return value;
}

/** An affiliate as of the instant at which an order was placed; before any class was given, the first one. */
function affiliateAt(set: Workset, id: string, at: number): AffiliateFacts {
  const state: AffiliateState = set.affiliate(id);
  const { history } = state;
  const affiliateClass = valueAt(history, 'class', at) ?? firstValue(history, 'class');
  const factor = valueAt(history, 'quality-factor', at);
  const breachRule = firstValue(history, 'breach');
  return {
    id,
    externalId: state.externalId,
    documents: documentsAt(history, at, set.renewals),
    sourceKinds: state.sources.filter((source) => source.declaredAt <= at).map((source) => source.kind),
    ...(state.country === null ? {} : { country: state.country }),
    ...(state.customer === null ? {} : { customer: state.customer }),
    ...(affiliateClass === undefined ? {} : { class: affiliateClass }),
    ...(factor === undefined ? {} : { qualityFactor: parseFactor(factor) ?? 0n }),
    ...(breachRule === undefined ? {} : { breachRule }),
  };
}

/** The next place is the number of customers who hold one, plus one; nobody moves (BS-07, reading 20). */
function givePlace(batch: Batch, affiliateId: string, customerId: string, at: number): void {
  if (!batch.exclusive) throw new NeedsExclusive();
  const { set } = batch;
  const place = (set.placeHolders.get(affiliateId) ?? 0) + 1;
  // Counted as held from here on, so that the decision that follows sees it.
  set.placeHolders.set(affiliateId, place);
  set.places.set(`${affiliateId}\n${customerId}`, { place, standing: 1, givenAt: at, changed: true, provisional: true });
}

/** Keeps count of the orders whose payment stands; with the last one the place is free. */
function holdPlaces(batch: Batch, order: OrderState, customerId: string, decision: Decision): void {
  const { set } = batch;
  for (const affiliateId of new Set([...order.commissions.keys(), ...(decision.affiliateId === null ? [] : [decision.affiliateId])])) {
    const place = set.place(affiliateId, customerId);
    if (place === undefined) continue;
    const before = order.commissions.get(affiliateId)?.stands === true ? 1 : 0;
    const after = affiliateId === decision.affiliateId && decision.stands ? 1 : 0;
    const was = place.provisional ? 0 : place.standing;
    place.provisional = false;
    place.standing = was + after - before;
    place.changed = true;
    if (was > 0 && place.standing === 0) set.placeHolders.set(affiliateId, (set.placeHolders.get(affiliateId) ?? 1) - 1);
  }
}

function postDifference(
  batch: Batch,
  order: OrderState,
  revision: number,
  unit: string,
  decision: Decision,
  touched: { at: number; now: number },
): void {
  const affiliates = new Set(order.commissions.keys());
  if (decision.affiliateId !== null) affiliates.add(decision.affiliateId);
  for (const affiliateId of affiliates) {
    const isWinner = affiliateId === decision.affiliateId;
    const key = `${affiliateId}\n${order.id}`;
    const isNew = batch.writes.commissions.get(key)?.isNew ?? !order.commissions.has(affiliateId);
    const state = order.commissions.get(affiliateId) ?? { affiliateId, amount: 0n, held: 0n, lots: [], stands: false };
    const target = isWinner
      ? { amount: decision.amount, availableAt: decision.availableAt, expiresAt: decision.expiresAt }
      : { amount: 0n, availableAt: null, expiresAt: null };
    const plan = planOrder(state, target);
    if (plan.postings.length > 0) {
      if (!batch.exclusive && plan.postings.some((posting) => posting.lotId !== undefined)) throw new NeedsExclusive();
      const kind = plan.change > 0n ? 'commission-earned' : plan.change < 0n ? 'commission-reversed' : 'commission-confirmed';
      const newLot = plan.newLot === null ? null : { ...plan.newLot, id: newId(), sourceKind: 'order' as const, sourceId: order.id };
      batch.writes.entries.push({
        affiliateId,
        unit,
        kind,
        causeId: order.id,
        sequence: revision,
        at: touched.at,
        postings: plan.postings,
        newLot,
      });
      applyPostings(state.lots, plan.postings, newLot);
    }
    state.amount = target.amount;
    state.held = plan.held;
    state.stands = isWinner && decision.stands;
    order.commissions.set(affiliateId, state);
    batch.writes.commissions.set(key, {
      affiliateId,
      isNew,
      order,
      revision,
      status: isWinner ? decision.status : 'moved',
      unit,
      amount: target.amount,
      held: plan.held,
      stands: state.stands,
      availableAt: isWinner ? decision.availableAt : null,
      expiresAt: isWinner ? decision.expiresAt : null,
      at: touched.now,
    });
  }
}
