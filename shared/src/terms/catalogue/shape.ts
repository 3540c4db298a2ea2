import type { Clause } from '../document.ts';
import { booleanOrText, date, may, must, rule, some, text } from './kinds.ts';
import type { PropertiesOf, Property, Shape } from './types.ts';

/** What every clause carries. */
export const clauseProperties: Record<keyof Clause, Property> = {
  id: must(rule, 'Id of the rule that the clause carries, e.g. XY-13; explanations and refusals quote it.'),
  also: may(some(rule, 20), 'Further rules that it carries out.'),
  source: may(text, 'Document and place that the clause rests on.'),
  assumed: may(booleanOrText, 'True, or what of it, where the published document is silent and the value is ours.'),
  from: may(date, 'First day in the program’s zone, or instant, on which the clause holds for orders placed then.'),
  until: may(date, 'First day or instant on which it holds no longer.'),
  text: may(text, 'A sentence for people.'),
};

type Groups = readonly (readonly string[])[];

/** A shape whose properties are checked against the type `T` of document.ts. */
export function plainShape<T>(name: string, description: string, properties: PropertiesOf<T>, oneOf: Groups = []): Shape {
  return { name, description, clause: false, properties: properties as Record<string, Property>, oneOf };
}

/** The same for a clause: it also has what every clause carries. */
export function clauseShape<T extends Clause>(name: string, description: string, properties: PropertiesOf<T>, oneOf: Groups = []): Shape {
  const all = { ...clauseProperties, ...(properties as Record<string, Property>) };
  return { name, description, clause: true, properties: all, oneOf };
}
