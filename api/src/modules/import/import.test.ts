import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { provedWrong } from '../../testing/books.ts';

let api: TestApi;
let sandbox: TestSandbox;
const program = 'banggood';

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' });
});
afterAll(() => api.close());

const HEAD = 'Order Number;Price;Category;Click;Visitor;Country;Note to self';
const row = (id: string, amount = '50.00') => `${id};${amount};toys-and-hobbies;k1;v1;DE;nothing`;

async function post(path: string, body: string | Uint8Array<ArrayBuffer>, token = sandbox.integratorToken) {
  const answer = await fetch(`${api.url}/imports/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body,
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { import: { id: string; bytes: number }; userErrors: { code: string }[] },
  };
}

/** Hands a file in and answers the import's id. */
async function upload(body: string | Uint8Array<ArrayBuffer>, kind = 'orders'): Promise<string> {
  const { status, body: answer } = await post(`${program}/${kind}?name=march.csv`, body);
  expect([status, answer.userErrors]).toEqual([200, undefined]);
  return answer.import.id;
}

interface Seen {
  status: string;
  bytes: number;
  bytesRead: number;
  rowsRead: number;
  accepted: number;
  repeated: number;
  refused: number;
  failure: string | null;
  refusals: { nodes: { line: number; field: string | null; code: string }[] };
}

async function see(id: string): Promise<Seen> {
  const found = await sandbox.integrator<{ import: Seen }>(
    `query ($id: String!) { import(id: $id) { status bytes bytesRead rowsRead accepted repeated refused failure refusals { nodes { line field code } } } }`,
    { id },
  );
  return found.import;
}

/** Starts it, and waits until it is over. */
async function run(id: string, settings: object = {}): Promise<Seen> {
  await must(sandbox.integrator, 'startImport', { import: id, ...settings });
  for (let tries = 0; tries < 500; tries++) {
    const seen = await see(id);
    if (seen.status !== 'RUNNING') return seen;
    await sleep(20);
  }
  throw new Error('It is not over');
}

interface Preview {
  settings: { encoding: string; delimiter: string; columns: { name: string; field: string | null }[] };
  missing: string[];
  rows: { line: number; values: { field: string; value: string }[]; errors: { code: string; path: string[] }[] }[];
  refused: { line: number; errors: { message: string; path: string[] }[] }[];
  rowsChecked: number;
  failure: string | null;
}

async function preview(id: string, settings: object | null = null): Promise<Preview> {
  const found = await sandbox.integrator<{ importPreview: { preview: Preview; userErrors: unknown[] } }>(
    `query ($id: String!, $settings: ImportSettingsInput) { importPreview(id: $id, settings: $settings) {
       preview { settings { encoding delimiter columns { name field } } missing rows { line values { field value } errors { code path } }
         refused { line errors { message path } } rowsChecked failure } userErrors { code message path } } }`,
    { id, settings },
  );
  expect(found.importPreview.userErrors).toEqual([]);
  return found.importPreview.preview;
}

async function orderOf(id: string) {
  const { order } = await sandbox.staff<{ order: unknown }>(
    `query ($id: String!) { order(program: "${program}", id: $id) { affiliate { externalId } lines { sku price { amount } quantity } events { kind lines { sku quantity } } commission { status amount { value } } } }`,
    { id },
  );
  return order;
}

describe('a file of orders', () => {
  it('is looked at, mapped, taken in, and is the same facts as any other way', async () => {
    const id = await upload(`\ufeff${[HEAD, row('c1'), '', row('c2', 'much')].join('\r\n')}\r\n`);
    const seen = await preview(id);
    expect(seen.settings).toMatchObject({ encoding: 'utf-8', delimiter: ';' });
    expect(seen.settings.columns.map(({ field }) => field)).toEqual([
      'order_id',
      'price',
      'category',
      'click_id',
      'visitor',
      'country',
      null,
    ]);
    expect(seen.rows[0]).toMatchObject({ line: 2, values: expect.arrayContaining([{ field: 'price', value: '50.00' }]), errors: [] });
    expect(seen).toMatchObject({ missing: [], rowsChecked: 2, failure: null, refused: [{ line: 4, errors: [{ path: ['price'] }] }] });
    expect(await orderOf('c1')).toBeNull();

    expect(await run(id)).toMatchObject({
      status: 'DONE',
      rowsRead: 2,
      accepted: 1,
      repeated: 0,
      refused: 1,
      refusals: { nodes: [{ line: 4, field: 'price', code: 'INVALID' }] },
    });
    expect(await orderOf('c1')).toMatchObject({ affiliate: { externalId: 'ann' }, lines: [{ sku: 'order', price: { amount: '50.00' } }] });
    const order = {
      program,
      id: 'c1',
      click: 'k1',
      visitor: 'v1',
      country: 'DE',
      lines: [{ sku: 'order', category: 'toys-and-hobbies', price: '50.00' }],
    };
    expect(await must(sandbox.integrator, 'recordOrder', order, 'repeated')).toMatchObject({ repeated: true });
    // The same file again changes nothing.
    const again = await upload([HEAD, row('c1'), row('c1')].join('\n'));
    expect(await run(again)).toMatchObject({ status: 'DONE', accepted: 2, repeated: 2, refused: 0 });
    expect(await refusalOf(sandbox.integrator, 'startImport', { import: again })).toBe('CONFLICT');
  });

  it('tells an order’s lines row by row, and what became of orders', async () => {
    const text = [
      'order,sku,price,qty,status,category',
      'm1,a,10.00,2,placed,toys-and-hobbies',
      'm1,b,5.00,1,placed,toys-and-hobbies',
      'm1,,,,paid,',
      'm9,a,10.00,1,"placed,paid",toys-and-hobbies',
      'm9,b,5.00,1,"placed,paid",toys-and-hobbies',
      'm2,a,1.00,1,delivered,',
    ].join('\n');
    expect(await run(await upload(text))).toMatchObject({ accepted: 5, refused: 1, refusals: { nodes: [{ line: 7, field: 'status' }] } });
    expect(await orderOf('m9')).toMatchObject({ lines: [{ sku: 'a' }, { sku: 'b' }], events: [{ kind: 'PAID' }] });
    expect(await orderOf('m1')).toMatchObject({
      lines: [
        { sku: 'a', price: { amount: '10.00' }, quantity: 2 },
        { sku: 'b', price: { amount: '5.00' } },
      ],
      events: [{ kind: 'PAID' }],
    });
    // A total is of all units, and a refund is of as many as it says.
    const totals = ['order_id,status,sku,quantity,line_total,event_id', 'm3,placed,a,2,40.00,', 'm3,refunded,a,1,,rf1'].join('\n');
    expect(await run(await upload(totals))).toMatchObject({ accepted: 2, refused: 0 });
    expect(await orderOf('m3')).toMatchObject({
      lines: [{ sku: 'a', price: { amount: '20.00' }, quantity: 2 }],
      events: [{ kind: 'REFUNDED', lines: [{ sku: 'a', quantity: 1 }] }],
    });
  });

  it('takes an order in whole or not at all', async () => {
    const text = [
      'order_id,sku,qty,price,visitor,category',
      'h1,a,1,10.00,v1,toys-and-hobbies',
      'h1,b,some,5.00,v1,toys-and-hobbies',
      'h1,c,1,5.00,v1,toys-and-hobbies',
      // What the first row says of the order holds for the next.
      'h2,a,1,10.00,v1,toys-and-hobbies',
      'h2,b,1,5.00,,toys-and-hobbies',
      'h3,a,1,10.00,v1,toys-and-hobbies',
      'h3,a,1,10.00,v1,toys-and-hobbies',
      'h4,a,1,10.00,v1,toys-and-hobbies',
      'h4,b,1,10.00,v2,toys-and-hobbies',
      'h5,a,1,10.00,v1,toys-and-hobbies',
      `h5,${'b'.repeat(10_001)},1,10.00,v1,toys-and-hobbies`,
    ].join('\n');
    const id = await upload(text);
    expect((await preview(id)).refused.map(({ line }) => line)).toEqual([2, 3, 4, 7, 8, 9, 10, 11, 12]);
    expect(await run(id)).toMatchObject({ accepted: 2, refused: 9 });
    expect(await orderOf('h2')).toMatchObject({ lines: [{ sku: 'a' }, { sku: 'b' }] });
    for (const order of ['h1', 'h3', 'h4', 'h5']) expect(await orderOf(order)).toBeNull();
  });

  it('is read whatever it looks like, and what cannot be read is said', async () => {
    const latin = Buffer.from('order_id;amount;reason\nl1;2.00;gr\xfc\xdfe\n', 'latin1');
    expect((await preview(await upload(latin))).rows[0]!.values).toContainEqual({ field: 'reason', value: 'grüße' });
    const wide = Buffer.from('\ufefforder_id\tamount\nu1\t2.00\n', 'utf16le');
    expect((await preview(await upload(wide))).settings).toMatchObject({ encoding: 'utf-16le', delimiter: '\t' });
    const asked = {
      encoding: 'utf-8',
      delimiter: ';',
      columns: [
        { name: 'order_id', field: 'order_id' },
        { name: 'amount', field: 'amount' },
        { name: 'reason', field: 'reason' },
      ],
    };
    expect((await preview(await upload(latin), asked)).refused).toMatchObject([
      { line: 2, errors: [{ message: expect.stringContaining('utf-8') }] },
    ]);
    // Breaks within quotes, a quote in the wrong place, cells too many, a null.
    const odd = ['order_id,amount,reason', 'q1,1.00,"two\nlines, ""said"""', 'q2,1.00,a"b"', 'q3,1.00,x,y', 'q4,1\0,x', 'q5,1.00,'].join(
      '\n',
    );
    const seen = await preview(await upload(odd));
    expect(seen.rows[0]!.values).toContainEqual({ field: 'reason', value: 'two\nlines, "said"' });
    expect(seen.refused.map(({ line }) => line)).toEqual([4, 5, 6]);
    expect((await preview(await upload('order_id,amount\nw1,1.00\nw2,"1.00\n'))).failure).toContain('never closed');
    const { import: id } = (await post(`${program}/orders`, `order_id,amount\nx1,1.00\nx2,${'9'.repeat(10_000_000)}\nx3,1.00\n`)).body;
    expect(await run(id.id)).toMatchObject({ status: 'FAILED', accepted: 1, failure: expect.stringContaining('line 3') });
    // A parser that went on would be busy for minutes.
    const deep = `<rss><channel><item><id>p1</id><title>One</title></item>${'<a>'.repeat(1_000_000)}`;
    expect(await run(await upload(deep, 'products'))).toMatchObject({
      status: 'FAILED',
      failure: expect.stringContaining('in each other'),
    });
  });

  it('that was cut off is told from a whole one', async () => {
    const head = 'order_id;sku;amount;click_id;country';
    const line = (order: string, sku: string) => `${order};${sku};5.00;k1;DE`;
    const cut = [head, line('cut1', 'a'), line('cut2', 'a'), line('cut2', 'b'), 'cut2;c;5'].join('\n');
    const id = await upload(cut);
    expect((await preview(id)).failure).toMatch(/cut off/);
    expect(await run(id)).toMatchObject({
      status: 'FAILED',
      failure: expect.stringMatching(/cut off/),
      accepted: 1,
      refused: 3,
      refusals: { nodes: [{ line: 3 }, { line: 4 }, { line: 5 }] },
    });
    expect([(await orderOf('cut1')) !== null, await orderOf('cut2')]).toEqual([true, null]);
    // The number of the order may be half of it.
    expect(await run(await upload([head, line('cut30', 'a'), 'cut3'].join('\n')))).toMatchObject({ status: 'FAILED', accepted: 0 });
    expect(await run(await upload(`${cut};k1;DE`))).toMatchObject({ status: 'DONE', accepted: 4, repeated: 1, refused: 0 });
    // The line is ended: cells at its end were empty.
    const short = `${head}\ncut4;a;5.00\n`;
    expect(await run(await upload(short))).toMatchObject({ status: 'DONE', accepted: 1, refused: 0 });
    expect(await run(await upload(`${head}\n${line('cut5', 'a')}\n"cut6;a`))).toMatchObject({ status: 'FAILED', accepted: 1 });
  });

  it('needs what a row cannot do without, and names what there is not', async () => {
    const id = await upload('number of it,amount\na,1.00\n');
    expect(await preview(id)).toMatchObject({ missing: ['order_id'] });
    expect(await refusalOf(sandbox.integrator, 'startImport', { import: id })).toBe('INVALID');
    for (const wrong of [
      { columns: [{ name: 'nothing', field: 'order_id' }] },
      { columns: [{ name: 'amount', field: 'password' }] },
      { columns: ['number of it', 'amount'].map((name) => ({ name, field: 'order_id' })) },
      { encoding: 'klingon' },
      { delimiter: 'ab' },
      { delimiter: '"' },
      { format: 'xlsx' },
    ])
      expect(await refusalOf(sandbox.integrator, 'startImport', { import: id, ...wrong }), JSON.stringify(wrong)).toBe('INVALID');
    const columns = [
      { name: 'number of it', field: 'order_id' },
      { name: 'amount', field: 'amount' },
    ];
    expect(await run(id, { columns })).toMatchObject({ status: 'DONE', accepted: 1 });
    expect(await refusalOf(sandbox.integrator, 'startImport', { import: await upload('') })).toBe('INVALID');
    expect((await post(`${program}/cats`, 'x')).body.userErrors).toMatchObject([{ code: 'INVALID' }]);
    expect((await post('nothing/orders', 'x')).body.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('comes in pieces, each where the last one ended, and is taken in batch by batch', async () => {
    const text = `${HEAD}\n${Array.from({ length: 1_200 }, (_, i) => row(`b${i}`, '1.00')).join('\n')}\n`;
    const half = text.length >> 1;
    const id = await upload('');
    expect((await post(`${id}?offset=0`, text.slice(0, half))).status).toBe(200);
    const more = (offset: number, body: string) => post(`${id}?offset=${offset}`, body);
    expect([(await more(half - 1, 'x')).status, (await more(half + 1, 'x')).status]).toEqual([422, 422]);
    const both = await Promise.all([more(half, text.slice(half)), more(half, text.slice(half))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(await run(id)).toMatchObject({ status: 'DONE', bytes: text.length, bytesRead: text.length, accepted: 1_200, refused: 0 });
    expect((await more(text.length, 'x')).status).toBe(422);
    // However small the first piece is, the file is looked at as a whole; and commas of amounts part no cells.
    const small = await upload('ord');
    await post(`${small}?offset=3`, 'er_id;amount\nq1;5,00\n');
    expect(await preview(small)).toMatchObject({ settings: { delimiter: ';' }, missing: [], rowsChecked: 1 });
    await withConnection(api.database.url, async (client) => {
      expect((await client.query('select 1 from import_part where import_id = $1', [id])).rowCount).toBe(0);
      expect(await provedWrong(client)).toEqual([]);
    });
  });

  it('is given back where rows were turned away, and no cell is a formula there', async () => {
    const id = await upload(`order_id,amount,reason\n=cmd|x,1.00,"+1;""a"""\n-5,-5,@x\nf1,-5,@x\n`);
    await run(id);
    const answer = await fetch(`${api.url}/imports/${id}/refusals.csv`, {
      headers: { authorization: `Bearer ${sandbox.integratorToken}` },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toBe('line,field,code,message,order_id,amount,reason');
    expect(lines[1]).toMatch(/^2,.*,INVALID,.*,'=cmd\|x,1\.00,"'\+1;""a"""$/);
    expect(lines[2]).toMatch(/^3,order_id,INVALID,.*,-5,-5,'@x$/);
    expect(lines[3]).toMatch(/^4,amount,INVALID,.*,f1,-5,'@x$/);
  });

  it('is ended by whoever may, and then not taken in', async () => {
    const id = await upload(`${HEAD}\n${row('never')}\n`);
    expect(await must(sandbox.staff, 'cancelImport', { import: id }, 'import { status }')).toMatchObject({
      import: { status: 'CANCELLED' },
    });
    expect(await refusalOf(sandbox.integrator, 'startImport', { import: id })).toBe('CONFLICT');
    expect(await orderOf('never')).toBeNull();
  });

  it('is nobody’s but of who tells facts of the program', async () => {
    const id = await upload(`${HEAD}\n${row('mine')}\n`);
    const other = await createTestSandbox(api, { programs: [program, 'aliexpress'] });
    const elsewhere = String(
      (await must(sandbox.staff, 'createToken', { kind: 'INTEGRATOR', name: 'reader', scopes: ['ORDER_READ'] }, 'secret'))['secret'],
    );
    const hers = await affiliateToken(sandbox, 'ann');
    for (const token of [elsewhere, hers]) {
      expect((await post(`${program}/orders`, 'x', token)).status).toBe(403);
      expect((await fetch(`${api.url}/imports/${id}/refusals.csv`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
    }
    expect((await post(`${program}/orders`, 'x', 'trb_nothing')).status).toBe(401);
    expect((await post(`${id}?offset=0`, 'x', other.integratorToken)).body.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await other.integrator('query ($id: String!) { import(id: $id) { id } imports { totalCount } }', { id })).toEqual({
      import: null,
      imports: { totalCount: 0 },
    });
    for (const mutation of ['startImport', 'cancelImport']) {
      expect(await refusalOf(other.integrator, mutation, { import: id })).toBe('NOT_FOUND');
      for (const wrong of HOSTILE) expect(await refusalOf(sandbox.integrator, mutation, { import: wrong })).toBe('NOT_FOUND');
    }
  });
});
