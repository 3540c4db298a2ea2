import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../run.ts';

const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const page = read('docs/operations/security.md');

/** A row of a table: what it is about, and the tests that it names, by file. */
interface Row {
  readonly about: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const rows: readonly Row[] = [...page.matchAll(/^\| (.+?) \| .+ \| (.+) \|$/gm)]
  .map(([, about, shown]) => ({ about: about!, tests: shown!.split('<br>').flatMap(testsOf) }))
  .filter(({ about }) => !['risk', 'row', 'attempt'].includes(about));

/** `file`: `title`; `title` */
function testsOf(text: string): Row['tests'] {
  const [file, ...titles] = [...text.matchAll(/`([^`]+)`/g)].map(([, part]) => part!);
  return titles.map((title) => ({ file: file!, title }));
}

/** Does a title stand in the file, as a whole or with something before or behind it that the run fills in? */
function isThere(file: string, title: string): boolean {
  return ["'", '"', '`', ' '].some((before) => ["'", '"', '`', ' ('].some((behind) => read(file).includes(before + title + behind)));
}

describe('docs/operations/security.md', () => {
  it('goes through the ten risks, and more', () => {
    const risks = rows.flatMap(({ about }) => /^API\d+/.exec(about)?.[0] ?? []);
    expect(risks).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
    expect(rows.length).toBeGreaterThan(25);
  });

  it.each(rows.map((row) => [row.about, row] as const))('names tests that there are: %s', (_, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, title } of tests) {
      expect(existsSync(join(REPOSITORY, file)), file).toBe(true);
      expect(isThere(file, title), `${file}: ${title}`).toBe(true);
    }
  });
});
