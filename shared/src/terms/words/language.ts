import type { Clause, Condition, Terms } from '../document.ts';
import type { ClausePlace } from './en/clauses.ts';

/** The languages that sentences are made in; the first where nobody asks for another. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a clause says, without a full stop. */
export type Sentence<T> = (terms: Terms, clause: T) => string;

/** How one language says what terms say. Each has sentences of its own: word for word none of them is another's. */
export interface TermsWords {
  readonly clauses: Readonly<Record<ClausePlace, Sentence<never>>>;
  condition(terms: Terms, condition: Condition): string;
  /** How a sentence names a fact. */
  fact(path: string): string;
  /** From when and until when a clause holds; nothing where it has no dates. */
  dates(clause: Pick<Clause, 'from' | 'until'>): string;
}
