import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EntityManager } from '../../platform/database/orm.ts';
import { openKeys } from '../../platform/keys.ts';
import { affiliateToken, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { monthlyTerms } from '../../testing/payouts.ts';
import { Caller, WebhookSender } from './index.ts';

const program = 'banggood';
let api: TestApi;
let sandbox: TestSandbox;
let receiver: Server;
let url: string;
/** What the receiver was told, by messages: an event and its data. */
let heard: { type: string; data: Record<string, unknown> }[] = [];

/** Everything that waits is delivered; answers what that was, in some order of its own. */
async function deliver(): Promise<string[]> {
  heard = [];
  const keys = openKeys({ given: undefined, dataDir: api.dataDir, production: false }).of('webhooks');
  await new WebhookSender(() => api.app.orm.em.fork({ clear: true }) as EntityManager, keys, new Caller(['127.0.0.1'])).deliver();
  return heard
    .map(
      ({ type, data }) =>
        `${type} ${data['withdrawal'] ?? data['redemption'] ?? data['order'] ?? data['affiliate']} ${data['amount'] ?? ''}`,
    )
    .sort();
}

const hook = (events: readonly string[], of = program) =>
  must(sandbox.staff, 'createWebhook', { program: of, url, events }, 'webhook { id }');
const event = (order: string, kind: string, occurredAt?: string) =>
  must(sandbox.integrator, 'recordOrderEvent', { program, order, kind, ...(occurredAt ? { occurredAt } : {}) });

async function order(id: string, price = '20.00'): Promise<void> {
  await must(sandbox.integrator, 'recordClick', { program, id: `k-${id}`, affiliate: 'ann', visitor: id });
  const lines = [{ sku: 'a', category: 'toys-and-hobbies', price }];
  await must(sandbox.integrator, 'recordOrder', { program, id, visitor: id, lines });
}

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    heard.push(JSON.parse(body));
    response.writeHead(204).end();
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
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
});

describe('the end of a lock', () => {
  it('is told once, when it has come, of what still earns, and not while nobody listens', async () => {
    const made = await hook(['commission.available']);
    for (const id of ['o1', 'o2', 'gone']) await order(id);
    for (const id of ['o1', 'o2', 'gone']) await event(id, 'SHIPPED');
    await event('gone', 'CANCELLED');
    await must(sandbox.integrator, 'recordOrderEvent', {
      program,
      order: 'o2',
      kind: 'REFUNDED',
      id: 'r1',
      lines: [{ sku: 'a', amount: '5.00' }],
    });
    await sandbox.at('2026-04-14T23:59:59.999Z');
    expect(await deliver()).toEqual([]);
    // Two processes look for due work at once.
    const due = () => api.app.services.due.runUntil(sandbox.id, Date.parse('2026-04-15T00:00:00Z'));
    expect((await Promise.all([due(), due()])).sort()).toEqual([0, 2]);
    await sandbox.at('2026-04-15T00:00:00Z');
    expect(await deliver()).toEqual(['commission.available o1 100', 'commission.available o2 75']);
    expect(heard.map(({ data }) => data['at'])).toEqual(['2026-04-15T00:00:00Z', '2026-04-15T00:00:00Z']);
    await sandbox.at('2026-04-16T00:00:00Z');
    expect(await deliver()).toEqual([]);

    const { id } = made['webhook'] as { id: string };
    await order('o3');
    await event('o3', 'SHIPPED');
    await must(sandbox.staff, 'setWebhook', { webhook: id, on: false });
    await sandbox.at('2026-06-30T00:00:00Z');
    await must(sandbox.staff, 'setWebhook', { webhook: id, on: true });
    await sandbox.at('2026-07-01T00:00:00Z');
    expect(await deliver()).toEqual([]);
  });

  it('that turns out to have been long ago is told at once, and only then', async () => {
    await hook(['commission.available', 'commission.created']);
    await order('o1');
    await sandbox.at('2026-05-01T00:00:00Z');
    expect(await deliver()).toEqual(['commission.created o1 100']);
    await event('o1', 'SHIPPED', '2026-03-01T00:00:00Z');
    expect(await deliver()).toEqual(['commission.available o1 100']);
    await sandbox.at('2026-05-02T00:00:00Z');
    expect(await deliver()).toEqual([]);
  });

  it('is told once of many that end together, and to an affiliate of its own', async () => {
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'bob', country: 'DE' });
    const bob = api.as(await affiliateToken(sandbox, 'bob'));
    await must(bob, 'createWebhook', { program, url, events: ['commission.available'] });
    await must(sandbox.integrator, 'recordClick', { program, id: 'kb', affiliate: 'bob', visitor: 'vb' });
    await must(sandbox.integrator, 'recordOrder', {
      program,
      id: 'ob',
      visitor: 'vb',
      lines: [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00' }],
    });
    await order('oa');
    for (const id of ['oa', 'ob']) await event(id, 'SHIPPED');
    await sandbox.at('2026-04-15T00:00:00Z');
    expect(await deliver()).toEqual(['commission.available ob 100']);
  });
});

describe('money and points on their way out', () => {
  const bonus = (id: string, amount: string, of = { program, affiliate: 'ann' }) =>
    must(sandbox.staff, 'postAdjustment', { ...of, id, kind: 'BONUS', amount, reason: 'a good month' });

  it('are told at every step', async () => {
    await hook(['requested', 'held', 'released', 'approved', 'paid', 'returned'].map((state) => `withdrawal.${state}`));
    await hook(['held', 'released', 'redeemed', 'captured', 'fulfilled', 'refused'].map((state) => `redemption.${state}`));
    await bonus('b1', '9000');
    const { staff, integrator } = sandbox;
    await must(staff, 'requestWithdrawal', { program, affiliate: 'ann', id: 'w1', amount: '1500' });
    await must(staff, 'requestWithdrawal', { program, affiliate: 'ann', id: 'w1', amount: '1500' });
    await must(staff, 'holdWithdrawal', { program, withdrawal: 'w1', reason: 'who is that?' });
    await must(staff, 'releaseWithdrawal', { program, withdrawal: 'w1' });
    for (const mutation of ['approveWithdrawal', 'markWithdrawalPaid', 'markWithdrawalReturned'])
      await must(staff, mutation, { program, withdrawal: 'w1' });
    const redeem = (id: string, kind: string, more: object = {}) =>
      must(integrator, 'redeemPoints', { program, affiliate: 'ann', id, kind, points: '100', ...more });
    const product = { points: '2000', productPrice: '20.00' };
    await redeem('coupon', 'coupon');
    await redeem('cart', 'checkout');
    await must(integrator, 'captureRedemption', { program, redemption: 'cart', order: 'o9' });
    await redeem('left', 'checkout');
    await redeem('sent', 'product', product);
    await must(staff, 'fulfilRedemption', { program, redemption: 'sent' });
    await redeem('kept', 'product', product);
    await must(staff, 'refuseRedemption', { program, redemption: 'kept' });
    await sandbox.at('2026-03-01T00:30:00Z');
    expect(await deliver()).toEqual([
      'redemption.captured cart 100',
      'redemption.fulfilled sent 2000',
      'redemption.held cart 100',
      'redemption.held left 100',
      'redemption.redeemed coupon 100',
      'redemption.redeemed kept 2000',
      'redemption.redeemed sent 2000',
      'redemption.refused kept 2000',
      'redemption.released left 100',
      'withdrawal.approved w1 1500',
      'withdrawal.held w1 1500',
      'withdrawal.paid w1 1500',
      'withdrawal.released w1 1500',
      'withdrawal.requested w1 1500',
      'withdrawal.returned w1 1500',
    ]);
    expect(heard.every(({ data }) => data['affiliate'] === 'ann' && data['unit'] === 'points')).toBe(true);
  });

  it('are told of what a cut-off takes and turns away', async () => {
    const monthly = 'monthly';
    const cam = { program: monthly, affiliate: 'cam' };
    await must(sandbox.staff, 'createProgram', { document: monthlyTerms(monthly) });
    await hook(['withdrawal.requested', 'withdrawal.processing', 'withdrawal.rejected'], monthly);
    await must(sandbox.staff, 'enrollAffiliate', { program: monthly, affiliate: 'cam', country: 'MY' });
    await bonus('b1', '20.00', cam);
    await must(sandbox.staff, 'requestWithdrawal', { program: monthly, affiliate: 'cam', id: 'w1' });
    await bonus('b2', '5.00', cam);
    await sandbox.at('2026-03-25T00:00:00Z');
    expect(await deliver()).toEqual(['withdrawal.processing w1 25.00', 'withdrawal.requested w1 ']);
  });
});

describe('what is over, and what is new', () => {
  it('are told: points that were not used in time, and a class', async () => {
    await hook(['lot.expired', 'class.changed']);
    await order('o1', '8000.00');
    await event('o1', 'PAID');
    await event('o1', 'SHIPPED');
    await sandbox.at('2026-03-01T01:00:00Z');
    await must(sandbox.staff, 'requestClass', { program, affiliate: 'ann', class: 'silver' });
    await must(sandbox.staff, 'approveClass', { program, affiliate: 'ann' });
    expect(await deliver()).toEqual(['class.changed ann ']);
    expect(heard[0]!.data).toMatchObject({ class: 'silver', before: 'bronze' });
    await sandbox.at('2027-12-31T15:59:59.999Z');
    expect(await deliver()).toEqual([]);
    await sandbox.at('2027-12-31T16:00:00Z');
    await sandbox.at('2028-01-02T00:00:00Z');
    expect(await deliver()).toEqual(['lot.expired o1 40000']);
    expect(heard[0]!.data).toMatchObject({ affiliate: 'ann', unit: 'points', at: '2027-12-31T16:00:00Z' });
  });
});
