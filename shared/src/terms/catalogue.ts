import { builtInFacts } from './catalogue/facts.ts';
import { operators } from './catalogue/operators.ts';
import { sections } from './catalogue/sections.ts';
import { decidingShapes } from './catalogue/shapes-clauses.ts';
import { moneyShapes } from './catalogue/shapes-money.ts';
import { programShapes } from './catalogue/shapes-program.ts';
import type { FactEntry, OperatorEntry, Shape } from './catalogue/types.ts';

export type { OperatorName } from './catalogue/operators.ts';
export type * from './catalogue/types.ts';

/**
 * All that a terms document can say, as data: the JSON Schema, the validation, the API's catalogue, forms and sentences are read from
 * it. A new property, operator or kind of clause is described here and in document.ts; a compile error says where one is missing.
 */
export const catalogue = {
  facts: builtInFacts,
  operators,
  sections,
  /** Kinds of clause: shapes that carry a rule. */
  clauseKinds: [...programShapes, ...decidingShapes, ...moneyShapes].filter((shape) => shape.clause),
  /** Every object of the document; `Terms` is the whole. */
  shapes: [...programShapes, ...decidingShapes, ...moneyShapes] as readonly Shape[],
} as const;

const factsByPath = new Map(catalogue.facts.map((fact) => [fact.path, fact]));
const operatorsByName = new Map(operators.map((operator) => [operator.name, operator]));
const shapesByName = new Map(catalogue.shapes.map((shape) => [shape.name, shape]));

/** The built-in fact of that path. */
export function builtInFact(path: string): FactEntry | undefined {
  return factsByPath.get(path);
}

export function operatorNamed(name: string): OperatorEntry | undefined {
  return operatorsByName.get(name);
}

/** The shape of that name; asking for one that is not in the catalogue is a mistake in the catalogue. */
export function shapeNamed(name: string): Shape {
  const shape = shapesByName.get(name);
  if (!shape) throw new Error(`The catalogue has no shape ${name}`);
  return shape;
}
