import type { ProductInput } from '@tributary/shared/facts';
import { type UserError, userError } from '../../../platform/graphql/user-error.ts';
import type { FieldOfRow } from './kind.ts';

/** The names of Google Merchant's specification, which shops have, and what else terms may ask of a product. */
export const PRODUCT_FIELDS: readonly FieldOfRow[] = [
  { name: 'id', required: true, names: ['product_id', 'sku', 'offer_id', 'item_id'] },
  { name: 'title', names: ['name', 'product_name'] },
  { name: 'description', names: ['summary', 'content'] },
  { name: 'link', names: ['url', 'product_url', 'product_link', 'deeplink', 'canonical_link'] },
  { name: 'image_link', names: ['image', 'image_url', 'picture'] },
  { name: 'price', names: ['regular_price'] },
  { name: 'sale_price', names: ['discounted_price', 'special_price'] },
  { name: 'sale_price_effective_date', names: ['sale_price_dates'] },
  { name: 'availability', names: ['available', 'stock', 'in_stock'] },
  { name: 'category', names: ['product_type', 'google_product_category', 'category_name'] },
  { name: 'brand', names: ['manufacturer'] },
  { name: 'gtin', names: ['ean', 'upc', 'isbn', 'barcode'] },
  { name: 'shipping', names: ['shipping_cost', 'delivery_cost'] },
  { name: 'free_shipping', names: [] },
  { name: 'local_stock', names: ['warehouse_countries', 'ships_from', 'ships_from_country'] },
  { name: 'store', names: ['store_id', 'seller_id', 'shop_id'] },
  { name: 'kind', names: ['product_kind'] },
  { name: 'rate', names: ['commission_rate'] },
  { name: 'participates', names: [] },
];

/** What affiliates see of a product beside what it earns by. */
export interface ProductDetails {
  readonly title?: string;
  readonly description?: string;
  readonly image?: string;
  readonly brand?: string;
  readonly gtin?: string;
  readonly freeShipping?: boolean;
  /** Countries in which it is in stock, two letters each. */
  readonly localStock?: readonly string[];
}

export interface ReadProduct {
  readonly input: ProductInput;
  readonly details: ProductDetails;
}

const YES = new Set(['in stock', 'in_stock', 'instock', 'preorder', 'backorder', 'available', 'limited', 'yes', 'true', '1', 'y']);
const NO = new Set(['out of stock', 'out_of_stock', 'outofstock', 'unavailable', 'discontinued', 'sold out', 'no', 'false', '0', 'n']);
const PRICE = /^(?:([A-Z]{3})\s*)?(\d{1,15}(?:\.\d{1,6})?)(?:\s*([A-Z]{3}))?$/;
const ADDRESS = /^https?:\/\/[^\s"'<>\\]{1,1990}$/i;
const LONGEST = { title: 300, description: 5_000, category: 200, brand: 100, gtin: 50 } as const;

/** A product of a feed as of `now`, in a program's currency; or what is wrong with it. */
export function readProduct(values: ReadonlyMap<string, string>, currency: string, now: number): ReadProduct | UserError {
  const row = new RowReader(values, currency);
  const image = row.address('image_link');
  const localStock = row.countries('local_stock');
  const isFree = row.flag('free_shipping') ?? isFreeShipping(values.get('shipping'));
  const [usual, reduced] = [row.price('price'), row.price('sale_price')];
  const [title, description, brand, gtin] = [row.text('title'), row.text('description'), row.text('brand'), row.text('gtin')];
  const input: ProductInput = {
    id: values.get('id') ?? '',
    title,
    store: values.get('store'),
    category: row.text('category'),
    kind: values.get('kind'),
    price: (isInForce(values.get('sale_price_effective_date'), now) ? reduced : undefined) ?? usual,
    rate: values.get('rate'),
    available: row.flag('availability'),
    participates: row.flag('participates'),
    url: values.get('link'),
  };
  return row.wrong ?? { input, details: { title, description, image, brand, gtin, freeShipping: isFree, localStock } };
}

/** Reads cells, and keeps what is wrong with the first that cannot be read. */
class RowReader {
  wrong: UserError | undefined;
  private readonly values: ReadonlyMap<string, string>;
  private readonly currency: string;

  constructor(values: ReadonlyMap<string, string>, currency: string) {
    this.values = values;
    this.currency = currency;
  }

  text(field: keyof typeof LONGEST): string | undefined {
    const value = this.values.get(field);
    return value !== undefined && value.length > LONGEST[field] ? value.slice(0, LONGEST[field]) : value;
  }

  price(field: string): string | undefined {
    const value = this.values.get(field);
    if (value === undefined) return undefined;
    const found = PRICE.exec(value);
    if (found === null) return this.refuse(field, `"${value.slice(0, 40)}" is no price such as 12.30 ${this.currency}.`);
    const named = found[1] ?? found[3];
    if (named !== undefined && named !== this.currency)
      return this.refuse(field, `The price is in ${named}, the program’s are in ${this.currency}.`);
    return found[2];
  }

  flag(field: string): boolean | undefined {
    const value = this.values.get(field)?.toLowerCase();
    if (value === undefined) return undefined;
    return YES.has(value) ? true : NO.has(value) ? false : this.refuse(field, `"${value.slice(0, 40)}" says neither yes nor no.`);
  }

  address(field: string): string | undefined {
    const value = this.values.get(field);
    return value === undefined || ADDRESS.test(value) ? value : this.refuse(field, 'The picture has no plain http or https address.');
  }

  countries(field: string): readonly string[] | undefined {
    const named = this.values
      .get(field)
      ?.toUpperCase()
      .match(/[^\s,;|]+/g);
    if (named?.some((country) => !/^[A-Z]{2}$/.test(country)))
      return this.refuse(field, 'Countries have two letters each, with commas between.');
    return named ? [...new Set(named)].sort() : undefined;
  }

  private refuse(field: string, message: string): undefined {
    this.wrong ??= userError('INVALID', message, [field]);
    return undefined;
  }
}

/** `2026-03-01T00:00+0100/2026-03-08T00:00+0100`; what cannot be read says nothing. */
function isInForce(period: string | undefined, now: number): boolean {
  if (period === undefined) return true;
  const [from, until] = period.split('/').map((one) => Date.parse(one.trim())) as [number, number | undefined];
  return !(from > now) && !(until !== undefined && until <= now);
}

/** `US:::0.00 USD`, as Google's specification writes it: the last part is what it costs. */
function isFreeShipping(shipping: string | undefined): boolean | undefined {
  if (shipping === undefined) return undefined;
  const costs = shipping.split(',').map((one) => PRICE.exec((one.split(':').at(-1) ?? '').trim())?.[2]);
  return costs.some((cost) => cost !== undefined && Number(cost) === 0);
}
