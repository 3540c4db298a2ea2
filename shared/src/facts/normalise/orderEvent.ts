import type { OrderEventContent, RefundLine, ToldEventKind } from '../content.ts';
import { FieldReader } from '../fields.ts';
import { checkCurrency, type FactForm, finish, type Normal, type Optional } from './form.ts';
import { MOST_LINES } from './lines.ts';

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
