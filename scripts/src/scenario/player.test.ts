import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { REPOSITORY } from '../run.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const HEAD = `title: A story of one order
program: banggood
steps:
  - { at: 2026-03-01T00:00:00Z, enroll: { affiliate: ann, country: DE, class: bronze } }
  - { at: 2026-03-02T10:00:00Z, click: { id: k1, affiliate: ann, visitor: v1, country: DE, landing: { page: home } } }
  - { at: 2026-03-03T10:00:00Z, order: { id: o1, visitor: v1, country: DE, items: [{ sku: socks, category: clothing-and-apparel, price: "9.00" }] } }
`;

const FILES: Record<string, string> = {
  'a-good.yaml': `${HEAD}
  - { at: 2026-03-03T10:00:00Z, repeat: true, pay: { order: o1 } }
  - { at: 2026-03-03T11:00:00Z, refused: CONFLICT, click: { id: k1, affiliate: ann, visitor: v2 } }
  - { at: 2026-03-03T12:00:00Z, expect: { orders: { o1: { affiliate: ann, commission: "54", status: pending, because: [BG-04], lines: { socks: "54" } } }, balances: { ann: { pending: "54", available: "0" } }, clicks: { k1: { attributable: true } } } }
`,
  'b-expects-more.yaml': `${HEAD}
  - { at: 2026-03-03T12:00:00Z, expect: { orders: { o1: { commission: "55" } }, balances: { ann: { pending: "54" }, bob: { pending: "0" } } } }
`,
  'c-fits-no-schema.yaml': `${HEAD}
  - { at: 2026-03-03T12:00:00Z, expect: { orders: { o1: { comission: "54" } } } }
`,
  'd-unknown-program.yaml': HEAD.replace('banggood', 'banggod'),
  'e-not-refused.yaml': `${HEAD}
  - { at: 2026-03-03T12:00:00Z, refused: CONFLICT, pay: { order: o1 } }
`,
  'f-refused-otherwise.yaml': `${HEAD}
  - { at: 2026-03-03T12:00:00Z, refused: BG-09, refund: { id: r1, order: o1, lines: [{ sku: hat }] } }
`,
  'g-refused-unexpectedly.yaml': `${HEAD}
  - { at: 2026-03-03T12:00:00Z, refund: { id: r1, order: o1, lines: [{ sku: hat }] } }
`,
  'h-terms-not-there.yaml': HEAD.replace('banggood', './none.yaml'),
  'i-late-act.yaml': `${HEAD}
  - { at: 2026-03-03T12:00:00Z, occurredAt: 2026-03-03T11:00:00Z, suspend: { affiliate: ann } }
`,
};

interface Played {
  readonly status: number;
  readonly lines: readonly string[];
}

function play(folder: string, ...files: string[]): Promise<Played> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: inject('postgresUrl'),
    TSX_TSCONFIG_PATH: join(REPOSITORY, 'tsconfig.base.json'),
  };
  delete env['INIT_CWD'];
  return new Promise((resolve) => {
    const args = ['--import', import.meta.resolve('tsx'), MAIN, ...files];
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, lines: stdout.trimEnd().split('\n') });
    });
  });
}

describe('the player of scenarios', { timeout: 180_000 }, () => {
  let folder: string;
  let all: Played;

  /** What is printed of one file. */
  const about = (name: string) => {
    const from = all.lines.findIndex((line) => line.startsWith(`FAILED  ${name}`));
    const rest = all.lines.slice(from + 1);
    const end = rest.findIndex((line) => !line.startsWith(' '));
    return [all.lines[from], ...rest.slice(0, end)].join('\n');
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-player-'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    all = await play(folder, '.', 'none.yaml');
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints a line for each file, in order, and last the count alone; the status tells that some failed', () => {
    const first = all.lines.filter((line) => !line.startsWith(' ')).map((line) => line.replace(/ \(.*/, ''));
    expect(first).toEqual([
      'passed  a-good.yaml',
      ...Object.keys(FILES)
        .slice(1)
        .map((name) => `FAILED  ${name}`),
      'FAILED  none.yaml',
      '1 passed, 9 failed',
    ]);
    expect(all.status).toBe(1);
  });

  it('tells the step, what was expected, what was found, and why it was decided so', () => {
    const text = about('b-expects-more.yaml');
    expect(text).toContain('step 4, expect, at 2026-03-03T12:00:00Z');
    expect(text).toContain('orders.o1.commission: expected "55", found "54"');
    expect(text).toContain('balances.bob: expected to be there, found nothing of that id');
    expect(text).not.toContain('balances.ann');
    expect(text).toMatch(/why order o1:\n(.*\n)*.*BG-04/);
  });

  it.each([
    ['c-fits-no-schema.yaml', /does not fit the schema:\n.*step 4 expect\.orders\.o1: "comission" is not known here/],
    ['d-unknown-program.yaml', /before the first step\n.*NOT_FOUND.*banggod/],
    ['e-not-refused.yaml', /step 4, pay o1.*\n.*expected to be refused by CONFLICT, found done/],
    ['f-refused-otherwise.yaml', /step 4, refund r1.*\n.*expected to be refused by BG-09, found refused by INVALID: .*hat/],
    ['g-refused-unexpectedly.yaml', /step 4.*\n.*expected to be done, found refused by INVALID: .*hat/],
    ['h-terms-not-there.yaml', /before the first step\n.*none\.yaml can't be read/],
    ['i-late-act.yaml', /step 4, suspend ann.*\n.*only a fact can have happened earlier/],
    ['none.yaml', /There is no such file/],
  ])('says what is wrong with %s', (name, message) => {
    expect(about(name)).toMatch(message);
  });

  it('ends with status 0 when all passed, and leaves no database behind', async () => {
    const { status, lines } = await play(folder, 'a-good.yaml');
    expect({ status, last: lines.at(-1) }).toEqual({ status: 0, last: '1 passed, 0 failed' });
    const client = new pg.Client({ connectionString: inject('postgresUrl') });
    await client.connect();
    const { rows } = await client.query("select datname from pg_database where datname like 'tributary_scenario_%'");
    await client.end();
    expect(rows).toEqual([]);
  });
});
