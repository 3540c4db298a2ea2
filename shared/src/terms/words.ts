import type { Clause, Condition, Terms } from './document.ts';
import type { ClausePlace } from './words/en/clauses.ts';
import { en } from './words/en/index.ts';
import { LANGUAGES, type Language, type TermsWords } from './words/language.ts';
import { zh } from './words/zh/index.ts';

export type { ClausePlace } from './words/en/clauses.ts';
export { LANGUAGES, type Language } from './words/language.ts';

const WORDS: Readonly<Record<Language, TermsWords>> = { en, zh };
const [FIRST] = LANGUAGES;

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
  return (Object.keys(en.clauses) as ClausePlace[]).flatMap((place) =>
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
export function describeClause(terms: Terms, clause: Clause, language: Language = FIRST): string {
  const found = clausesOf(terms).find((placed) => placed.clause === clause);
  if (!found) throw new Error(`The clause ${clause.id} is no part of the document`);
  return describePlaced(terms, found, language);
}

/** The same where the place is known already. */
export function describePlaced(terms: Terms, { place, clause }: PlacedClause, language: Language = FIRST): string {
  const { clauses, dates } = WORDS[language];
  return `${clauses[place](terms, clause as never)}${dates(clause)}`;
}

/** A condition in words that follow "when". */
export function describeCondition(terms: Terms, condition: Condition, language: Language = FIRST): string {
  return WORDS[language].condition(terms, condition);
}

/** How a sentence names a fact: "the delivery country", "the order’s plugin". */
export function factWords(path: string, language: Language = FIRST): string {
  return WORDS[language].fact(path);
}
