import { formatDecimal, parseDecimal } from '../../money/index.ts';
import type { LineContent } from '../content.ts';
import type { FieldReader } from '../fields.ts';
import type { AttributeInput, FactForm, Optional } from './form.ts';
import { type Paths, pathsOf } from './paths.ts';

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

export const MOST_LINES = 500;
/** Units of the currency. What is surely no more than that needs no exact sum to be told from too much. */
const SURELY_TAKEN = 10_000_000;
const TENS = Array.from({ length: 16 }, (_, digits) => 10 ** digits);

const LINE_FIELDS = ['sku', 'product', 'store', 'category', 'kind', 'price', 'amount', 'quantity', 'rate', 'attributes'] as const;
type LinePaths = Paths<(typeof LINE_FIELDS)[number]>;
const linePaths: LinePaths[] = [];

function linePathsOf(index: number): LinePaths {
  linePaths[index] ??= pathsOf(LINE_FIELDS, 'lines', String(index));
  return linePaths[index];
}

export function normaliseLines(lines: readonly LineInput[], form: FactForm, read: FieldReader): LineContent[] {
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
