import type { Clause, FactLevel, FactType } from '../document.ts';

/** Whose fact it is. An affiliate's facts are built in; a program declares facts of the other levels. */
export type Level = FactLevel | 'affiliate';

/** A fact that several programs share. */
export interface FactEntry {
  /** Name in conditions, e.g. `order.price`. */
  path: string;
  type: FactType;
  level: Level;
  description: string;
  /** How a sentence names it, e.g. "the delivery country". */
  words: string;
  /** All values it can have, where they are a closed set. */
  values?: readonly string[];
  /** Words in common use, for completion; others are allowed. */
  examples?: readonly string[];
}

/** What an operator is followed by. */
export type OperandKind = 'scalar-or-fact' | 'list' | 'boolean' | 'decimal' | 'span-of' | 'list-name';

export interface OperatorEntry {
  name: string;
  types: readonly FactType[];
  operand: OperandKind;
  description: string;
}

/** A place of the document that holds conditions, and what these may read. */
export interface SectionEntry {
  name: string;
  /** Path of the condition, with `*` for an index, e.g. `rates.*.when`. */
  conditions: string;
  levels: readonly Level[];
  /** How the clauses of the section work together. */
  combines: 'first-wins' | 'all-apply';
  description: string;
}

/** What stands at a place of the document. `catalogue/shapes.ts` is written in it; schema, validation and forms are read from it. */
export type ValueKind =
  | { kind: 'text' }
  | { kind: 'name' }
  | { kind: 'rule' }
  | { kind: 'boolean' }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'decimal' }
  | { kind: 'percent' }
  | { kind: 'date' }
  | { kind: 'country' | 'currency' | 'unit' | 'zone' }
  | { kind: 'choice'; values: readonly (string | true)[] }
  | { kind: 'fact' }
  | { kind: 'list' }
  | { kind: 'condition' }
  | { kind: 'object'; shape: string }
  /** One of several shapes, told apart by the property `by`. */
  | { kind: 'variant'; by: string; shapes: Record<string, string> }
  | { kind: 'array'; of: ValueKind; min: number; max: number }
  | { kind: 'map'; of: ValueKind; keys: 'name' | 'text'; max: number }
  /** Told apart by whether an object stands there. */
  | { kind: 'either'; plain: ValueKind; object: ValueKind }
  /** True, false, or a text. */
  | { kind: 'boolean-or-text' };

export interface Property {
  value: ValueKind;
  /** `open`: required because silence would leave open what people decide differently. */
  required: boolean | 'open';
  description: string;
}

/** An object of the document. */
export interface Shape {
  name: string;
  description: string;
  /** It carries a rule: id, source, assumed, from, until, text. */
  clause: boolean;
  properties: Record<string, Property>;
  /** Exactly one of each of these groups stands there. */
  oneOf: readonly (readonly string[])[];
}

/** Properties of `T` without those that every clause has: each must be described, and required just where the type says so. */
export type PropertiesOf<T> = {
  [K in Exclude<keyof T, T extends Clause ? keyof Clause : never>]-?: Property & {
    required: object extends Pick<T, K> ? false : true | 'open';
  };
};
