import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readConfig } from '@tributary/api';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../run.ts';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const inDocs = readdirSync(join(REPOSITORY, 'docs'), { recursive: true })
  .map((name) => join('docs', String(name)))
  .filter((name) => name.endsWith('.md'));
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs];

/** The names of a page's headings as links write them. */
function anchorsOf(page: string): Set<string> {
  const headings = read(page)
    .replaceAll(/^```.*?^```$/gms, '')
    .matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe.each(PAGES)('%s', (page) => {
  it('links only to what is there', () => {
    const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!).filter((target) => !/^[a-z]+:/.test(target));
    const broken = targets.filter((target) => {
      const [path, anchor] = target.split('#') as [string, string | undefined];
      const file = path === '' ? page : relative(REPOSITORY, join(REPOSITORY, dirname(page), path));
      if (!existsSync(join(REPOSITORY, file))) return true;
      return anchor !== undefined && !anchorsOf(file).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npx pnpm ([a-z]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts) && name !== 'install')).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('names every variable that the environment may set', () => {
    const asked = new Set<string>();
    readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
    expect(asked.size).toBeGreaterThan(5);
    const page = read('docs/operations.md');
    expect([...asked].filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('the decisions', () => {
  it('are numbered without a gap, and their titles bear the numbers', () => {
    const files = readdirSync(join(REPOSITORY, 'docs', 'decisions')).sort();
    const numbers = files.map((name) => name.slice(0, 4));
    expect(numbers).toEqual(files.map((_, index) => String(index + 1).padStart(4, '0')));
    for (const name of files) expect(read(join('docs', 'decisions', name))).toMatch(new RegExp(`^# ${name.slice(0, 4)} `));
  });
});
