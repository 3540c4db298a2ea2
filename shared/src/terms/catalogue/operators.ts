import type { FactTest, FactType } from '../document.ts';
import type { OperandKind, OperatorEntry } from './types.ts';

/** Name of an operator. */
export type OperatorName = Exclude<keyof FactTest, 'fact'>;

// No decimal is asked to be equal: "5" and "5.00" are one amount and two texts.
const exact: FactType[] = ['text', 'boolean', 'country', 'integer'];
const any: FactType[] = [...exact, 'decimal', 'instant', 'set'];

/** Keyed by name, so that an operator of the document without an entry does not compile. */
const entries: Record<OperatorName, [types: FactType[], operand: OperandKind, description: string]> = {
  is: [exact, 'scalar-or-fact', 'Equals the value, or the other fact.'],
  isNot: [exact, 'scalar-or-fact', 'Differs from the value or the other fact, or is unknown.'],
  in: [['text', 'country'], 'list', 'Is one of the values, or of the named list on that day.'],
  notIn: [['text', 'country'], 'list', 'Is none of the values, or is unknown.'],
  containsAny: [['set'], 'list', 'The set has at least one of the values.'],
  known: [any, 'boolean', 'Whether the fact is known at all.'],
  below: [['decimal', 'integer'], 'decimal', 'Less than the number.'],
  atMost: [['decimal', 'integer'], 'decimal', 'The number or less.'],
  above: [['decimal', 'integer'], 'decimal', 'More than the number.'],
  atLeast: [['decimal', 'integer'], 'decimal', 'The number or more.'],
  within: [['instant'], 'span-of', 'Between the other instant and that instant plus the span, both ends included.'],
  sinceAtLeast: [['instant'], 'span-of', 'At or after the other instant plus the span.'],
  near: [['text'], 'list-name', 'Is, contains or nearly is one of the list’s words: at most two letters differ.'],
  hostIn: [['text'], 'list-name', 'The host of the address is one of the list’s hosts or below one.'],
};

/** Every operator of a test, with the types of fact that it fits. */
export const operators: readonly OperatorEntry[] = Object.entries(entries).map(([name, [types, operand, description]]) => ({
  name,
  types,
  operand,
  description,
}));
