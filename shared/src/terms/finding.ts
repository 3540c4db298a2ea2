import { distance } from 'fastest-levenshtein';
import type { Terms } from './document.ts';

/** What a finding can be. Stable: callers and tests branch on it. */
export type FindingCode =
  | 'TOO_LARGE'
  | 'NOT_PARSABLE'
  | 'MISSING'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_FACT'
  | 'UNKNOWN_OPERATOR'
  | 'UNKNOWN_LIST'
  | 'WRONG_TYPE'
  | 'BAD_VALUE'
  | 'OUT_OF_BOUNDS'
  | 'NOT_ALLOWED_HERE'
  | 'DUPLICATE'
  | 'GAP'
  | 'OVERLAP'
  | 'UNREACHABLE'
  | 'OPEN'
  | 'CONTRADICTION'
  | 'CYCLE';

/** One thing that is wrong with a document. */
export interface Finding {
  code: FindingCode;
  /** Where, e.g. `rates[2].when.fact`; empty for the document as a whole. */
  path: string;
  /** What stands there, shortened; empty where nothing does. */
  found: string;
  /** What would be right there. */
  expected: string;
  /** The valid word nearest to what was found. */
  nearest?: string;
  /** All of it in a sentence. */
  message: string;
}

/** A document that is fit to decide by, or all that is wrong with it. */
export type ReadResult = { ok: true; terms: Terms } | { ok: false; findings: Finding[] };

/** A document of nothing but errors is not worth more than these. */
const MOST_FINDINGS = 1000;
const LONGEST_SHOWN = 80;

/** What stands somewhere, short enough for a message. */
export function show(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === 'object') return clip(`an object with ${Object.keys(value).slice(0, 5).join(', ') || 'nothing'}`);
  return clip(String(value));
}

function clip(text: string): string {
  const points = [...text.slice(0, 2 * LONGEST_SHOWN)];
  return points.length > LONGEST_SHOWN ? `${points.slice(0, LONGEST_SHOWN).join('')}…` : points.join('');
}

/** Path of a member. Keys that would be misread in dots are quoted. */
export function at(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[\p{L}\p{N}_-]+$/u.test(key)) return `${path}[${JSON.stringify(clip(key))}]`;
  return path === '' ? clip(key) : `${path}.${clip(key)}`;
}

/** The valid word nearest to what was found, where one is near enough to be meant. */
export function nearestWord(found: string, words: Iterable<string>): string | undefined {
  if (found.length === 0 || found.length > 60) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const small = found.toLowerCase();
  for (const word of words) {
    const steps = distance(small, word.toLowerCase());
    if (steps < least) [best, least] = [word, steps];
  }
  return least <= Math.max(2, Math.ceil(found.length / 2)) ? best : undefined;
}

/** What a finding says besides its code and place. */
export interface Details {
  found?: unknown;
  expected: string;
  /** Words among which the nearest is looked for. */
  among?: Iterable<string>;
  /** First half of the message; the second says what was found, expected and meant. */
  says: string;
}

/** Gathers findings; the first of the same code and place stands. */
export class Findings {
  readonly #list: Finding[] = [];
  readonly #seen = new Set<string>();
  readonly #touched = new Set<string>();
  #more = false;

  add(code: FindingCode, path: string, details: Details): void {
    const key = `${code} ${path}`;
    if (this.#seen.has(key)) return;
    if (this.#list.length >= MOST_FINDINGS) {
      this.#more = true;
      return;
    }
    this.#seen.add(key);
    for (let end = path.length; end > 0; end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
      this.#touched.add(path.slice(0, end));
    }
    const found = show(details.found);
    const nearest = details.among ? nearestWord(found, details.among) : undefined;
    this.#list.push({
      code,
      path,
      found,
      expected: details.expected,
      ...(nearest === undefined ? {} : { nearest }),
      message: sentence(path, details, found, nearest),
    });
  }

  /** True where something was found at the path or inside it. */
  touch(path: string): boolean {
    return this.#touched.has(path);
  }

  get list(): Finding[] {
    const expected = `at most ${MOST_FINDINGS} findings`;
    const message = `There are more than ${MOST_FINDINGS} findings; these are the first.`;
    return this.#more ? [...this.#list, { code: 'TOO_LARGE', path: '', found: '', expected, message }] : [...this.#list];
  }
}

function sentence(path: string, details: Details, found: string, nearest: string | undefined): string {
  const place = path === '' ? 'The document' : path;
  const saw = found === '' ? '' : ` Found ${JSON.stringify(found)}.`;
  const meant = nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
  return `${place}: ${details.says}.${saw} Expected ${details.expected}.${meant}`;
}
