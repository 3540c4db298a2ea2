import { type Decision, decide } from '../decide/index.ts';
import {
  type AffiliateFacts,
  type AttributeValue,
  assembleOrder,
  type ClickFacts,
  type FactForm,
  foldEvents,
  normaliseOrder,
  normaliseOrderEvent,
  type OrderEventInput,
  type OrderInput,
  type ProductContent,
  type StoredEvent,
  staffAttribution,
  standingEvents,
} from '../facts/index.ts';
import { formatDecimal, parseFactor } from '../money/index.ts';
import { type CompiledTerms, compileTerms, readTerms } from '../terms/index.ts';
import { formatInstant, parseInstant } from '../time/index.ts';
import { documents } from './documents.ts';

/** A document of the tests, read and made ready to decide by. */
export function compiledProgram(name: string): CompiledTerms {
  const result = readTerms(documents[name] as string);
  if (!result.ok) throw new Error(`${name} is no terms document: ${result.findings[0]?.path}`);
  return compileTerms(result.terms);
}

/** All that is known of one order, as a person would tell it. What is left out is what it usually is. */
export interface Story {
  /** By id; whoever is not named is an active affiliate without further facts. */
  affiliates?: Record<string, Partial<Omit<AffiliateFacts, 'qualityFactor'>> & { qualityFactor?: string }>;
  clicks?: (Partial<Omit<ClickFacts, 'at' | 'affiliateId'>> & { id: string; by: string; at: string })[];
  customer?: { id?: string; registeredAt?: string; tiedTo?: string; attributes?: Record<string, AttributeValue> };
  order: Omit<Partial<OrderInput>, 'attributes'> & { occurredAt: string; first?: boolean; attributes?: Record<string, string> };
  events?: (Omit<OrderEventInput, 'order' | 'occurredAt'> & { at: string })[];
  corrections?: StoredEvent[];
  coupon?: { owner?: string; active?: boolean };
  feed?: Record<string, Partial<ProductContent>>;
  forbidden?: string[];
  selfPurchaseAllowed?: boolean;
  place?: number;
}

/** A decision in the words of people. */
export interface Told {
  affiliate: string | null;
  status: Decision['status'];
  amount: string;
  lines: string[];
  available: string | null;
  expires: string | null;
  rules: string[];
  decision: Decision;
}

const LATE = Date.UTC(2100, 0, 1);

/** Decides an order as the API does: facts to normal form, events folded, then the pure decision. */
export function tell(compiled: CompiledTerms, story: Story): Told {
  const { terms, currencyExponent } = compiled;
  const { first = false, attributes = {}, ...input } = story.order;
  const order: OrderInput = {
    id: 'o1',
    lines: [{ sku: 'A', price: '100.00' }],
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    ...input,
  };
  const form: FactForm = {
    declared: terms.facts ?? [],
    currency: terms.program.currency,
    currencyExponent,
    countryRequired: false,
    activities: [],
  };
  const normal = must(normaliseOrder(order, form, LATE));
  const events = (story.events ?? []).map(({ at, ...event }) => {
    const { content, at: happened } = must(normaliseOrderEvent({ order: order.id, occurredAt: at, ...event }, form, LATE));
    return { kind: content.kind, externalId: content.id ?? null, at: happened, content };
  });
  const standing = standingEvents([...events, ...(story.corrections ?? [])]);
  const facts = assembleOrder(
    normal.content,
    normal.at,
    first,
    {
      feed: (id) => (story.feed?.[id] === undefined ? undefined : { id, available: true, participates: true, ...story.feed[id] }),
      isForbidden: (id) => story.forbidden?.includes(id) ?? false,
    },
    currencyExponent,
  );
  const byStaff = staffAttribution(standing);
  const { affiliateCoupon: code, click: namedClick } = normal.content;
  const { customer } = story;
  const decision = decide(compiled, {
    order: facts,
    outcome: foldEvents(facts.lines, normal.at, normal.content.spam, standing, currencyExponent),
    clicks: (story.clicks ?? []).map(clickFacts),
    affiliate: (id) => affiliateFacts(id, story.affiliates?.[id] ?? {}),
    placeOf: () => story.place,
    ...(customer === undefined ? {} : { customer: customerFacts(customer) }),
    ...(namedClick === undefined ? {} : { namedClick }),
    ...(code === undefined ? {} : { coupon: couponFacts(code, story.coupon) }),
    ...(byStaff === undefined ? {} : { attributedByStaff: byStaff }),
    ...(story.selfPurchaseAllowed === undefined ? {} : { selfPurchaseAllowed: story.selfPurchaseAllowed }),
  });
  return inWords(compiled, decision);
}

function must<T extends { ok: boolean }>(normal: T): Extract<T, { ok: true }> {
  if (!normal.ok) throw new Error(JSON.stringify(normal));
  return normal as Extract<T, { ok: true }>;
}

export function instant(text: string): number {
  const at = parseInstant(text);
  if (at === null) throw new Error(`${text} is no instant`);
  return at;
}

function clickFacts({ by, at, ...click }: NonNullable<Story['clicks']>[number]): ClickFacts {
  return { attributes: {}, active: true, permitted: false, documents: [], ...click, affiliateId: by, at: instant(at) };
}

function affiliateFacts(id: string, { qualityFactor, ...facts }: NonNullable<Story['affiliates']>[string]): AffiliateFacts {
  return {
    id,
    externalId: id,
    documents: [],
    sourceKinds: [],
    ...facts,
    ...(qualityFactor === undefined ? {} : { qualityFactor: parseFactor(qualityFactor) ?? 0n }),
  };
}

function customerFacts({ id = 'c1', registeredAt, attributes = {}, tiedTo }: NonNullable<Story['customer']>) {
  return {
    externalId: id,
    attributes,
    ...(registeredAt === undefined ? {} : { registeredAt: instant(registeredAt) }),
    ...(tiedTo === undefined ? {} : { tiedTo }),
  };
}

function couponFacts(code: string, { owner = code, active = true }: NonNullable<Story['coupon']> = {}) {
  return { code, active, ...(owner === '' ? {} : { affiliateId: owner }) };
}

function inWords({ rewardExponent }: CompiledTerms, decision: Decision): Told {
  const date = (at: number | null) => (at === null ? null : formatInstant(at));
  return {
    affiliate: decision.affiliateId,
    status: decision.status,
    amount: formatDecimal(decision.amount, rewardExponent),
    lines: decision.lineAmounts.map((amount) => formatDecimal(amount, rewardExponent)),
    available: date(decision.availableAt),
    expires: date(decision.expiresAt),
    rules: [...decision.rules].sort(),
    decision,
  };
}
