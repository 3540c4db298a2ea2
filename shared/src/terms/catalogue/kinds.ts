import type { Property, ValueKind } from './types.ts';

/** Most entries of an ordinary section. Far above any published terms, low enough that every check stays quick. */
const MOST_CLAUSES = 500;
const MOST_ENTRIES = 5000;

/** Words of the shape language, so that `shapes-*.ts` reads like a table. */
export const text: ValueKind = { kind: 'text' };
export const name: ValueKind = { kind: 'name' };
export const rule: ValueKind = { kind: 'rule' };
export const bool: ValueKind = { kind: 'boolean' };
export const decimal: ValueKind = { kind: 'decimal' };
export const percent: ValueKind = { kind: 'percent' };
export const date: ValueKind = { kind: 'date' };
export const fact: ValueKind = { kind: 'fact' };
export const listName: ValueKind = { kind: 'list' };
export const condition: ValueKind = { kind: 'condition' };
export const booleanOrText: ValueKind = { kind: 'boolean-or-text' };

export const integer = (min: number, max: number): ValueKind => ({ kind: 'integer', min, max });
export const choice = (...values: (string | true)[]): ValueKind => ({ kind: 'choice', values });
export const object = (shape: string): ValueKind => ({ kind: 'object', shape });
export const variant = (by: string, shapes: Record<string, string>): ValueKind => ({ kind: 'variant', by, shapes });
export const some = (of: ValueKind, max = MOST_CLAUSES): ValueKind => ({ kind: 'array', of, min: 1, max });
export const any = (of: ValueKind, max = MOST_CLAUSES): ValueKind => ({ kind: 'array', of, min: 0, max });
export const entriesOf = (of: ValueKind): ValueKind => any(of, MOST_ENTRIES);
export const mapOf = (of: ValueKind, keys: 'name' | 'text' = 'name'): ValueKind => ({ kind: 'map', of, keys, max: MOST_CLAUSES });
export const either = (plain: ValueKind, other: ValueKind): ValueKind => ({ kind: 'either', plain, object: other });

export const must = (value: ValueKind, description: string) => ({ value, required: true, description }) as const satisfies Property;
export const may = (value: ValueKind, description: string) => ({ value, required: false, description }) as const satisfies Property;
/** Required, and its absence is reported as `OPEN`. */
export const explicit = (value: ValueKind, description: string) => ({ value, required: 'open', description }) as const satisfies Property;
