import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: ['bigseller'], startsAt: '2026-01-01T00:00:00Z' });
});
afterAll(() => api.close());

const BIGSELLER = readFileSync(new URL('programs/bigseller.yaml', import.meta.resolve('@tributary/shared/terms')), 'utf8');
const named = (key: string) => BIGSELLER.replace('key: bigseller', `key: ${key}`);

interface UserErrors {
  userErrors: { code: string; message: string; path: string[] }[];
}
const create = (input: object) =>
  sandbox.staff<{ createProgram: UserErrors & { program: { key: string } | null } }>(
    'mutation ($input: CreateProgramInput!) { createProgram(input: $input) { program { key name unit terms { number holdsFrom } } userErrors { code message path } } }',
    { input },
  );
const publish = (input: object, by = sandbox) =>
  by.staff<{ publishTerms: UserErrors & { termsVersion: { id: string; number: number } | null } }>(
    'mutation ($input: PublishTermsInput!) { publishTerms(input: $input) { termsVersion { id number holdsFrom } userErrors { code message path } } }',
    { input },
  );
const versions = (key: string) =>
  sandbox.integrator<{ program: { terms: { number: number } | null; termsVersions: { number: number; holdsFrom: string }[] } | null }>(
    `{ program(key: "${key}") { terms { number } termsVersions { number holdsFrom } } }`,
  );

describe('a program', () => {
  it('is made of a document', async () => {
    const { createProgram } = await create({ document: named('acme') });
    expect(createProgram).toEqual({
      program: { key: 'acme', name: expect.any(String), unit: 'USD', terms: { number: 1, holdsFrom: '1970-01-01T00:00:00Z' } },
      userErrors: [],
    });
    const { program } = await sandbox.staff<{ program: { terms: { document: string } } }>(
      '{ program(key: "acme") { terms { document } } }',
    );
    expect(JSON.parse(program.terms.document)).toMatchObject({ format: 'tributary/terms/1', program: { key: 'acme' } });
  });

  it('has no terms before they hold', async () => {
    await create({ document: named('later'), holdsFrom: '2027-01-01T00:00:00Z' });
    expect(await versions('later')).toMatchObject({ program: { terms: null, termsVersions: [{ number: 1 }] } });
  });

  it('is not made twice', async () => {
    expect((await create({ document: BIGSELLER })).createProgram).toMatchObject({ program: null, userErrors: [{ code: 'CONFLICT' }] });
  });

  it('is not there for others', async () => {
    const other = await createTestSandbox(api);
    expect(await other.staff('{ program(key: "bigseller") { key } programs { totalCount } }')).toEqual({
      program: null,
      programs: { totalCount: 0 },
    });
    const { publishTerms } = await publish({ program: 'bigseller', document: BIGSELLER, holdsFrom: '2027-01-01T00:00:00Z' }, other);
    expect(publishTerms).toMatchObject({ termsVersion: null, userErrors: [{ code: 'NOT_FOUND', path: ['program'] }] });
  });

  it('is not made of a document that is wrong, and all that is wrong is said at once', async () => {
    const document = BIGSELLER.replace('format: tributary/terms/1', 'format: tributary/terms/1\nextra: 1').replace(
      'currency: USD',
      'currency: XXX',
    );
    const { createProgram } = await create({ document });
    expect(createProgram.program).toBeNull();
    expect(createProgram.userErrors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'INVALID', path: ['document', 'extra'] }),
        expect.objectContaining({ code: 'INVALID', path: ['document', 'program', 'currency'] }),
      ]),
    );
  });

  it.each([
    '',
    '[',
    '{"format":1}',
    '<script>',
    "'; drop table program; --",
    '- '.repeat(1000),
    `a: ${'x'.repeat(10_000_000)}`,
    '['.repeat(5_000_000),
  ])('is not made of rubbish: %.20s', async (document) => {
    const { createProgram } = await create({ document });
    expect(createProgram.program).toBeNull();
    expect(createProgram.userErrors[0]).toMatchObject({ code: 'INVALID' });
  });
});

describe('terms', () => {
  it('are looked at as a draft: in words, with all that speaks against them, and nothing is written', async () => {
    await create({ document: named('drafted') });
    const draft = async (document: string, holdsFrom = '2026-03-01T00:00:00Z', key = 'drafted') => {
      const { draftTerms } = await sandbox.staff<{
        draftTerms: { clauses: { sentence: string }[]; problems: { path: string[] }[] } | null;
      }>(
        'query ($program: String!, $document: String!, $holdsFrom: Instant!) { draftTerms(program: $program, document: $document, holdsFrom: $holdsFrom) { clauses { sentence } problems { path } } }',
        { program: key, document, holdsFrom },
      );
      return draftTerms;
    };
    expect(await draft(named('drafted'))).toMatchObject({ problems: [] });
    expect((await draft(named('drafted')))?.clauses.length).toBeGreaterThan(5);
    const unread = await draft('program: 5');
    expect(unread?.clauses).toEqual([]);
    expect(unread?.problems.every(({ path }) => path[0] === 'document')).toBe(true);
    expect(unread?.problems.length).toBeGreaterThan(0);
    const late = await draft(named('other'), '2020-01-01T00:00:00Z');
    expect(late?.problems.map(({ path }) => path.join('.'))).toEqual(['document.program.key', 'holdsFrom']);
    expect(await draft(named('drafted'), undefined, 'nobody')).toBeNull();
    expect(await versions('drafted')).toMatchObject({ program: { termsVersions: [{ number: 1 }] } });
  });

  it('are published from an instant on; before it the earlier ones hold', async () => {
    await create({ document: named('versions') });
    const { publishTerms } = await publish({ program: 'versions', document: named('versions'), holdsFrom: '2026-03-01T00:00:00Z' });
    expect(publishTerms).toMatchObject({ termsVersion: { number: 2, holdsFrom: '2026-03-01T00:00:00Z' }, userErrors: [] });
    expect(await versions('versions')).toMatchObject({ program: { terms: { number: 1 }, termsVersions: [{ number: 1 }, { number: 2 }] } });
    const { integrator, at } = sandbox;
    await at('2026-03-01T00:00:00Z');
    expect(await integrator('{ program(key: "versions") { terms { number } } }')).toEqual({ program: { terms: { number: 2 } } });
  });

  it('are never changed for the past', async () => {
    const { now } = await sandbox.staff<{ now: string }>('{ now }');
    const before = new Date(Date.parse(now) - 1).toISOString();
    const { publishTerms } = await publish({ program: 'bigseller', document: BIGSELLER, holdsFrom: before });
    expect(publishTerms).toMatchObject({ termsVersion: null, userErrors: [{ code: 'INVALID', path: ['holdsFrom'] }] });
    expect((await publish({ program: 'bigseller', document: BIGSELLER, holdsFrom: now })).publishTerms.termsVersion).toMatchObject({
      number: 2,
    });
  });

  it('of another program, or that pay in another unit, are turned away', async () => {
    const document = BIGSELLER.replace('key: bigseller', 'key: other')
      .replace('unit: USD', 'unit: EUR')
      .replace('currency: USD', 'currency: EUR');
    const { publishTerms } = await publish({ program: 'bigseller', document, holdsFrom: '2030-01-01T00:00:00Z' });
    expect(publishTerms.userErrors.map(({ path }) => path.join('.'))).toEqual([
      'document.program.currency',
      'document.program.key',
      'document.reward.unit',
    ]);
  });

  it('get numbers without gaps when many are published at once', async () => {
    await create({ document: named('busy') });
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, day) =>
        publish({ program: 'busy', document: named('busy'), holdsFrom: `2030-01-0${day + 1}T00:00:00Z` }),
      ),
    );
    expect(all.map(({ publishTerms }) => publishTerms.termsVersion?.number).sort()).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('are published by staff only', async () => {
    const query = `mutation { publishTerms(input: { program: "bigseller", document: "", holdsFrom: "2030-01-01T00:00:00Z" }) { userErrors { code } } }`;
    expect((await api.send(sandbox.integratorToken, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const hidden = await api.send<{ program: object }>(sandbox.integratorToken, '{ program(key: "bigseller") { terms { publishedBy } } }');
    expect(hidden.errors).toBeUndefined();
  });
});

describe('what terms say', () => {
  it('can be read as sentences with their sources', async () => {
    const { program } = await sandbox.integrator<{
      program: { terms: { clauses: { path: string; rule: string; sentence: string; source: string | null; assumed: boolean }[] } };
    }>('{ program(key: "bigseller") { terms { clauses { path rule sentence source assumed } } } }');
    expect(program.terms.clauses.length).toBeGreaterThan(5);
    expect(program.terms.clauses).toContainEqual({
      path: 'rates[0]',
      rule: 'BS-07',
      sentence: expect.stringContaining('10'),
      source: 'Commission Details, Commission Rates',
      assumed: false,
    });
  });

  it('is described by a catalogue that everybody may read', async () => {
    const { termsCatalogue } = await sandbox.integrator<{
      termsCatalogue: {
        facts: { path: string }[];
        operators: object[];
        sections: object[];
        shapes: object[];
        jsonSchema: string;
        bundledPrograms: string[];
      };
    }>(
      `{ termsCatalogue {
           facts { path type level description words values examples } operators { name types operand description }
           sections { name conditions levels combines description }
           shapes { name description clause oneOf properties { name value required description } } jsonSchema bundledPrograms } }`,
    );
    expect(termsCatalogue.facts.map(({ path }) => path)).toContain('order.price');
    expect(termsCatalogue.shapes).toContainEqual(expect.objectContaining({ name: 'RateClause', clause: true }));
    expect(JSON.parse(termsCatalogue.jsonSchema)).toHaveProperty('definitions');
    expect(termsCatalogue.bundledPrograms).toHaveLength(4);
  });
});
