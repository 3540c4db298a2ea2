import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { apiSchema } from '../../schema.ts';
import { measure } from './measure.ts';

const sizeOf = (query: string) => measure(apiSchema(), parse(query))[0]!;
const costOf = (query: string) => sizeOf(query).cost;

describe('the measure of an operation', () => {
  it('multiplies what stands in lists', () => {
    // The list, the nodes, and two fields of each.
    expect(costOf('{ orders(first: 50) { nodes { id externalId } } }')).toBe(1 + 1 + 50 * 2);
    expect(costOf('{ orders { nodes { id externalId } } }')).toBe(1 + 1 + 20 * 2);
    expect(costOf('query ($n: Int!) { orders(first: $n) { nodes { id } } }')).toBe(1 + 1 + 100);
    expect(costOf('{ orders(first: 50) { edges { node { id } } } }')).toBe(1 + 1 + 50 * 2);
    expect(costOf('{ orders(first: 50) { nodes { lines { sku } } } }')).toBe(1 + 1 + 50 * (1 + 10));
  });

  it('leaves alone what does not', () => {
    expect(costOf('{ orders(first: 50) { pageInfo { hasNextPage endCursor } } }')).toBe(4);
    expect(costOf('{ viewer { name organization { name } } }')).toBe(4);
  });

  it('counts acts and whole lists for what they are to the database', () => {
    expect(costOf('{ orders { totalCount } }')).toBe(1 + 20);
    expect(costOf('mutation { revokeToken(input: { id: "x" }) { userErrors { code } } }')).toBe(20 + 1 + 1 + 10);
  });

  it('counts long texts for what they weigh', () => {
    const documents = '{ program(key: "x") { documents { text } } }';
    expect(costOf(documents)).toBe(1 + 1 + 10 * 2_000);
    // Fifty times the same would be hundreds of megabytes.
    const many = Array.from({ length: 50 }, (_, index) => `a${index}: program(key: "x") { documents { text } }`).join(' ');
    expect(costOf(`{ ${many} }`)).toBeGreaterThan(100_000);
    expect(costOf('{ requests(first: 100) { nodes { thread { text } } } }')).toBeGreaterThan(100_000);
    const news = Array.from({ length: 10 }, (_, index) => `a${index}: news(program: "x", first: 100) { nodes { body } }`).join(' ');
    expect(costOf(`{ ${news} }`)).toBeGreaterThan(100_000);
    expect(costOf('{ a: commissions(first: 100) { nodes { termsVersion { document b: document c: document } } } }')).toBeGreaterThan(
      50_000,
    );
    const previews = Array.from({ length: 10 }, (_, index) => `a${index}: importPreview(id: "x") { preview { missing } }`).join(' ');
    expect(costOf(`{ ${previews} }`)).toBeGreaterThan(100_000);
    expect(costOf('{ requests(first: 20) { nodes { thread { text } } } }')).toBeLessThan(100_000);
  });

  it('takes fragments out of their names, and is not led in circles', () => {
    const query = '{ ...a ...a x: now } fragment a on Query { now viewer { ...b } } fragment b on Viewer { name }';
    expect(sizeOf(query)).toMatchObject({ roots: 5, selections: 7, aliases: 1, depth: 2 });
    expect(sizeOf('{ ...a } fragment a on Query { now ...a }')).toMatchObject({ roots: 1, selections: 1 });
    expect(sizeOf(`{ ${'... { '.repeat(100)} now ${'}'.repeat(100)} }`).depth).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts directives, on operations, fields and fragments', () => {
    expect(sizeOf('query @a { now @b ...c @d } fragment c on Query { now @e }').directives).toBe(4);
  });
});
