import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { documents, fifthProgram } from '../testing/documents.ts';
import type { ReadResult } from './finding.ts';
import { readTerms, validateTerms } from './read.ts';

const valid = fifthProgram();

/** Findings as `CODE path`. */
function found(result: ReadResult): string[] {
  return result.ok ? [] : result.findings.map(({ code, path }) => `${code} ${path}`);
}

describe('documents that hold', () => {
  test.each(Object.entries(documents))('%s is valid', (_, text) => {
    expect(found(readTerms(text))).toEqual([]);
  });

  test('JSON is read like YAML', () => {
    expect(readTerms(JSON.stringify(valid, null, '\t'))).toEqual({ ok: true, terms: valid });
  });

  test('what is read is a copy, so that a caller cannot change it afterwards', () => {
    const document = fifthProgram();
    const result = validateTerms(document);
    document['format'] = 'changed';
    expect(result).toMatchObject({ ok: true, terms: { format: 'tributary/terms/1' } });
  });

  test('words that other YAML versions take for values stay words', () => {
    const result = readTerms((documents['fifth-program'] as string).replace('season, is: welcome', 'season, is: NO'));
    expect(result).toMatchObject({ ok: false, findings: [{ code: 'BAD_VALUE', found: 'NO' }] });
  });
});

describe('texts that are refused', () => {
  const nested = (open: string) => open.repeat(10_000);
  test.each<[sentence: string, text: string, finding: string, says: RegExp]>([
    ['a document of 10 MB', `a: ${'x'.repeat(10_000_000)}`, 'TOO_LARGE ', /too long/],
    ['a document over the limit only by its bytes', `a: ${'阿'.repeat(400_000)}`, 'TOO_LARGE ', /too long/],
    ['lists nested 10,000 deep', nested('['), 'TOO_LARGE ', /nested too deeply \(line 1/],
    ['objects nested 10,000 deep', nested('{"a":'), 'TOO_LARGE ', /nested too deeply/],
    ['block lists nested 10,000 deep', nested('- '), 'TOO_LARGE ', /nested too deeply/],
    ['complex keys nested 10,000 deep', nested('? '), 'TOO_LARGE ', /nested too deeply/],
    ['half a million commas', `[${','.repeat(500_000)}`, 'TOO_LARGE ', /too many/],
    ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, i) => `k${i}:`).join('\n'), 'TOO_LARGE ', /too many/],
    ['an alias bomb', 'a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]', 'NOT_PARSABLE a', /an anchor/],
    ['an alias to nothing', 'a: *nothing', 'NOT_PARSABLE a', /an alias/],
    ['an alias as a key', '*a : 1', 'NOT_PARSABLE line 1, column 1', /keys must be/],
    ['a custom tag', 'a: !ruby/object 1', 'NOT_PARSABLE line 1, column 4', /Unresolved tag/],
    ['a standard tag', 'a: !!binary aGk=', 'NOT_PARSABLE line 1, column 4', /tag/],
    ['a text tag', 'a: !!str 1', 'NOT_PARSABLE a', /a tag/],
    ['a directive', '%YAML 1.1\n---\na: yes', 'NOT_PARSABLE ', /directive/],
    ['two documents', 'a: 1\n---\nb: 2', 'NOT_PARSABLE ', /more than one/],
    ['nothing', '', 'NOT_PARSABLE ', /empty/],
    ['a comment only', '# nothing\n', 'NOT_PARSABLE ', /empty/],
    ['a key that stands there twice', 'a:\n  b: 1\n  b: 2', 'DUPLICATE a.b', /twice/],
    ['a key twice in JSON', '{"a": 1, "a": 1}', 'DUPLICATE a', /twice/],
    ['bytes that were no UTF-8', 'a: \uFFFD', 'NOT_PARSABLE ', /not readable as UTF-8 \(line 1, column 4\)/],
    ['half a surrogate pair', 'a: \uD800', 'NOT_PARSABLE ', /not readable as UTF-8/],
    ['an unfinished list', 'a: [1', 'NOT_PARSABLE line 1, column 6', /Flow sequence/],
    ['a list as a key', '? [a]\n: 1', 'NOT_PARSABLE line 1, column 3', /keys must be/],
  ])('%s', (_, text, finding, says) => {
    const start = performance.now();
    const result = readTerms(text);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(found(result)).toContain(finding);
    expect(result.ok ? '' : result.findings.map(({ message }) => message).join('\n')).toMatch(says);
  });
});

describe('values that are refused', () => {
  const itself: Record<string, unknown> = {};
  itself['again'] = itself;
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
    },
  );
  test.each<[sentence: string, value: unknown, finding: string]>([
    ['nothing', undefined, 'WRONG_TYPE '],
    ['null', null, 'WRONG_TYPE '],
    ['a number', 7, 'WRONG_TYPE '],
    ['a list', [], 'WRONG_TYPE '],
    ['a function', () => 1, 'WRONG_TYPE '],
    ['a value that contains itself', itself, 'TOO_LARGE '],
    ['a value nested 5,000 deep', deep, 'TOO_LARGE '],
    ['a value that throws when it is read', hostile, 'NOT_PARSABLE '],
    ['a date object', { ...valid, program: new Date(0) }, 'WRONG_TYPE program'],
    ['a big integer', { ...valid, format: 1n }, 'WRONG_TYPE format'],
    ['not a number', fifthProgram(['reward.exponent', Number.NaN]), 'WRONG_TYPE reward.exponent'],
    ['NUL in a text', fifthProgram(['program.name', 'a\u0000b']), 'BAD_VALUE program.name'],
    ['a damaged character in a text', fifthProgram(['program.name', 'a\uFFFDb']), 'BAD_VALUE program.name'],
    ['a very long text', fifthProgram(['program.name', 'x'.repeat(30_000)]), 'TOO_LARGE program.name'],
    ['the name of every object’s own', JSON.parse(`{"__proto__": {}, ${JSON.stringify(valid).slice(1)}`), 'UNKNOWN_FIELD __proto__'],
    ['a class named like a method', fifthProgram(['classes.names[0]', 'constructor']), 'BAD_VALUE classes.names[0]'],
    [
      'more clauses than can be checked',
      fifthProgram(['exclusions', Array.from({ length: 600 }, () => ({ id: 'LO-12' }))]),
      'TOO_LARGE exclusions',
    ],
  ])('%s', (_, value, finding) => {
    expect(found(validateTerms(value))).toContain(finding);
  });

  test('script and SQL in texts are texts', () => {
    const text = `<script>alert(1)</script>'; DROP TABLE terms; --`;
    expect(found(validateTerms(fifthProgram(['program.name', text], ['lists.zero-kinds[0]', text])))).toEqual([]);
  });

  test('thousands of faults are a thousand findings and a word about the rest', () => {
    const junk = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, 1]));
    const result = validateTerms(junk);
    expect(result.ok ? 0 : result.findings.length).toBe(1_001);
    expect(found(result).at(-1)).toBe('TOO_LARGE ');
  });
});

/** Every place of a value: the steps that lead there. */
function placesOf(value: unknown, steps: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [steps];
  const entries = Array.isArray(value) ? value.map((item, i) => [i, item] as const) : Object.entries(value);
  return [steps, ...entries.flatMap(([key, member]) => placesOf(member, [...steps, key]))];
}

function valueAt(value: unknown, steps: (string | number)[]): unknown {
  return steps.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

/** Objects whose keys the document chooses itself. */
const FREE = /^(lists|thresholds|amounts|ranges|cells)$/;
const isFree = (steps: (string | number)[]) => FREE.test(String(steps.at(-1))) || steps.includes('cells');

describe('a valid document, damaged in one place', () => {
  const places = placesOf(valid).filter((steps) => steps.length > 0);
  const anyPlace = fc.constantFrom(...places);
  const junk = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([]),
    fc.constant({}),
    fc.jsonValue(),
  );
  const damaged = (
    steps: (string | number)[],
    change: (parent: Record<string | number, unknown>, key: string | number) => void,
  ): unknown => {
    const document = fifthProgram();
    change(valueAt(document, steps.slice(0, -1)) as Record<string | number, unknown>, steps.at(-1) as string | number);
    return document;
  };

  /** It answers, and the same for the text as for the value. */
  function answers(document: unknown): ReadResult {
    const result = validateTerms(document);
    if (!result.ok) {
      expect(result.findings.length).toBeGreaterThan(0);
      for (const finding of result.findings) expect(finding.message).toContain('Expected');
    }
    return result;
  }

  test('a deleted member never throws', () => {
    fc.assert(
      fc.property(anyPlace, (steps) => {
        answers(damaged(steps, (parent, key) => (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key])));
      }),
    );
  });

  test('a replaced value never throws', () => {
    fc.assert(
      fc.property(anyPlace, junk, (steps, value) => {
        answers(
          damaged(steps, (parent, key) => {
            parent[key] = value;
          }),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('a renamed key is always found', () => {
    const named = places.filter((steps) => typeof steps.at(-1) === 'string' && !isFree(steps.slice(0, -1)));
    fc.assert(
      fc.property(fc.constantFrom(...named), (steps) => {
        const result = answers(
          damaged(steps, (parent, key) => {
            parent[`${key}Qx`] = parent[key];
            delete parent[key];
          }),
        );
        expect(found(result).some((one) => /^UNKNOWN_(FIELD|OPERATOR) .*Qx$/.test(one))).toBe(true);
      }),
    );
  });

  test('an inserted key is always found', () => {
    const objects = places.filter(
      (steps) => !isFree(steps) && !Array.isArray(valueAt(valid, steps)) && typeof valueAt(valid, steps) === 'object',
    );
    const key = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `q${text}`);
    fc.assert(
      fc.property(fc.constantFrom([], ...objects), key, junk, (steps, name, value) => {
        const result = answers(
          damaged([...steps, name], (parent, last) => {
            parent[last] = value;
          }),
        );
        expect(found(result).some((one) => /^UNKNOWN_(FIELD|OPERATOR) /.test(one))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('any text is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(readTerms(text).ok).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('a text with a few characters changed is answered', () => {
    const text = stringify(valid);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'grapheme', maxLength: 4 }), (place, insert) => {
        expect(typeof readTerms(text.slice(0, place) + insert + text.slice(place + 1)).ok).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });
});
