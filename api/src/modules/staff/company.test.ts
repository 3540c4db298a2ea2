import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { TestPage } from '../../testing/page.ts';
import { joinStaff, secondFactor, signedIn } from '../../testing/staff.ts';

const CLIENT = { id: 'tributary', secret: 'a secret of the client which is long enough' };
const PUBLIC = 'http://tributary.test';

/** A company's provider of accounts, as a process of its own. */
interface Company {
  readonly issuer: string;
  /** Who sits before the browser. */
  isSeatOf(person: object): Promise<void>;
  stop(): Promise<void>;
}

async function startCompany(): Promise<Company> {
  const script = fileURLToPath(new URL('../../testing/start-company.ts', import.meta.url));
  const redirectUri = `${PUBLIC}/auth/callback/company`;
  const child = spawn(process.execPath, ['--import', 'tsx', script, redirectUri, CLIENT.id, CLIENT.secret], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The provider did not start: ${said}`)));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (/^\{.*\}$/m.test(said)) resolve();
    });
  });
  const { issuer } = JSON.parse(/^\{.*\}$/m.exec(said)![0]) as { issuer: string };
  return {
    issuer,
    isSeatOf: async (person) => void (await fetch(`${issuer}/person`, { method: 'PUT', body: JSON.stringify(person) })),
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** Goes where it is sent, within one server, until it is sent elsewhere. */
async function follow(page: TestPage, address: string): Promise<string> {
  let next = new URL(address, page.url);
  for (let hops = 0; hops < 10 && next.origin === new URL(page.url).origin; hops++) {
    const { headers } = await page.get(`${next.pathname}${next.search}`);
    const location = headers.get('location');
    if (!location) return next.href;
    next = new URL(location, next);
    if (next.pathname.startsWith('/admin/')) return next.href;
  }
  return next.href;
}

let company: Company;
let api: TestApi;
let joining: TestApi;

async function startWith(environment: Record<string, string>): Promise<TestApi> {
  return startTestApi({
    OIDC_ISSUER: company.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Company',
    OIDC_DOMAINS: 'company.example',
    TRIBUTARY_URL: PUBLIC,
    ...environment,
  });
}

beforeAll(async () => {
  company = await startCompany();
  api = await startWith({});
  joining = await startWith({ OIDC_JOIN: 'on' });
});
afterAll(async () => {
  await Promise.all([api?.close(), joining?.close()]);
  await company?.stop();
});

/** From the button to the page one ends up on. */
async function signInBy(at: TestApi, page: TestPage, begin: unknown = {}): Promise<URL> {
  const begun = await page.post('/auth/company', begin);
  expect(begun.code).toBeUndefined();
  const there = new TestPage(company.issuer);
  const back = await follow(there, String(begun.body['url']));
  expect(back.startsWith(`${PUBLIC}/auth/callback/company`)).toBe(true);
  const { pathname, search } = new URL(back);
  return new URL(await follow(page, `${at.url}${pathname}${search}`));
}

const person = (name: string, more = {}) => ({ sub: name, email: `${name}@company.example`, email_verified: true, name, ...more });
const VIEWER = '{ viewer { name } }';

describe('a company account', () => {
  it('signs in whoever was invited, and leads back to the page one came from', async () => {
    await joinStaff(api, 'ann@company.example', 'Ann');
    const page = new TestPage(api.url);
    expect((await page.get('/auth/options')).body).toEqual({ company: 'Company' });
    for (let times = 0; times < 2; times++) {
      await company.isSeatOf(person('ann'));
      const end = await signInBy(api, page, { page: '#/orders/o-1/show' });
      expect(`${end.pathname}${end.hash}`).toBe('/admin/#/orders/o-1/show');
      expect((await page.ask(VIEWER)).body.data).toEqual({ viewer: { name: 'Ann' } });
      await page.post('/auth/sign-out');
    }
  });

  it('stands in the audit log, also when somebody comes by it who may not', async () => {
    await joinStaff(api, 'log@company.example', 'Log');
    for (const somebody of ['log', 'uninvited']) {
      await company.isSeatOf(person(somebody));
      await signInBy(api, new TestPage(api.url));
    }
    const { auditLog } = await api.staff<{ auditLog: { nodes: object[] } }>(
      '{ auditLog(act: "signInByCompany", first: 2) { nodes { actor outcome codes subject } } }',
    );
    expect(auditLog.nodes).toEqual([
      { actor: 'somebody unknown', outcome: 'REFUSED', codes: ['not-invited'], subject: '{}' },
      { actor: 'Log', outcome: 'DONE', codes: [], subject: expect.stringContaining('member') },
    ]);
  });

  it('asks for no second factor here: that is the company’s affair', async () => {
    await joinStaff(api, 'eve@company.example', 'Eve');
    await secondFactor(await signedIn(api, 'eve@company.example'));
    const page = new TestPage(api.url);
    await company.isSeatOf(person('eve'));
    await signInBy(api, page);
    expect((await page.ask(VIEWER)).body.data).toEqual({ viewer: { name: 'Eve' } });
  });

  it.each([
    ['nobody invited', person('stranger')],
    ['of another domain', { ...person('ann'), sub: 'other', email: 'ann@elsewhere.example' }],
    ['whose address the company has not verified', { ...person('ann'), sub: 'unproven', email_verified: false }],
  ])('that %s is turned away', async (_, who) => {
    await company.isSeatOf(who);
    const page = new TestPage(api.url);
    const end = await signInBy(api, page);
    expect(end.hash).toBe('#/login?problem=not-invited');
    expect((await page.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
  });

  it('of somebody who is disabled is turned away', async () => {
    await joinStaff(api, 'off@company.example');
    const list = '{ staffMembers(first: 100) { nodes { id email } } }';
    const { staffMembers } = await api.staff<{ staffMembers: { nodes: { id: string; email: string }[] } }>(list);
    const { id } = staffMembers.nodes.find(({ email }) => email === 'off@company.example')!;
    await api.staff('mutation ($input: DisableStaffInput!) { disableStaff(input: $input) { userErrors { code } } }', { input: { id } });
    await company.isSeatOf(person('off'));
    const page = new TestPage(api.url);
    expect((await signInBy(api, page)).hash).toMatch(/^#\/login\?problem=/);
    expect((await page.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
  });

  it('joins by itself where that is switched on, and may do nothing at first', async () => {
    await company.isSeatOf(person('newcomer'));
    const page = new TestPage(joining.url);
    await signInBy(joining, page);
    expect((await page.ask('{ viewer { name kind } }')).body.data).toEqual({ viewer: { name: 'newcomer', kind: 'STAFF' } });
    await company.isSeatOf({ ...person('else'), email: 'else@elsewhere.example' });
    expect((await signInBy(joining, new TestPage(joining.url))).hash).toBe('#/login?problem=not-invited');
  });
});

describe('an attacker', () => {
  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '#//evil', { page: '#/x' }])(
    'does not lead away by the page to come back to: %s',
    async (begin) => {
      await company.isSeatOf(person('ann'));
      const end = await signInBy(api, new TestPage(api.url), { page: begin });
      expect([end.host, end.pathname]).toEqual([new URL(api.url).host, '/admin/']);
    },
  );

  it('can neither replay an answer of the provider, nor plant one into another browser', async () => {
    await company.isSeatOf(person('ann'));
    const page = new TestPage(api.url);
    const begun = await page.post('/auth/company');
    const back = new URL(await follow(new TestPage(company.issuer), String(begun.body['url'])));
    const answer = `${api.url}${back.pathname}${back.search}`;
    const victim = new TestPage(api.url);
    expect(new URL(await follow(victim, answer)).hash).toMatch(/problem=/);
    expect((await victim.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
    const again = new TestPage(api.url);
    for (const [name, value] of page.cookies) again.cookies.set(name, value);
    await follow(page, answer);
    expect(new URL(await follow(again, answer)).hash).toMatch(/problem=/);
    expect((await again.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
  });

  it('finds no token of the provider in the database', async () => {
    const found = await withConnection(api.database.url, (client) =>
      client.query(
        `select count(*)::int as n from staff_account where provider_id = 'company' and num_nonnulls(access_token, refresh_token, id_token) = 0`,
      ),
    );
    expect(found.rows[0].n).toBeGreaterThan(0);
  });
});

it('without a provider there is no company sign-in', async () => {
  const plain = await startTestApi();
  try {
    const page = new TestPage(plain.url);
    expect((await page.get('/auth/options')).body).toEqual({ company: null });
    expect((await page.post('/auth/company')).code).toBe('NOT_AVAILABLE');
  } finally {
    await plain.close();
  }
});
