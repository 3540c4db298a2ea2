import type { Clause, Terms } from './document.ts';
import { type ClausePlace, sentences } from './words/clauses.ts';
import { dateWords } from './words/phrases.ts';

export type { ClausePlace } from './words/clauses.ts';
export { describeCondition, factWords } from './words/condition.ts';

/** A clause with its place in the document. */
export interface PlacedClause {
  /** e.g. `rates[2]`. */
  path: string;
  /** The same with `*` for an index: what the clause is for. */
  place: ClausePlace;
  clause: Clause;
}

/** All clauses of a document, in the order of the catalogue's sections. */
export function clausesOf(terms: Terms): PlacedClause[] {
  return (Object.keys(sentences) as ClausePlace[]).flatMap((place) =>
    at(terms, place.split('.'), '').map(({ path, clause }) => ({ path, place, clause })),
  );
}

function at(value: unknown, steps: string[], path: string): { path: string; clause: Clause }[] {
  const [step, ...rest] = steps;
  if (value === undefined || value === null) return [];
  if (step === undefined) return [{ path, clause: value as Clause }];
  if (step === '*') return (value as unknown[]).flatMap((item, i) => at(item, rest, `${path}[${i}]`));
  return at((value as Record<string, unknown>)[step], rest, path === '' ? step : `${path}.${step}`);
}

/**
 * A clause as one plain sentence, without a full stop: "15 days after the click". It says what the engine does; the clause's own
 * `text`, if it has one, is what people wrote. The clause must be a part of the document itself, since the place says what it is for.
 */
export function describeClause(terms: Terms, clause: Clause): string {
  const found = clausesOf(terms).find((placed) => placed.clause === clause);
  if (!found) throw new Error(`The clause ${clause.id} is no part of the document`);
  return describePlaced(terms, found);
}

/** The same where the place is known already. */
export function describePlaced(terms: Terms, { place, clause }: PlacedClause): string {
  return `${sentences[place](terms, clause as never)}${dateWords(clause)}`;
}
