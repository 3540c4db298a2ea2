import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ROLES } from '../access/index.ts';
import { TOKENS_FILE } from '../bootstrap.ts';
import { must } from '../testing/acts.ts';
import { type Ask, startTestApi, type TestApi } from '../testing/api.ts';
import { signedIn } from '../testing/staff.ts';
import { tellDemo } from './index.ts';
import { describeMembers, makeDemoMembers } from './members.ts';
import type { DemoTokens } from './tokens.ts';

let api: TestApi;
const lines: string[] = [];

const say = (line: string) => void lines.push(line);
const tell = (dataDir = api.dataDir) => tellDemo({ url: api.url, dataDir, say });
const tokens = () => JSON.parse(readFileSync(join(api.dataDir, TOKENS_FILE), 'utf8')) as DemoTokens;

interface Order {
  readonly externalId: string;
  readonly commission: { readonly status: string; readonly explanation: { readonly sentences: readonly string[] } | null };
}

interface Batch {
  readonly hash: string;
  readonly unready: readonly string[];
  readonly parts: readonly { readonly file: string }[];
  readonly lines: { readonly nodes: readonly { readonly id: string; readonly status: string }[] };
}

const countAll = () =>
  api.staff<Record<string, { totalCount: number }>>(
    '{ orders { totalCount } clicks { totalCount } affiliates { totalCount } customers { totalCount } ledgerEntries { totalCount } }',
  );

beforeAll(async () => {
  api = await startTestApi();
  await tell();
}, 180_000);

afterAll(() => api.close());

describe('the demo', () => {
  it('is told without a word turned away, and says how to look at it', () => {
    const text = lines.join('\n');
    expect(text).not.toContain('could not be told');
    expect(text).toContain(`${new URL('/graphql', api.url).href}\n`);
    for (const token of [tokens().staff, tokens().integrator, tokens().affiliate, tokens().sandboxStaff]) expect(text).toContain(token);
  });

  it('gives a first query that answers', async () => {
    const from = lines.findIndex((line) => line.trim() === '{');
    const query = lines.slice(from).join('\n');
    const { order } = await api.staff<{ order: Order }>(query);
    expect(order.commission.explanation?.sentences.length).toBeGreaterThan(3);
  });

  it('has orders in all states, of all programs', async () => {
    const { orders, programs } = await api.staff<{
      orders: { nodes: { commission: { status: string }; program: { key: string } }[] };
      programs: { totalCount: number };
    }>('{ orders(first: 100) { nodes { commission { status } program { key } } } programs { totalCount } }');
    expect(new Set(orders.nodes.map(({ commission }) => commission.status))).toEqual(
      new Set(['PENDING', 'AVAILABLE', 'REJECTED', 'REVERSED']),
    );
    expect(new Set(orders.nodes.map(({ program }) => program.key)).size).toBe(programs.totalCount);
  });

  it('shows an affiliate own data only', async () => {
    const { viewer, orders } = await api.as(tokens().affiliate)<{
      viewer: { affiliate: string };
      orders: { nodes: { affiliate: { externalId: string } }[] };
    }>('{ viewer { affiliate } orders { nodes { affiliate { externalId } } } }');
    expect(new Set(orders.nodes.map(({ affiliate }) => affiliate.externalId))).toEqual(new Set([viewer.affiliate]));
  });

  it('makes a member of staff for each role, who signs in with what is printed', async () => {
    const members = await makeDemoMembers(api.app, api.dataDir);
    expect(members.map(({ role }) => role)).toEqual(ALL_ROLES);
    const printed = describeMembers(members, api.url).join('\n');
    for (const { role, email, password } of members) {
      expect(printed).toContain(`${email.padEnd(25)}  ${password}`);
      const page = await signedIn(api, email, password);
      const { body } = await page.ask('{ viewer { name } }');
      expect(body).toEqual({ data: { viewer: { name: `Demo ${role.replace('-', ' ')}` } } });
    }
    // Started again, nothing is made anew.
    expect(await makeDemoMembers(api.app, api.dataDir)).toEqual(members);
  });

  it('has a class request with what speaks for it, and withdrawals that two people can pay by a file to the end', async () => {
    const { classRequests } = await api.staff<{ classRequests: { nodes: unknown[] } }>(
      '{ classRequests(status: REQUESTED) { nodes { class evidence { measured { value } needed { value } } } } }',
    );
    expect(classRequests.nodes).toEqual([{ class: 'silver', evidence: { measured: { value: '8710.00' }, needed: { value: '8000.00' } } }]);

    const members = await makeDemoMembers(api.app, api.dataDir);
    const of = async (role: string) => {
      const { email, password } = members.find((member) => member.role === role)!;
      const page = await signedIn(api, email, password);
      const ask: Ask = async <T>(query: string, variables?: Record<string, unknown>) => (await page.ask(query, variables)).body.data as T;
      return ask;
    };
    const [finance, admin] = [await of('finance'), await of('admin')];
    const program = 'banggood';
    const { withdrawals } = await finance<{ withdrawals: { nodes: { externalId: string }[] } }>(
      '{ withdrawals(waiting: true) { nodes { externalId } } }',
    );
    const waiting = withdrawals.nodes.map(({ externalId }) => externalId);
    expect(waiting.length).toBeGreaterThan(1);
    await must(finance, 'approveWithdrawals', { program, withdrawals: waiting }, 'results { userErrors { message } }');
    const batch = { program, batch: 'first' };
    await must(finance, 'collectPayoutBatch', batch);
    await must(finance, 'freezePayoutBatch', batch);
    const read = async () =>
      (
        await finance<{ payoutBatch: Batch }>(
          '{ payoutBatch(program: "banggood", batch: "first") { hash unready parts { file } lines { nodes { id status } } } }',
        )
      ).payoutBatch;
    const { hash, unready } = await read();
    expect(unready).toEqual([]);
    await must(admin, 'approvePayoutBatch', { ...batch, hash });
    await must(admin, 'sendPayoutBatch', batch);
    const { parts, lines: sent } = await read();
    const headers = { authorization: `Bearer ${tokens().staff}` };
    const [head, ...rows] = (await (await fetch(`${api.url}${parts[0]!.file}`, { headers })).text()).trim().split('\r\n');
    expect(rows).toHaveLength(sent.nodes.length);
    const answer = [`${head},Status`, ...rows.map((row) => `${row},paid`)].join('\n');
    const brought = await fetch(`${api.url}/payouts/banggood/first/answers/western-union`, { method: 'POST', headers, body: answer });
    expect(await brought.json()).toMatchObject({ changed: { paid: waiting.length }, problems: [] });
    expect(new Set((await read()).lines.nodes.map(({ status }) => status))).toEqual(new Set(['PAID']));
  });

  it('is told once, and after a start that was killed to its end', async () => {
    const before = await countAll();
    const told = tokens();
    lines.length = 0;
    await tell();
    expect(lines).toHaveLength(1);
    expect(tokens()).toEqual(told);

    writeFileSync(join(api.dataDir, TOKENS_FILE), JSON.stringify({ ...told, demo: 'begun' }));
    await tell();
    expect(lines.join('\n')).not.toContain('could not be told');
    expect(tokens().demo).toBe('told');
    expect(await countAll()).toEqual(before);
  });

  it('leaves a database alone that others filled', async () => {
    const other = mkdtempSync(join(tmpdir(), 'tributary-demo-'));
    lines.length = 0;
    await tell(other);
    writeFileSync(join(other, TOKENS_FILE), JSON.stringify({ staff: `trb_staff_${'x'.repeat(43)}` }));
    await tell(other);
    expect(lines).toEqual([]);
    rmSync(other, { recursive: true });
  });
});
