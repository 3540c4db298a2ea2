import type { ClickFacts, OrderInput } from '@tributary/shared/facts';
import type { Surroundings } from './cases.ts';

/**
 * What a programmer would write who has one program to pay and nobody to explain it to: exact decimals, the competing
 * clicks, the number. No terms, no dates of rules, no reasons.
 */
export type ByHand = (order: OrderInput, known: Surroundings) => { affiliate: string | null; amount: bigint };

const DAY = 86_400_000;
const NOBODY = { affiliate: null, amount: 0n };

/** Hundredths of a unit, exactly. */
function hundredths(text: string | null | undefined): bigint {
  const match = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text ?? '');
  if (match === null) throw new Error(`"${text}" is no price`);
  return BigInt(match[1] + (match[2] ?? '').padEnd(2, '0'));
}

function placedAtOf(order: OrderInput): number {
  return Date.parse(order.occurredAt as string);
}

function isLater(click: ClickFacts, other: ClickFacts | undefined): boolean {
  return other === undefined || click.at > other.at || (click.at === other.at && click.id > other.id);
}

const PAID_ADS = new Set(['google-ads', 'bing-ads', 'yandex-ads', 'facebook-ads', 'yahoo-ads']);
const FIRST_GROUP = new Set(['mobile-phones-and-accessories', 'computer-and-networking']);
const SECOND_GROUP = new Set(['toys-and-hobbies', 'sports-and-outdoor', 'automobiles-and-motorcycles']);
const THIRD_GROUP = new Set([
  'clothing-and-apparel',
  'home-and-garden',
  'bags-and-shoes',
  'lights-and-lighting',
  'health-and-beauty',
  'apple-accessories',
  'jewelry-and-watch',
  'adult-toys-and-apparel',
]);
const CLASSES: Record<string, bigint> = { bronze: 0n, silver: 2n, gold: 4n };

/** Whole points by category, class of the affiliate and whether the customer is new; the last click of fifteen days. */
const classTable: ByHand = (order, { clicks, customer, affiliates, first }) => {
  const placedAt = placedAtOf(order);
  let best: ClickFacts | undefined;
  for (const click of clicks) {
    if (click.at > placedAt || placedAt > click.at + 15 * DAY || !click.active) continue;
    if (click.channel !== undefined && PAID_ADS.has(click.channel) && !click.permitted) continue;
    if (isLater(click, best)) best = click;
  }
  if (best === undefined) return NOBODY;
  const affiliate = affiliates.get(best.affiliateId)!;
  if (affiliate.customer === customer.externalId) return NOBODY;
  const { registeredAt } = customer;
  const isNew = first && registeredAt !== undefined && placedAt >= registeredAt && placedAt <= registeredAt + 7 * DAY;
  let amount = 0n;
  for (const line of order.lines) {
    const category = line.category ?? '';
    let percent = FIRST_GROUP.has(category) ? 4n : SECOND_GROUP.has(category) ? 5n : THIRD_GROUP.has(category) ? 6n : 4n;
    percent += CLASSES[affiliate.class as string]! + (isNew ? 2n : 0n);
    amount += (hundredths(line.price) * BigInt(line.quantity ?? 1) * percent) / 100n;
  }
  return { affiliate: best.affiliateId, amount };
};

const CIS = new Set(['RU', 'AZ', 'AM', 'BY', 'KZ', 'KG', 'MD', 'TJ', 'TM', 'UZ', 'GE']);
const SEARCH_ADS = new Set(['contextual-ads', 'search-ads', 'google-ads', 'bing-ads', 'yandex-ads', 'yahoo-ads']);
const REFUSED_DISCOUNTS = new Set(['special-coupon', 'seller-coupon', 'new-customer-coupon', 'coupon', 'coins']);
const NOT_PAID = new Set(['transport', 'mobile-payment', 'virtual']);
const PAGE_RANKS: Record<string, number> = { 'hot-product': 0, product: 1, category: 2, store: 2, promotion: 2, home: 3 };
const MOST_PER_ORDER = 3850n;
const MILLION = 1_000_000n;

/** By kind, region and page; half for a click from another country; a quality factor; the best page, then the last click. */
const regionsAndPages: ByHand = (order, { clicks, affiliates, customer, brand }) => {
  const placedAt = placedAtOf(order);
  let best: ClickFacts | undefined;
  let bestRank = 0;
  for (const click of clicks) {
    const region = click.country !== undefined && CIS.has(click.country);
    if (click.at > placedAt || placedAt > click.at + (region ? 15 : 3) * DAY || !click.active) continue;
    if (click.fetchDest !== undefined && click.fetchDest !== 'document') continue;
    if (click.channel !== undefined && SEARCH_ADS.has(click.channel) && click.keyword?.toLowerCase().includes(brand)) continue;
    if (region && !click.documents.includes('cis-cooperation')) continue;
    const rank = pageRank(click, order);
    if (best === undefined || rank < bestRank || (rank === bestRank && isLater(click, best))) {
      best = click;
      bestRank = rank;
    }
  }
  if (best === undefined || order.discounts?.some((discount) => REFUSED_DISCOUNTS.has(discount))) return NOBODY;
  const affiliate = affiliates.get(best.affiliateId)!;
  if (affiliate.customer === customer.externalId) return NOBODY;
  const isHome = CIS.has(order.country ?? '');
  const amounts = order.lines.map((line) => {
    if (line.attributes?.some(({ name, value }) => name === 'storeCommission' && value === 'false')) return 0n;
    let numerator = hundredths(line.price) * BigInt(line.quantity ?? 1) * lineRate(line, best, isHome);
    let denominator = 100n * MILLION;
    if (best.country !== order.country) denominator *= 2n;
    if (affiliate.qualityFactor !== undefined) {
      numerator *= affiliate.qualityFactor;
      denominator *= 100n * MILLION;
    }
    return numerator / denominator;
  });
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  return { affiliate: best.affiliateId, amount: sum > MOST_PER_ORDER ? MOST_PER_ORDER : sum };
};

function pageRank({ page, product }: ClickFacts, { lines }: OrderInput): number {
  if (page === undefined) return 3;
  const rank = PAGE_RANKS[page] ?? 3;
  return rank < 2 && !lines.some((line) => (line.product ?? line.sku) === product) ? 2 : rank;
}

/** In millionths of a percent. */
function lineRate(line: OrderInput['lines'][number], click: ClickFacts, isHome: boolean): bigint {
  if (line.kind && NOT_PAID.has(line.kind)) return 0n;
  const told = line.rate ? hundredths(line.rate) * 10_000n : undefined;
  if (line.kind === 'hot' && click.product === (line.product ?? line.sku) && (click.page === 'product' || click.page === 'hot-product'))
    return told === undefined ? 0n : told > 70n * MILLION ? 70n * MILLION : told;
  const least = isHome ? (line.kind === 'non-affiliate' ? 0n : 720_000n) : 800_000n;
  if (told === undefined || told < least) return least;
  return told > 7n * MILLION ? 7n * MILLION : told;
}

/** Ten, fifteen or twenty percent of plans, by the customer's place, for two years from the registration. */
const tiedCustomer: ByHand = (order, { customer, outcome, affiliates, place }) => {
  const { tiedTo, registeredAt } = customer;
  const placedAt = placedAtOf(order);
  if (tiedTo === undefined || registeredAt === undefined || outcome.paidAt === undefined || place === undefined) return NOBODY;
  const end = new Date(registeredAt);
  end.setUTCFullYear(end.getUTCFullYear() + 2);
  if (placedAt < registeredAt || placedAt > end.getTime() || affiliates.get(tiedTo)!.customer === customer.externalId) return NOBODY;
  const percent = place >= 20 ? 20n : place >= 10 ? 15n : 10n;
  let amount = 0n;
  for (const line of order.lines)
    if (line.kind === 'vip-plan') amount += (hundredths(line.price) * BigInt(line.quantity ?? 1) * percent) / 100n;
  return { affiliate: tiedTo, amount };
};

const REFUSED = new Set(['CN', 'IN', 'NG', 'CU', 'IR', 'KP']);

/** The rate of each line within bounds, for trades below five thousand that the named click led to. */
const namedClick: ByHand = (order, { clicks, outcome, namedClick: named, affiliates, customer, brand }) => {
  const placedAt = placedAtOf(order);
  const click = clicks.find(({ id }) => id === named);
  if (click === undefined || click.at > placedAt || placedAt > click.at + 30 * DAY || !click.active) return NOBODY;
  if (click.method === 'popup' || click.method === 'hijack' || REFUSED.has(click.country ?? '') || REFUSED.has(order.country ?? ''))
    return NOBODY;
  if (click.channel !== undefined && SEARCH_ADS.has(click.channel) && click.keyword?.toLowerCase().includes(brand)) return NOBODY;
  if (affiliates.get(click.affiliateId)!.customer === customer.externalId || (order.spam && order.spam !== 'N')) return NOBODY;
  const { completedAt, paidAt } = outcome;
  if (completedAt !== undefined && paidAt !== undefined && completedAt >= paidAt + 180 * DAY) return NOBODY;
  let price = order.shipping ? hundredths(order.shipping) : 0n;
  let amount = 0n;
  for (const line of order.lines) {
    const value = hundredths(line.price) * BigInt(line.quantity ?? 1);
    const told = line.rate ? hundredths(line.rate) : 325n;
    price += value;
    amount += (value * (told < 325n ? 325n : told > 900n ? 900n : told)) / 10_000n;
  }
  return price >= 500_000n ? NOBODY : { affiliate: click.affiliateId, amount };
};

export const byHand: Readonly<Record<string, ByHand>> = { classTable, regionsAndPages, tiedCustomer, namedClick };
