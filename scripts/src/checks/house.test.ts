import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../run.ts';
import { checkHouse, type House } from './house.ts';

const folders: string[] = [];

function check(files: Record<string, string>): House {
  const root = mkdtempSync(join(tmpdir(), 'tributary-house-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkHouse(root);
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the check of the house', () => {
  it('passes this repository', () => {
    expect(checkHouse(REPOSITORY).errors).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    ['a built-in in shared', 'shared/src/a.ts', "import 'node:fs';", /pure.*node:fs/],
    ['a built-in without its prefix', 'shared/src/a.ts', "import 'fs';", /pure.*fs/],
    ['the API in shared', 'shared/src/a.ts', "import '@tributary/api';", /may not import @tributary\/api/],
    ['a way out of shared', 'shared/src/a.ts', "import '../../api/src/b.ts';", /leave its package/],
    ['the clock in shared', 'shared/src/a.ts', 'export const now = Date.now();', /Date\.now/],
    ['the time of now in shared', 'shared/src/a.ts', 'export const now = new Date();', /new Date/],
    ['chance in shared', 'shared/src/a.ts', 'export const n = Math.random();', /Math\.random/],
    ['the environment in shared', 'shared/src/a.ts', "export const home = process.env['HOME'];", /process/],
    ['the environment in shared, taken apart', 'shared/src/a.ts', 'export const { env } = process;', /process/],
    ['the API in the admin', 'admin/src/a.tsx', "import '@tributary/api';", /may not import/],
    ["shared's inner files in the admin", 'admin/src/a.tsx', "import '../../shared/src/money/a.ts';", /leave its package/],
    ["the API's inner files in scripts", 'scripts/src/a.ts', "import '@tributary/api/src/app.ts';", /may not import/],
    ['a way past an index', 'api/src/modules/order/a.ts', "import type { X } from '../ledger/ledger.service.ts';", /index only/],
    ['a way past an index from outside', 'api/src/app.ts', "await import('./modules/ledger/ledger.service.ts');", /index only/],
    ['an import without an ending', 'api/src/a.ts', "import './b';", /ends in \.ts/],
    ['an import that ends in .js', 'api/src/a.ts', "export * from './b.js';", /ends in \.ts/],
    ['a type given up', 'api/src/a.ts', 'export const x: any = 1;', /any/],
    ['a cast given up', 'api/src/a.test.ts', 'export const x = 1 as any;', /any/],
    ['an open end', 'api/src/a.ts', `// ${'TO'}${'DO'}: later`, /open ends/],
    ['a lonely test', 'api/src/a.test.ts', `it.${'only'}('x', () => {});`, /skip the others/],
  ])('refuses %s', (_, path, text, message) => {
    const { errors } = check({ [path]: text });
    expect(errors).toEqual([{ path, line: 1, message: expect.stringMatching(message) }]);
  });

  it('refuses the name of a bundled program in code, but not in its document and in tests', () => {
    const files = {
      'shared/src/terms/programs/acme.yaml': 'id: acme',
      'shared/src/terms/load.ts': '',
      'api/src/special.ts': "\nexport const special = 'ACME-only';",
      'api/src/special.test.ts': "export const special = 'acme';",
    };
    expect(check(files).errors).toEqual([{ path: 'api/src/special.ts', line: 2, message: expect.stringContaining('ACME') }]);
  });

  it('refuses a circle between modules, and lets one inside a module and one of types alone be', () => {
    const circle = {
      'api/src/modules/a/index.ts': "import '../b/index.ts';",
      'api/src/modules/b/index.ts': "export * from './inner.ts';",
      'api/src/modules/b/inner.ts': "import '../a/index.ts';",
    };
    expect(check(circle).errors).toEqual([expect.objectContaining({ message: expect.stringContaining('import each other') })]);
    expect(check({ 'shared/src/a/x.ts': "import './y.ts';", 'shared/src/a/y.ts': "import './x.ts';" }).errors).toEqual([]);
    const types = { ...circle, 'api/src/modules/b/inner.ts': "import type { A } from '../a/index.ts';" };
    expect(check(types).errors).toEqual([]);
  });

  it('finds a circle that goes through the name of a package', () => {
    const files = {
      'shared/src/money/index.ts': "import '@tributary/shared/time';",
      'shared/src/time/index.ts': "import '../money/index.ts';",
    };
    expect(check(files).errors).toHaveLength(1);
  });

  it('lets pass what only looks alike', () => {
    const files = {
      'shared/src/a.ts': 'export const process = (at: number) => new Date(at);\nexport const company = { process: 1 }.process;',
      'api/src/b.ts':
        "import { readFileSync } from 'node:fs';\nimport { money } from '@tributary/shared/money';\nexport const now = Date.now();",
      'scripts/src/c.ts': "import '@tributary/api';\nimport '@tributary/shared';",
    };
    expect(check(files).errors).toEqual([]);
  });

  it('warns of long files and long functions', () => {
    const lines = (count: number) => '  f();\n'.repeat(count);
    const { errors, warnings } = check({ 'api/src/long.ts': `export function long() {\n${lines(70)}}\n${'f();\n'.repeat(300)}` });
    expect(errors).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual(['a file of 372 lines', 'the function long of 72 lines']);
  });
});
