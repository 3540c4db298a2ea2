import { formatDecimal, parseDecimal } from '../money/index.ts';
import type { DeclaredFact } from '../terms/document.ts';
import type {
  ActivityContent,
  ClickContent,
  LineContent,
  OrderContent,
  OrderEventContent,
  ProductContent,
  RefundLine,
  Refusal,
  RegistrationContent,
  ToldEventKind,
} from './content.ts';
import { FieldReader } from './fields.ts';

type Optional<T> = T | null | undefined;
export interface AttributeInput {
  name: string;
  value: string;
}

/** What the terms say of the form of facts. */
export interface FactForm {
  declared: readonly DeclaredFact[];
  currency: string;
  currencyExponent: number;
  countryRequired: boolean;
  /** Kinds of activity that earn. */
  activities: readonly string[];
}

export type Normal<T> = { ok: true; content: T; at: number } | { ok: false; refusal: Refusal };

export const PAGES = ['hot-product', 'product', 'category', 'store', 'promotion', 'home'] as const;
export const METHODS = ['link', 'qr', 'banner', 'coupon', 'tag', 'popup', 'hijack'] as const;
export const FETCH_DESTINATIONS = ['document', 'image', 'iframe', 'script', 'empty'] as const;
/** Programs that read pages, and browsers that fetch one ahead in case it is visited. */
export const AUTOMATED = ['bot', 'prefetch'] as const;
export const PLATFORMS = ['web', 'app'] as const;

export interface ClickInput {
  id: string;
  affiliate: string;
  link?: Optional<string>;
  visitor?: Optional<string>;
  country?: Optional<string>;
  page?: Optional<string>;
  product?: Optional<string>;
  store?: Optional<string>;
  url?: Optional<string>;
  channel?: Optional<string>;
  keyword?: Optional<string>;
  referrer?: Optional<string>;
  method?: Optional<string>;
  fetchDest?: Optional<string>;
  subId?: Optional<string>;
  automated?: Optional<string>;
  attributes?: Optional<AttributeInput[]>;
  occurredAt?: Optional<string | number>;
}

export function normaliseClick(input: ClickInput, form: FactForm, now: number): Normal<ClickContent> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  const content: ClickContent = {
    id: read.id(input.id, ['id']),
    affiliate: read.id(input.affiliate, ['affiliate']),
    link: read.optionalId(input.link, ['link']),
    visitor: read.optionalPseudonym(input.visitor, ['visitor']),
    country: read.country(input.country, ['country']),
    page: read.oneOf(input.page, PAGES, ['page']),
    product: read.optionalId(input.product, ['product']),
    store: read.optionalId(input.store, ['store']),
    url: read.text(input.url, ['url'], 2000),
    channel: read.text(input.channel, ['channel'], 100),
    keyword: read.text(input.keyword, ['keyword'], 500),
    referrer: read.text(input.referrer, ['referrer'], 2000),
    method: read.oneOf(input.method, METHODS, ['method']),
    fetchDest: read.oneOf(input.fetchDest, FETCH_DESTINATIONS, ['fetchDest']),
    subId: read.text(input.subId, ['subId'], 200),
    automated: read.oneOf(input.automated, AUTOMATED, ['automated']),
    attributes: read.attributes(input.attributes, 'click', form.declared, ['attributes']),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}

export interface RegistrationInput {
  customer: string;
  visitor?: Optional<string>;
  click?: Optional<string>;
  referralCode?: Optional<string>;
  phone?: Optional<string>;
  attributes?: Optional<AttributeInput[]>;
  occurredAt?: Optional<string | number>;
}

export function normaliseRegistration(
  input: RegistrationInput,
  form: FactForm,
  now: number,
): Normal<RegistrationContent & { phone?: string }> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  const content: RegistrationContent & { phone?: string } = {
    customer: read.pseudonym(input.customer, ['customer']),
    visitor: read.optionalPseudonym(input.visitor, ['visitor']),
    click: read.optionalId(input.click, ['click']),
    referralCode: read.optionalId(input.referralCode, ['referralCode']),
    phone: read.text(input.phone, ['phone'], 40),
    attributes: read.attributes(input.attributes, 'customer', form.declared, ['attributes']),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}

export interface LineInput {
  sku: string;
  product?: Optional<string>;
  store?: Optional<string>;
  category?: Optional<string>;
  kind?: Optional<string>;
  /** Of one unit. */
  price?: Optional<string>;
  /** Of all units; what one costs is its part of it. Beside a price it says the same. */
  amount?: Optional<string>;
  quantity?: Optional<number>;
  rate?: Optional<string>;
  attributes?: Optional<AttributeInput[]>;
}

export interface OrderInput {
  id: string;
  aliases?: Optional<string[]>;
  customer?: Optional<string>;
  visitor?: Optional<string>;
  click?: Optional<string>;
  affiliateCoupon?: Optional<string>;
  country?: Optional<string>;
  shipping?: Optional<string>;
  platform?: Optional<string>;
  discounts?: Optional<string[]>;
  spam?: Optional<string>;
  currency?: Optional<string>;
  attributes?: Optional<AttributeInput[]>;
  lines: LineInput[];
  occurredAt?: Optional<string | number>;
}

const MOST_LINES = 500;
const MOST_ALIASES = 20;
/** Units of the currency. What is surely no more than that needs no exact sum to be told from too much. */
const SURELY_TAKEN = 10_000_000;
const TENS = Array.from({ length: 16 }, (_, digits) => 10 ** digits);

const ORDER_FIELDS = [
  'id',
  'customer',
  'visitor',
  'click',
  'affiliateCoupon',
  'country',
  'shipping',
  'platform',
  'discounts',
  'spam',
  'attributes',
  'occurredAt',
] as const;
const LINE_FIELDS = ['sku', 'product', 'store', 'category', 'kind', 'price', 'amount', 'quantity', 'rate', 'attributes'] as const;
type Paths<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Where fields stand, put together once and not for each fact. */
function pathsOf<Field extends string>(fields: readonly Field[], ...before: string[]): Paths<Field> {
  return Object.fromEntries(fields.map((field) => [field, [...before, field]])) as unknown as Paths<Field>;
}

const ORDER_PATHS = pathsOf(ORDER_FIELDS);
type LinePaths = Paths<(typeof LINE_FIELDS)[number]>;
const linePaths: LinePaths[] = [];

function linePathsOf(index: number): LinePaths {
  linePaths[index] ??= pathsOf(LINE_FIELDS, 'lines', String(index));
  return linePaths[index];
}

export function normaliseOrder(input: OrderInput, form: FactForm, now: number): Normal<OrderContent> {
  const read = new FieldReader();
  const path = ORDER_PATHS;
  const when = read.instant(input.occurredAt, now, path.occurredAt);
  checkCurrency(input.currency, form, read);
  const country = read.country(input.country, path.country);
  if (country === undefined && form.countryRequired) read.refuse(path.country, 'The terms look at the delivery country: it must be given.');
  const content: OrderContent = {
    id: read.id(input.id, path.id),
    aliases: normaliseAliases(input, read),
    customer: read.optionalPseudonym(input.customer, path.customer),
    visitor: read.optionalPseudonym(input.visitor, path.visitor),
    click: read.optionalId(input.click, path.click),
    affiliateCoupon: read.optionalId(input.affiliateCoupon, path.affiliateCoupon),
    country,
    shipping: read.amount(input.shipping, form.currencyExponent, path.shipping),
    platform: read.oneOf(input.platform, PLATFORMS, path.platform),
    discounts: words(input.discounts, read, path.discounts),
    spam: read.text(input.spam, path.spam, 20),
    attributes: read.attributes(input.attributes, 'order', form.declared, path.attributes),
    lines: normaliseLines(input.lines, form, read),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}

function checkCurrency(given: Optional<string>, { currency }: FactForm, read: FieldReader): void {
  if (given !== null && given !== undefined && given !== currency) read.refuse(['currency'], `The program's prices are in ${currency}.`);
}

function normaliseAliases({ id, aliases }: OrderInput, read: FieldReader): string[] | undefined {
  if (aliases === null || aliases === undefined || aliases.length === 0) return undefined;
  const others = [...new Set(aliases)].filter((alias) => alias !== id).sort();
  for (const alias of others) read.id(alias, ['aliases']);
  if (others.length > MOST_ALIASES) read.refuse(['aliases'], `An order has at most ${MOST_ALIASES} aliases.`);
  return others.length === 0 ? undefined : others;
}

function words(values: Optional<string[]>, read: FieldReader, path: readonly string[]): string[] | undefined {
  if (values === null || values === undefined || values.length === 0) return undefined;
  const set = [...new Set(values)].sort();
  for (const value of set) read.id(value, path);
  if (set.length > 50) read.refuse(path, 'At most 50 are taken.');
  return set;
}

function normaliseLines(lines: readonly LineInput[], form: FactForm, read: FieldReader): LineContent[] {
  if (lines.length === 0) read.refuse(['lines'], 'An order has at least one line.');
  if (lines.length > MOST_LINES) read.refuse(['lines'], `An order has at most ${MOST_LINES} lines.`);
  const contents: LineContent[] = [];
  let atMost = 0;
  for (let index = 0; index < Math.min(lines.length, MOST_LINES); index++) {
    const path = linePathsOf(index);
    const line = lines[index] as LineInput;
    if (standsBefore(lines, index)) read.refuse(path.sku, `The SKU "${line.sku}" stands on two lines; put its units on one.`);
    const content = normaliseLine(line, path, form, read);
    atMost += content.quantity * ceilingOf(content.price, form.currencyExponent);
    contents.push(content);
  }
  if (read.refusal === null && atMost > SURELY_TAKEN)
    read.sum(
      contents.map((line) => (parseDecimal(line.price, form.currencyExponent) ?? 0n) * BigInt(line.quantity)),
      ['lines'],
    );
  return contents;
}

/** More than a price in normal form, told by its digits before the point. */
function ceilingOf(price: string, exponent: number): number {
  return TENS[exponent === 0 ? price.length : price.length - exponent - 1] ?? Number.POSITIVE_INFINITY;
}

/** Orders are short: to look back is sooner done than to keep a set. */
function standsBefore(lines: readonly LineInput[], index: number): boolean {
  for (let i = 0; i < index; i++) if ((lines[i] as LineInput).sku === (lines[index] as LineInput).sku) return true;
  return false;
}

function normaliseLine(line: LineInput, path: LinePaths, form: FactForm, read: FieldReader): LineContent {
  return {
    sku: read.id(line.sku, path.sku),
    product: read.optionalId(line.product, path.product),
    store: read.optionalId(line.store, path.store),
    category: read.text(line.category, path.category, 200),
    kind: read.text(line.kind, path.kind, 100),
    price: unitPrice(line, path, form, read),
    quantity: read.quantity(line.quantity, path.quantity),
    rate: read.percent(line.rate, path.rate),
    attributes: read.attributes(line.attributes, 'line', form.declared, path.attributes),
  };
}

function unitPrice(line: LineInput, path: LinePaths, { currencyExponent: exponent }: FactForm, read: FieldReader): string {
  const price = read.amount(line.price, exponent, path.price);
  const amount = read.amount(line.amount, exponent, path.amount);
  if (amount === undefined) {
    if (price === undefined) read.refuse(path.price, 'A line has a price.');
    return price ?? '0';
  }
  const units = BigInt(Number.isInteger(line.quantity) ? (line.quantity as number) : 1);
  const sum = parseDecimal(amount, exponent) ?? 0n;
  if (price !== undefined && sum !== (parseDecimal(price, exponent) ?? 0n) * units)
    read.refuse(path.amount, `${units} units of ${price} are not ${amount} together.`);
  else if (units > 0n && sum % units !== 0n)
    read.refuse(path.amount, `${amount} is not ${units} times one price: leave the quantity out, or tell what a unit costs.`);
  return units > 0n ? formatDecimal(sum / units, exponent) : '0';
}

export interface OrderEventInput {
  order: string;
  kind: ToldEventKind;
  id?: Optional<string>;
  reason?: Optional<string>;
  inFavorOf?: Optional<string>;
  spam?: Optional<string>;
  lines?: Optional<{ sku: string; quantity?: Optional<number>; amount?: Optional<string> }[]>;
  /** What the amounts are in. */
  currency?: Optional<string>;
  occurredAt?: Optional<string | number>;
}

export function normaliseOrderEvent(input: OrderEventInput, form: FactForm, now: number): Normal<OrderEventContent> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  const given = (field: 'inFavorOf' | 'spam' | 'lines') => input[field] !== null && input[field] !== undefined;
  if (input.kind === 'refunded' && (input.id === null || input.id === undefined)) read.refuse(['id'], 'A refund has an id of its own.');
  if ((input.kind === 'dispute-closed') !== given('inFavorOf'))
    read.refuse(['inFavorOf'], 'A closed dispute, and only that, says in whose favour it was closed.');
  if ((input.kind === 'spam-marked') !== given('spam')) read.refuse(['spam'], 'A spam mark, and only that, says the spam status.');
  if (given('lines') && input.kind !== 'refunded') read.refuse(['lines'], 'Only a refund names lines.');
  checkCurrency(input.currency, form, read);
  const content: OrderEventContent = {
    kind: input.kind,
    id: read.optionalId(input.id, ['id']),
    order: read.id(input.order, ['order']),
    reason: read.text(input.reason, ['reason'], 1000),
    inFavorOf: read.oneOf(input.inFavorOf, ['seller', 'buyer'], ['inFavorOf']) as 'seller' | 'buyer' | undefined,
    spam: read.text(input.spam, ['spam'], 20),
    lines: input.kind === 'refunded' ? refundLines(input.lines, form, read) : undefined,
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}

function refundLines(lines: OrderEventInput['lines'], form: FactForm, read: FieldReader): RefundLine[] | undefined {
  if (lines === null || lines === undefined) return undefined;
  if (lines.length === 0) read.refuse(['lines'], 'A refund of some lines names at least one; leave the lines out to refund all.');
  const seen = new Set<string>();
  return lines.slice(0, MOST_LINES).map((line, index) => {
    const path = ['lines', String(index)];
    const quantityGiven = line.quantity !== null && line.quantity !== undefined;
    const amount = read.amount(line.amount, form.currencyExponent, [...path, 'amount']);
    if (quantityGiven && amount !== undefined) read.refuse(path, 'A line is refunded by quantity or by amount, not by both.');
    if (amount !== undefined && /^0(\.0+)?$/.test(amount)) read.refuse([...path, 'amount'], 'A refund of nothing is none.');
    if (seen.has(line.sku)) read.refuse([...path, 'sku'], `The SKU "${line.sku}" is refunded twice in one refund.`);
    seen.add(line.sku);
    return {
      sku: read.id(line.sku, [...path, 'sku']),
      quantity: quantityGiven ? read.quantity(line.quantity, [...path, 'quantity']) : undefined,
      amount,
    };
  });
}

export interface ActivityInput {
  id: string;
  affiliate: string;
  kind: string;
  amount?: Optional<string>;
  occurredAt?: Optional<string | number>;
}

export function normaliseActivity(input: ActivityInput, form: FactForm, now: number): Normal<ActivityContent> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  if (!form.activities.includes(input.kind)) {
    read.refuse(
      ['kind'],
      form.activities.length === 0
        ? 'The program has no points for activity.'
        : `"${input.kind}" is not one of ${form.activities.join(', ')}.`,
    );
  }
  const content: ActivityContent = {
    id: read.id(input.id, ['id']),
    affiliate: read.id(input.affiliate, ['affiliate']),
    kind: input.kind,
    amount: read.amount(input.amount, form.currencyExponent, ['amount']),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}

export interface ProductInput {
  id: string;
  title?: Optional<string>;
  store?: Optional<string>;
  category?: Optional<string>;
  kind?: Optional<string>;
  price?: Optional<string>;
  rate?: Optional<string>;
  available?: Optional<boolean>;
  participates?: Optional<boolean>;
  url?: Optional<string>;
  attributes?: Optional<AttributeInput[]>;
  occurredAt?: Optional<string | number>;
}

export function normaliseProduct(input: ProductInput, form: FactForm, now: number): Normal<ProductContent> {
  const read = new FieldReader();
  const when = read.instant(input.occurredAt, now, ['occurredAt']);
  const content: ProductContent = {
    id: read.id(input.id, ['id']),
    title: read.text(input.title, ['title'], 300),
    store: read.optionalId(input.store, ['store']),
    category: read.text(input.category, ['category'], 200),
    kind: read.text(input.kind, ['kind'], 100),
    price: read.amount(input.price, form.currencyExponent, ['price']),
    rate: read.percent(input.rate, ['rate']),
    available: input.available ?? true,
    participates: input.participates ?? true,
    url: read.text(input.url, ['url'], 2000),
    attributes: read.attributes(input.attributes, 'line', form.declared, ['attributes']),
    occurredAt: when.given,
  };
  return finish(read, content, when.at);
}

function finish<T>(read: FieldReader, content: T, at: number): Normal<T> {
  return read.refusal === null ? { ok: true, content, at } : { ok: false, refusal: read.refusal };
}
