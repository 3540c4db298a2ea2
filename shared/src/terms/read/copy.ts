import { at, type Findings } from '../finding.ts';
import { LONGEST_TEXT, MOST_LEVELS, MOST_VALUES } from './limits.ts';

// Tabs and line breaks are text; other control characters are accidents or attacks, and PostgreSQL refuses NUL.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const UNREADABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFD\p{Surrogate}]/u;

/**
 * A copy of a value from anywhere, made of plain objects, lists, texts, numbers, booleans and nulls only. It ends with every input:
 * values that contain themselves run into the limit of levels. What is left out is reported.
 */
export function plainCopy(value: unknown, findings: Findings): unknown {
  return new Copier(findings).copy(value, '', 0);
}

class Copier {
  readonly findings: Findings;
  #values = 0;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  copy(value: unknown, path: string, level: number): unknown {
    if (this.#values > MOST_VALUES) return undefined;
    if (++this.#values > MOST_VALUES || level > MOST_LEVELS) {
      this.#values = MOST_VALUES + 1;
      this.findings.add('TOO_LARGE', '', {
        says: 'the document holds too much',
        expected: `at most ${MOST_VALUES} values in ${MOST_LEVELS} levels`,
      });
      return undefined;
    }
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.#text(value, path);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return this.#array(value, path, level);
    if (typeof value === 'object' && isPlain(value)) return this.#object(value, path, level);
    this.findings.add('WRONG_TYPE', path, {
      found: typeof value,
      says: 'no document can hold this',
      expected: 'a value that JSON can hold',
    });
    return undefined;
  }

  #array(value: unknown[], path: string, level: number): unknown[] {
    const result: unknown[] = [];
    // By index and not by `map`, which would pass over holes.
    for (let i = 0; i < value.length && this.#values <= MOST_VALUES; i++) {
      result.push(this.copy(value[i] === undefined ? null : value[i], at(path, i), level + 1));
    }
    return result;
  }

  #object(value: object, path: string, level: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const inside = at(path, key);
      if (key in {} || !isReadable(key)) {
        this.findings.add('UNKNOWN_FIELD', inside, { found: key, says: 'nothing can have this name', expected: 'another name' });
      } else {
        result[key] = this.copy(member, inside, level + 1);
      }
    }
    return result;
  }

  #text(value: string, path: string): string | undefined {
    if (value.length > LONGEST_TEXT) {
      this.findings.add('TOO_LARGE', path, { found: value, says: 'the text is too long', expected: `at most ${LONGEST_TEXT} characters` });
      return undefined;
    }
    if (isReadable(value)) return value;
    const says = 'the text has a control character, or one that was damaged on its way';
    this.findings.add('BAD_VALUE', path, { found: value, says, expected: 'a readable text' });
    return undefined;
  }
}

function isReadable(text: string): boolean {
  return !UNREADABLE.test(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
