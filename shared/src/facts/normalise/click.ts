import type { ClickContent } from '../content.ts';
import { FieldReader } from '../fields.ts';
import { type AttributeInput, type FactForm, finish, type Normal, type Optional } from './form.ts';

export const PAGES = ['hot-product', 'product', 'category', 'store', 'promotion', 'home'] as const;
export const METHODS = ['link', 'qr', 'banner', 'coupon', 'tag', 'popup', 'hijack'] as const;
export const FETCH_DESTINATIONS = ['document', 'image', 'iframe', 'script', 'empty'] as const;
/** Programs that read pages, and browsers that fetch one ahead in case it is visited. */
export const AUTOMATED = ['bot', 'prefetch'] as const;

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
