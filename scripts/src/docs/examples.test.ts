import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApi, type TestApi } from '@tributary/api/testing';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../run.ts';
import { Api } from '../scenario/api.ts';
import { Client } from '../scenario/client.ts';
import { playFile } from '../scenario/play.ts';
import { fits, readExamples } from './examples.ts';
import { Reader, refusalsIn } from './play.ts';

/** Each is a story of its own, in a sandbox that its own examples make. */
const PAGES = ['README.md', 'docs/api.md'];

const schema = buildSchema(readFileSync(join(REPOSITORY, 'schema.graphql'), 'utf8'));
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe.each(PAGES)('the examples of %s', (page) => {
  const examples = readExamples(page);

  it('are there, and fit schema.graphql', () => {
    expect(examples.length).toBeGreaterThan(5);
    const problems = examples.flatMap(({ place, query }) => validate(schema, parse(query)).map(({ message }) => `${place}: ${message}`));
    expect(problems).toEqual([]);
  });

  it('do what the page says, one after the other', { timeout: 60_000 }, async () => {
    const send = (token: string, query: string, variables: Readonly<Record<string, unknown>>) =>
      api.as(token)<Record<string, unknown>>(query, { ...variables });
    const reader = new Reader(send, api.staffToken);
    for (const example of examples) {
      const found = await reader.call(example).catch((error: Error) => {
        throw new Error(`${example.place}: ${error.message}`);
      });
      if (example.answer === undefined) expect(refusalsIn(found), example.place).toEqual([]);
      else if (!fits(example.answer, found)) expect(found, example.place).toEqual(example.answer);
    }
  });
});

describe('the scenario of README.md', () => {
  it('plays', async () => {
    const [, text] = /^```yaml\n(title: .*?)^```/ms.exec(readFileSync(join(REPOSITORY, 'README.md'), 'utf8')) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'tributary-readme-'));
    const client = new Client(`${api.url}/graphql`, 2);
    try {
      const file = join(folder, 'story.yaml');
      writeFileSync(file, text!);
      const parts = { client, api: await Api.learn(client, api.staffToken), staff: api.staffToken, log: () => '' };
      expect(await playFile(parts, file)).toMatchObject({ failure: [] });
    } finally {
      await client.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an answer', () => {
  it('fits what is shown of it when only texts shown as … differ', () => {
    expect(fits({ a: ['…', { b: 'trb_…' }] }, { a: ['x', { b: 'trb_1' }] })).toBe(true);
    expect(fits({ a: 'x' }, { a: 'y' })).toBe(false);
    expect(fits({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(fits({ a: ['…'] }, { a: ['x', 'y'] })).toBe(false);
    expect(fits({ a: null }, { a: 'x' })).toBe(false);
  });
});
