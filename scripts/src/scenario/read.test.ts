import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findFiles, readScenario } from './read.ts';

const folders: string[] = [];

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-read-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function read(text: string) {
  return readScenario(join(folderOf({ 'a.yaml': text }), 'a.yaml'));
}

const steps = (...lines: string[]) => `title: t\nprogram: p\nsteps:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('reading a scenario', () => {
  it('takes instants and amounts as the texts they are', () => {
    const { steps: read_ } = read(
      steps('{ at: 2026-01-01T00:00:00Z, wait: {} }', '{ at: 2026-01-01T08:00:00+08:00, repeat: true, refund: { id: r, order: o } }'),
    );
    expect(read_.map(({ number, at, instant, kind, repeat }) => ({ number, at, instant, kind, repeat }))).toEqual([
      { number: 1, at: '2026-01-01T00:00:00Z', instant: 1767225600000, kind: 'wait', repeat: false },
      { number: 2, at: '2026-01-01T08:00:00+08:00', instant: 1767225600000, kind: 'refund', repeat: true },
    ]);
  });

  it.each([
    [
      'a step that tells two things',
      steps('{ at: 2026-01-01T00:00:00Z, wait: {}, pay: { order: o } }'),
      /step 1: a step tells exactly one thing; .* wait and pay/,
    ],
    ['a step that tells nothing', steps('{ at: 2026-01-01T00:00:00Z }'), /step 1: .* tells nothing/],
    ['an unknown word', steps('{ at: 2026-01-01T00:00:00Z, pay: { order: o, how: cash } }'), /step 1 pay: "how" is not known here/],
    [
      'an amount that is a number',
      steps('{ at: 2026-01-01T00:00:00Z, order: { id: o, items: [{ sku: a, price: 1.5 }] } }'),
      /price: 1.5 must be string/,
    ],
    [
      'a word that is none of the choice',
      steps('{ at: 2026-01-01T00:00:00Z, spam: { order: o, status: maybe } }'),
      /"maybe" is none of N, Y/,
    ],
    ['a day that is none', steps('{ at: 2026-02-29T00:00:00Z, wait: {} }'), /"2026-02-29T00:00:00Z" is no instant/],
    ['an instant without a zone', steps('{ at: 2026-02-28T00:00:00, wait: {} }'), /is no instant/],
    [
      'a step back in time',
      steps('{ at: 2026-01-02T00:00:00Z, wait: {} }', '{ at: 2026-01-01T00:00:00Z, wait: {} }'),
      /Step 2 is at .*, before/,
    ],
    ['no steps', 'title: t\nprogram: p\nsteps: []\n', /fewer than 1/],
    ['a missing title', 'program: p\nsteps: [{ at: 2026-01-01T00:00:00Z, wait: {} }]\n', /title is missing/],
    ['no YAML', 'title: [', /can't be read/],
    ['a key twice', 'title: t\ntitle: u\nprogram: p\nsteps: [{ at: 2026-01-01T00:00:00Z, wait: {} }]\n', /can't be read/],
    ['no object', '- 1\n', /does not fit the schema/],
  ])('refuses %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('finds the files of folders, in order, and leaves terms, schemas and all else out', () => {
    const folder = folderOf({
      'b.yaml': 'title: b',
      'a/c.yml': 'title: c',
      'own.yaml': '# Own terms\nformat: tributary/terms/1\n',
      'scenario.schema.json': '{}',
      'README.md': '',
      '.hidden/x.yaml': '',
    });
    expect(findFiles(['.'], [folder]).map((file) => file.slice(folder.length + 1))).toEqual(['a/c.yml', 'b.yaml']);
    expect(findFiles(['b.yaml', 'b.yaml', 'none.yaml'], [folder])).toEqual([join(folder, 'b.yaml'), join(folder, 'none.yaml')]);
  });
});
