import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect } from '../../testing/books.ts';
import { payoutsOf } from '../../testing/payouts.ts';

const program = 'banggood';
const url = 'https://ann.example/hook';
const { withdrawalOf } = payoutsOf(program);
let api: TestApi;
let client: pg.Client;
let sandbox: TestSandbox;
let ann: Ask;

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  client = await connect(api.database.url);
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await withdrawalOf(sandbox.staff, { name: 'ann', points: '1000' });
  ann = api.as(await affiliateToken(sandbox, 'ann'));
  const events = ['withdrawal.held', 'withdrawal.released'];
  await must(ann, 'createWebhook', { program, url, events });
  await must(sandbox.staff, 'createWebhook', { program, url: 'https://shop.example/hook', events });
}, 60_000);
afterAll(async () => {
  await client.end();
  await api.close();
});

const SEEN = 'status heldAt heldMessage history { kind reason }';
const seenBy = async (ask: Ask, what: string) =>
  (await ask<{ withdrawal: Record<string, unknown> }>(`{ withdrawal(program: "${program}", id: "w-ann") { ${what} } }`)).withdrawal;
const hold = (more: object = {}) =>
  must(sandbox.staff, 'holdWithdrawal', { program, withdrawal: 'w-ann', reason: 'her clicks come from one house', ...more });
const release = () => must(sandbox.staff, 'releaseWithdrawal', { program, withdrawal: 'w-ann', reason: 'an office of forty' });

it('an affiliate reads that it is on hold and what to do, not what staff suspect', async () => {
  expect(await seenBy(ann, SEEN)).toMatchObject({ heldAt: null, heldMessage: null });
  await hold();
  const seen = await seenBy(ann, SEEN);
  expect(seen).toMatchObject({
    heldAt: '2026-03-01T00:00:00Z',
    heldMessage: expect.stringContaining('you may ask them'),
    history: [{ kind: 'held', reason: null }],
  });
  for (const field of ['heldReason', 'contradiction', 'contradictedAt'])
    await expect(seenBy(ann, field), field).rejects.toThrow(/FORBIDDEN|not allowed|may not/i);
  expect(await seenBy(sandbox.staff, 'heldReason history { reason }')).toMatchObject({
    heldReason: 'her clicks come from one house',
    history: [{ reason: 'her clicks come from one house' }],
  });
  await release();
  expect(await seenBy(ann, SEEN)).toMatchObject({ heldAt: null, heldMessage: null, history: [{}, { kind: 'released', reason: null }] });
});

it('they read what staff say to them instead', async () => {
  await hold({ message: ' Please send us your tax number. ' });
  expect(await seenBy(ann, SEEN)).toMatchObject({ heldMessage: 'Please send us your tax number.' });
  await release();
});

it('nor do their addresses hear it; those of staff do', async () => {
  const { rows } = await client.query<{ own: boolean; event: string; reason: string | null }>(
    `select e.affiliate_id is not null as own, d.event, d.payload ->> 'reason' as reason
     from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id order by d.id, own`,
  );
  const heard = (own: boolean) => rows.filter((row) => row.own === own).map(({ event, reason }) => [event, reason]);
  expect(heard(true)).toEqual([
    ['withdrawal.held', expect.stringContaining('you may ask them')],
    ['withdrawal.released', null],
    ['withdrawal.held', 'Please send us your tax number.'],
    ['withdrawal.released', null],
  ]);
  expect(heard(false)).toEqual([
    ['withdrawal.held', 'her clicks come from one house'],
    ['withdrawal.released', 'an office of forty'],
    ['withdrawal.held', 'her clicks come from one house'],
    ['withdrawal.released', 'an office of forty'],
  ]);
});

it('no address of theirs is told of what is for staff', async () => {
  await expect(must(ann, 'createWebhook', { program, url, events: ['withdrawal.contradicted'] })).rejects.toThrow('INVALID');
});

it('nor does what they list tell them', async () => {
  const listed = async (ask: Ask, contradicted: boolean) => {
    const { withdrawals } = await ask<{ withdrawals: { nodes: object[] } }>(
      `{ withdrawals(program: "${program}", contradicted: ${contradicted}) { nodes { externalId } } }`,
    );
    return withdrawals.nodes.length;
  };
  const contradict = (at: string, why: string) => client.query(`update withdrawal set contradicted_at = ${at}, contradiction = ${why}`);
  await contradict('now()', "'it is said to be paid'");
  expect([await listed(sandbox.staff, true), await listed(sandbox.staff, false)]).toEqual([1, 0]);
  expect([await listed(ann, true), await listed(ann, false)]).toEqual([0, 1]);
  await contradict('null', 'null');
});

it('a withdrawal says how it is to be paid by now', async () => {
  const method = 'payoutMethod { kind account missing { field } }';
  await must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'ann', kind: 'paypal', account: 'first@ann.example' });
  await must(sandbox.staff, 'setPayoutMethod', {
    program,
    affiliate: 'ann',
    kind: 'paypal',
    account: 'ann@ann.example',
    reason: 'a typing error',
  });
  for (const ask of [sandbox.staff, ann])
    expect(await seenBy(ask, method)).toEqual({ payoutMethod: { kind: 'paypal', account: 'ann@ann.example', missing: [] } });
  await withdrawalOf(sandbox.staff, { name: 'bob', points: '1000' });
  const { withdrawal } = await sandbox.staff<{ withdrawal: object }>(`{ withdrawal(program: "${program}", id: "w-bob") { ${method} } }`);
  expect(withdrawal).toEqual({ payoutMethod: null });
});
