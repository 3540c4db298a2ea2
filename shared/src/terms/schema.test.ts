import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { documents, fifthProgram } from '../testing/documents.ts';
import { builtInFact, catalogue, operatorNamed } from './catalogue.ts';
import { countryCodes, currencyExponent } from './codes.ts';
import { validateTerms } from './read.ts';
import { termsJsonSchema } from './schema.ts';

const fits = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(termsJsonSchema);

describe('the schema for editors', () => {
  test.each(Object.entries(documents))('%s fits', (_, text) => {
    expect(fits(parse(text)) ? [] : fits.errors).toEqual([]);
  });

  test.each<[sentence: string, path: string, value: unknown]>([
    ['a field too many', 'program.colour', 'red'],
    ['a field too few', 'rounding', undefined],
    ['an unknown operator', 'rates[1].when', { fact: 'line.kind', iss: 'a' }],
    ['two operators', 'rates[1].when', { fact: 'line.kind', is: 'a', isNot: 'b' }],
    ['an unknown kind of rate', 'rates[0].rate.kind', 'fix'],
    ['a field of another kind of rate', 'rates[0].rate.atLeast', '1'],
    ['two lengths of time', 'attribution.windows[0].days', 1],
    ['a percent over a hundred', 'rates[0].rate.percent', '101'],
    ['a number for a decimal', 'caps[0].amount', 25],
  ])('%s does not fit', (_, path, value) => {
    expect(fits(fifthProgram([path, value]))).toBe(false);
  });

  test('what the schema refuses, validation refuses too', () => {
    const places = [...pathsOf(fifthProgram())];
    const junk = fc.oneof(
      fc.constant(undefined),
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant([]),
      fc.constant({}),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (path, value) => {
        const document = fifthProgram([path, value]);
        fc.pre(!fits(document));
        expect(validateTerms(document).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

function* pathsOf(value: unknown, path = ''): Generator<string> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, member] of Object.entries(value)) {
    const inside = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    yield inside;
    yield* pathsOf(member, inside);
  }
}

describe('the catalogue', () => {
  test('every fact is found by its path, has words and a description, and an operator', () => {
    for (const fact of catalogue.facts) {
      expect(builtInFact(fact.path)).toBe(fact);
      expect(fact.path.startsWith(`${fact.level}.`)).toBe(true);
      expect(fact.description).toMatch(/\.$/);
      expect(fact.words).not.toBe('');
      expect(catalogue.operators.some((operator) => operator.types.includes(fact.type))).toBe(true);
    }
    expect(new Set(catalogue.facts.map((fact) => fact.path)).size).toBe(catalogue.facts.length);
  });

  test('names of methods are no facts and no operators', () => {
    expect(builtInFact('constructor')).toBeUndefined();
    expect(operatorNamed('toString')).toBeUndefined();
  });

  test('every shape and property is described', () => {
    for (const shape of catalogue.shapes) {
      expect(shape.description).toMatch(/\.$/);
      for (const property of Object.values(shape.properties)) expect(property.description).toMatch(/\.$/);
    }
    expect(catalogue.clauseKinds.length).toBeGreaterThan(20);
  });

  test('codes are those of the standards', () => {
    const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(countryCodes.size).toBe(249);
    for (const code of countryCodes) expect(regions.of(code)).toBeTruthy();
    expect(['USD', 'JPY', 'KWD', 'CLP'].map(currencyExponent)).toEqual([2, 0, 3, 0]);
  });
});
