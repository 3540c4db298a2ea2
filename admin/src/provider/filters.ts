import type { Filter } from './source.ts';

/** A filter's text; undefined: it is not set. */
export function textOf(filter: Filter, name: string): string | undefined {
  const value = filter[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A filter that is one of some words; undefined: it is not set, or the address names one that is none. */
export function wordOf<Word extends string>(filter: Filter, name: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === filter[name]);
}

/** The start of a filter's day, in UTC. */
export function dayOf(filter: Filter, name: string): string | undefined {
  const text = textOf(filter, name);
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : undefined;
}
