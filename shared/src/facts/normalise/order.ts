import type { OrderContent } from '../content.ts';
import { FieldReader } from '../fields.ts';
import { type AttributeInput, checkCurrency, type FactForm, finish, type Normal, type Optional } from './form.ts';
import { type LineInput, normaliseLines } from './lines.ts';
import { pathsOf } from './paths.ts';

export const PLATFORMS = ['web', 'app'] as const;

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

const MOST_ALIASES = 20;

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
const ORDER_PATHS = pathsOf(ORDER_FIELDS);

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
