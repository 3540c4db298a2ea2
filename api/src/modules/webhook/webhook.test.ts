import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EntityManager } from '../../platform/database/orm.ts';
import { openKeys } from '../../platform/keys.ts';
import { act, affiliateToken, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect } from '../../testing/books.ts';
import { Caller, WebhookSender } from './index.ts';

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const program = 'banggood';
const EVENTS = [
  'click.recorded',
  'customer.referred',
  'commission.created',
  'commission.changed',
  'commission.reversed',
  'terms.published',
];
let api: TestApi;
let sandbox: TestSandbox;
let ann: Ask;
let receiver: Server;
let url: string;
let heard: Heard[] = [];
let answer = 204;
/** Callers who have no answer yet. */
const silent: ServerResponse[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

const sender = (networks: string[]) => {
  const keys = openKeys({ given: undefined, dataDir: api.dataDir, production: false }).of('webhooks');
  return new WebhookSender(() => api.app.orm.em.fork({ clear: true }) as EntityManager, keys, new Caller(networks));
};
const deliver = () => sender(['127.0.0.1']).deliver();

/** As if the pause after a failed try were over. */
async function waitForIt(): Promise<void> {
  const client = await connect(api.database.url);
  await client.query("update webhook_delivery set next_at = now() where status = 'waiting'").finally(() => client.end());
}

async function webhook(ask: Ask, more: object = {}): Promise<{ id: string; secret: string }> {
  const made = await must(ask, 'createWebhook', { program, url, events: EVENTS, ...more }, 'webhook { id } secret');
  return { id: (made['webhook'] as { id: string }).id, secret: String(made['secret']) };
}

async function deliveriesOf(id: string, ask: Ask = sandbox.staff) {
  const { webhookDeliveries } = await ask<{
    webhookDeliveries: { nodes: { id: string; event: string; status: string; attempts: number }[] };
  }>(`{ webhookDeliveries(webhook: "${id}") { nodes { id event status attempts nextAt payload log { number answered failure } } } }`);
  return webhookDeliveries.nodes;
}

const order = (id: string) => ({
  program,
  id,
  visitor: 'v1',
  country: 'DE',
  lines: [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00' }],
});

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const { method, url: path, headers } = request;
    if (path === '/silent') {
      silent.push(response);
      return;
    }
    heard.push({ method: method!, path: path!, headers: headers as Record<string, string>, body: await bodyOf(request) });
    response.writeHead(answer, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(100));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  api = await startTestApi({}, { jobs: false });
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await api.close();
});
beforeEach(async () => {
  heard = [];
  answer = 204;
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['ann', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
  ann = api.as(await affiliateToken(sandbox, 'ann'));
});

describe('a webhook', () => {
  it('is told what happened, signed by the specification, once', async () => {
    const { secret } = await webhook(sandbox.staff);
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1', subId: 'blog' });
    await must(sandbox.integrator, 'recordRegistration', { program, customer: 'c1', visitor: 'v1' });
    await must(sandbox.integrator, 'recordOrder', order('o1'));
    await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'o1', kind: 'CANCELLED' });
    await deliver();
    await deliver();
    const told = heard.map(
      ({ body, headers }) => new Webhook(secret).verify(body, headers) as { type: string; data: Record<string, unknown> },
    );
    expect(told.map(({ type }) => type).sort()).toEqual([
      'click.recorded',
      'commission.created',
      'commission.reversed',
      'customer.referred',
    ]);
    const data = Object.fromEntries(told.map((message) => [message.type, message.data]));
    expect(data['click.recorded']).toMatchObject({ affiliate: 'ann', click: 'k1', sub: 'blog', attributable: true });
    expect(data['customer.referred']).toMatchObject({ affiliate: 'ann', customer: 'c1', by: 'click' });
    expect(data['commission.created']).toMatchObject({
      order: 'o1',
      status: 'earning',
      amount: '100',
      unit: 'points',
      click: 'k1',
      sub: 'blog',
    });
    expect(data['commission.reversed']).toMatchObject({ order: 'o1', status: 'reversed', amount: '0' });
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
    expect(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(heard[0]!.body, heard[0]!.headers)).toThrow();
  });

  it('hears of an order that it lost only by which rules it did', async () => {
    await webhook(ann, { events: ['commission.reversed'] });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k2', affiliate: 'bob', visitor: 'v2' });
    await must(sandbox.integrator, 'recordOrder', order('o1'));
    await must(sandbox.staff, 'attributeOrder', { program, order: 'o1', affiliate: 'bob', reason: 'the coupon was his' });
    await deliver();
    const [told] = heard.map(({ body }) => JSON.parse(body) as { type: string; data: { because: string[]; click?: string } });
    expect([told!.type, told!.data.click]).toEqual(['commission.reversed', undefined]);
    expect(told!.data.because).not.toContain('BG-03');
    expect(told!.data.because).toContain('ALL-09');
  });

  it('is told of a case when it is opened, when its deadline passes, and when it is closed', async () => {
    const events = ['case.opened', 'case.overdue', 'case.closed'];
    const { secret } = await webhook(sandbox.staff, { events });
    const click = { program, affiliate: 'ann', visitor: 'v1', channel: 'google-ads' };
    for (const id of ['k1', 'k2']) await must(sandbox.integrator, 'recordClick', { ...click, id });
    for (const day of ['07', '08', '09']) await sandbox.at(`2026-03-${day}T00:00:00Z`);
    await must(sandbox.staff, 'dismissCase', { program, affiliate: 'ann', rule: 'BG-15' });
    await deliver();
    const told = heard.map(
      ({ body, headers }) => new Webhook(secret).verify(body, headers) as { type: string; timestamp: string; data: object },
    );
    const of = { affiliate: 'ann', rule: 'BG-15', case: expect.any(String) };
    expect(told.sort((one, other) => one.timestamp.localeCompare(other.timestamp))).toMatchObject([
      { type: 'case.opened', data: { ...of, openedAt: '2026-03-01T00:00:00Z', dueAt: '2026-03-08T00:00:00Z' } },
      { type: 'case.overdue', data: { ...of, at: '2026-03-08T00:00:00Z' } },
      { type: 'case.closed', data: { ...of, status: 'dismissed' } },
    ]);
    // How staff are getting on is nothing for affiliates.
    expect(await refusalOf(ann, 'createWebhook', { program, url, events: ['case.overdue'] })).toBe('INVALID');
    expect(await refusalOf(ann, 'createWebhook', { program, url, events: ['case.opened'] })).toBe('');
  });

  it('is told nothing of what did not happen, of other programs, or while it is off', async () => {
    const { id } = await webhook(sandbox.staff, { events: ['commission.created'] });
    const other = await createTestSandbox(api, { programs: [program] });
    await must(other.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
    await must(other.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' });
    await must(other.integrator, 'recordOrder', order('o1'));
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' });
    expect(await refusalOf(sandbox.integrator, 'recordOrder', { ...order('o1'), lines: [] })).toBe('INVALID');
    await must(sandbox.staff, 'setWebhook', { webhook: id, on: false });
    await must(sandbox.integrator, 'recordOrder', order('o1'));
    await must(sandbox.staff, 'setWebhook', { webhook: id, on: true });
    await deliver();
    expect(heard).toEqual([]);
  });

  it('that fails is tried again, each time later, until it is dead; then it is sent anew when somebody asks', {
    timeout: 60_000,
  }, async () => {
    const { id } = await webhook(sandbox.staff, { events: ['click.recorded'] });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann' });
    answer = 500;
    await deliver();
    await deliver();
    expect(heard).toHaveLength(1);
    expect(await deliveriesOf(id)).toMatchObject([
      { status: 'WAITING', attempts: 1, nextAt: expect.any(String), log: [{ number: 1, answered: 500, failure: 'It answered 500.' }] },
    ]);
    for (let attempt = 2; attempt <= 10; attempt++) {
      await waitForIt();
      // Answers are not followed anywhere.
      answer = attempt % 2 === 0 ? 302 : 503;
      await deliver();
    }
    const [dead] = await deliveriesOf(id);
    expect(dead).toMatchObject({ status: 'DEAD', attempts: 10, nextAt: null });
    await waitForIt();
    await deliver();
    expect([heard.length, new Set(heard.map(({ headers }) => headers['webhook-id'])).size]).toEqual([10, 1]);
    answer = 200;
    expect(await act(sandbox.staff, 'replayWebhook', { webhook: id }, 'replayed')).toMatchObject({ replayed: 1, userErrors: [] });
    await deliver();
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'DELIVERED', attempts: 11 }]);
    expect(await act(sandbox.staff, 'replayWebhook', { webhook: id, delivery: dead!.id }, 'replayed')).toMatchObject({ replayed: 1 });
    await deliver();
    expect(heard).toHaveLength(12);
    expect(await refusalOf(sandbox.staff, 'replayWebhook', { webhook: id, delivery: 'nothing' })).toBe('NOT_FOUND');
  });

  it('gets a new secret without a gap: for a day the one before signs as well', async () => {
    const first = await webhook(sandbox.staff, { events: ['click.recorded'] });
    const rotated = await must(
      sandbox.staff,
      'rotateWebhook',
      { webhook: first.id },
      'secret webhook { formerUntil program { key } affiliate { externalId } }',
    );
    expect(rotated['webhook']).toMatchObject({ formerUntil: expect.any(String), program: { key: program }, affiliate: null });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' });
    await deliver();
    const [{ body, headers } = heard[0]!] = heard;
    for (const secret of [first.secret, String(rotated['secret'])])
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'click.recorded' });
    const client = await connect(api.database.url);
    await client
      .query("update webhook_endpoint set former_until = now() - interval '1 second' where former_until is not null")
      .finally(() => client.end());
    await must(sandbox.integrator, 'recordClick', { program, id: 'k2', affiliate: 'ann', visitor: 'v1' });
    await deliver();
    const later = heard.at(-1)!;
    expect(() => new Webhook(first.secret).verify(later.body, later.headers)).toThrow();
    expect(new Webhook(String(rotated['secret'])).verify(later.body, later.headers)).toMatchObject({ type: 'click.recorded' });
    expect(await refusalOf(ann, 'rotateWebhook', { webhook: first.id })).toBe('NOT_FOUND');
    const postback = await webhook(ann, { kind: 'POSTBACK', url: `${url}?o={order}`, events: ['commission.created'] });
    expect(await refusalOf(ann, 'rotateWebhook', { webhook: postback.id })).toBe('INVALID');
  });

  it('that never answers keeps nobody else waiting', async () => {
    const slow = [];
    for (let times = 0; times < 6; times++)
      slow.push(await webhook(ann, { url: `${new URL(url).origin}/silent`, events: ['click.recorded'] }));
    await webhook(sandbox.staff, { url: `${new URL(url).origin}/quick`, events: ['click.recorded'] });
    const bob = api.as(await affiliateToken(sandbox, 'bob'));
    const bobs = await webhook(bob, { kind: 'POSTBACK', url: `${new URL(url).origin}/bobs?c={click}`, events: ['click.recorded'] });
    const click = (id: string, affiliate = 'ann') =>
      must(sandbox.integrator, 'recordClick', { program, id, affiliate, visitor: id, country: 'DE', page: 'home' });
    for (let times = 0; times < 5; times++) await click(`slow-${times}`);
    const lanes = sender(['127.0.0.1']);
    const running = [lanes.deliver()];
    await vi.waitFor(() => expect(silent.length).toBeGreaterThan(5), 15_000);
    // While those are waited for, what happens now is told.
    await click('another');
    await click('bobs', 'bob');
    running.push(lanes.deliver());
    await vi.waitFor(() => expect(heard.filter(({ path }) => path === '/quick')).toHaveLength(7), 15_000);
    // Nor does it when it has never failed yet: no owner has more than its part of what is under way.
    await vi.waitFor(() => expect(heard.filter(({ path }) => path === '/bobs?c=bobs')).toHaveLength(1), 10_000);
    expect(silent.length).toBeLessThanOrEqual(20);
    const release = setInterval(() => {
      for (const response of silent.splice(0)) response.writeHead(500).end();
    }, 20);
    await Promise.all(running);
    clearInterval(release);
    for (const { id } of slow) await must(ann, 'setWebhook', { webhook: id, on: false });
    await must(bob, 'setWebhook', { webhook: bobs.id, on: false });
  });

  it('that says that it is gone is told no more', async () => {
    const { id } = await webhook(sandbox.staff, { events: ['click.recorded'] });
    answer = 410;
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann' });
    await deliver();
    await must(sandbox.integrator, 'recordClick', { program, id: 'k2', affiliate: 'ann' });
    await waitForIt();
    await deliver();
    expect(heard).toHaveLength(1);
    expect(await sandbox.staff('{ webhooks { nodes { id status } } }')).toEqual({ webhooks: { nodes: [{ id, status: 'GONE' }] } });
  });

  it('leads to no address inside, whatever its name is', async () => {
    const port = new URL(url).port;
    for (const inside of [
      url,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      'http://169.254.169.254/latest/meta-data',
      `http://0.0.0.0:${port}/`,
    ]) {
      const { id } = await webhook(sandbox.staff, { url: inside, events: ['click.recorded'] });
      await must(sandbox.integrator, 'recordClick', {
        program,
        id: `k-${inside.length}-${inside.slice(7, 12).replace(/\W/g, 'x')}`,
        affiliate: 'ann',
      });
      await sender([]).deliver();
      const [tried] = await deliveriesOf(id);
      expect(tried, inside).toMatchObject({ status: 'WAITING', log: [{ answered: null, failure: expect.stringMatching(/not allowed/) }] });
      // It is not tried again: a later test may let these addresses be called.
      await must(sandbox.staff, 'setWebhook', { webhook: id, on: false });
    }
    expect(heard).toEqual([]);
    for (const bad of [
      'ftp://hook.example/',
      'https://user:pass@hook.example/',
      'https://hook.example\\@evil.example',
      'hook.example',
      'https://a b/',
      '',
    ])
      expect(await refusalOf(sandbox.staff, 'createWebhook', { program, url: bad, events: EVENTS }), bad).toBe('INVALID');
    expect(await refusalOf(sandbox.staff, 'createWebhook', { program, url, events: ['everything'] })).toBe('INVALID');
    expect(await refusalOf(sandbox.staff, 'createWebhook', { program, url, events: [] })).toBe('INVALID');
  });
});

describe("an affiliate's postback", () => {
  it('is called with its macros filled, for what is its own', async () => {
    const address = `${url}?e={event}&o={order}&a={amount}&s={sub}&x={link}`;
    const made = await act(
      ann,
      'createWebhook',
      { program, kind: 'POSTBACK', url: address, events: ['commission.created'] },
      'webhook { id kind } secret',
    );
    expect(made).toMatchObject({ webhook: { kind: 'POSTBACK' }, secret: null, userErrors: [] });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1', subId: 'a&b=c d' });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k2', affiliate: 'bob', visitor: 'v2' });
    await must(sandbox.integrator, 'recordOrder', order('o1'));
    await must(sandbox.integrator, 'recordOrder', { ...order('o2'), visitor: 'v2' });
    await deliver();
    expect(heard.map(({ method, path }) => [method, path])).toEqual([['GET', '/hook?e=commission.created&o=o1&a=100&s=a%26b%3Dc%20d&x=']]);
  });

  it('is seen and changed by nobody else', async () => {
    const { id } = await webhook(ann, { kind: 'POSTBACK', url: `${url}?o={order}`, events: ['click.recorded'] });
    const bob = api.as(await affiliateToken(sandbox, 'bob'));
    expect(await bob('{ webhooks { totalCount } }')).toEqual({ webhooks: { totalCount: 0 } });
    expect(await refusalOf(bob, 'setWebhook', { webhook: id, on: false })).toBe('NOT_FOUND');
    expect(await refusalOf(bob, 'replayWebhook', { webhook: id })).toBe('NOT_FOUND');
    expect(await deliveriesOf(id, bob)).toEqual([]);
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await refusalOf(other.staff, 'setWebhook', { webhook: id, on: false })).toBe('NOT_FOUND');
    expect(await refusalOf(ann, 'createWebhook', { program, kind: 'POSTBACK', url: `${url}?o={secret}`, events: EVENTS })).toBe('INVALID');
    expect(await refusalOf(ann, 'createWebhook', { program, kind: 'POSTBACK', url: 'http://{order}.example/', events: EVENTS })).toBe(
      'INVALID',
    );
    expect(await refusalOf(sandbox.staff, 'createWebhook', { program, kind: 'POSTBACK', url, events: EVENTS })).toBe('INVALID');
  });
});
