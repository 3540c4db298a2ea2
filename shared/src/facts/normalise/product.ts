import type { ProductContent } from '../content.ts';
import { FieldReader } from '../fields.ts';
import { type AttributeInput, type FactForm, finish, type Normal, type Optional } from './form.ts';

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
