import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { act, must, refusalOf } from '../../../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi } from '../../../../testing/api.ts';
import { connect, provedWrong } from '../../../../testing/books.ts';
import { payoutsOf } from '../../../../testing/payouts.ts';
import { LocalPayPal, type Trouble } from '../../../../testing/paypal.ts';

const program = 'banggood';
const { approvedWithdrawals, balanceOf, batchOf, linesOf, sentBatch } = payoutsOf(program);
let paypal: LocalPayPal;
let api: TestApi;
let client: pg.Client;
let staff: Ask;
let sandboxes = 0;

beforeAll(async () => {
  paypal = await new LocalPayPal().start();
  api = await startTestApi(paypal.environment(), { jobs: false });
  client = await connect(api.database.url);
}, 60_000);

beforeEach(async () => {
  paypal.batches.clear();
  // Nobody asks for parts of before any more: a few are asked for at a time.
  await client.query('update payout_part set ask_at = null');
  paypal.nextStatus = 'SUCCESS';
  sandboxes += 1;
  staff = (await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z', name: `paypal ${sandboxes}` })).staff;
  const payees = ['ann', 'ben', 'cem'].map((name, index) => ({
    name,
    points: String(1_000 * (index + 1)),
    kind: 'paypal',
    account: `${name}@example.org`,
  }));
  await approvedWithdrawals(staff, payees);
});

afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
  await api.close();
  await paypal.stop();
});

/** As the job does it, without waiting for its turn. */
const ask = () => must(staff, 'askPayoutBatch', { program, batch: 'march' });
/** What the job does every few seconds. */
const work = () => api.app.services.payoutProviders.askAll();
const send = () => sentBatch(staff, staff, 'march');
const part = async () => (await batchOf(staff, 'march')).parts[0]!;
const lineOf = async (name: string) => (await batchOf(staff, 'march')).lines.nodes.find(({ affiliate }) => affiliate.externalId === name)!;
const underReview = (name: string) =>
  client.query(
    `insert into sanctions_match (affiliate_id, id, organization_id, list, entry, entry_hash, listed_name, kind, status, found_at)
     select affiliate_id, l.id, a.organization_id, 'un', '1', '', 'Ann', 'exact', 'held', now() from payout_line l join affiliate a on a.id = l.affiliate_id
     where a.external_id = $1 order by l.id desc limit 1`,
    [name],
  );
/** Nobody knows what became of its lines, and nobody is asked any more. */
async function stopUnknown(): Promise<void> {
  paypal.trouble('silent after taking');
  await send();
  await work();
  await must(staff, 'stopPayoutBatch', { program, batch: 'march' });
}

async function giveBackInDoubt(): Promise<void> {
  await stopUnknown();
  const lines = (await batchOf(staff, 'march')).lines.nodes.map(({ id }) => id);
  await must(staff, 'markPayoutLines', { program, batch: 'march', lines, outcome: 'FAILED', reason: 'not there', lookedUp: true });
}

const contradictions = async () => {
  const { withdrawals } = await staff<{ withdrawals: { nodes: { contradiction: string }[] } }>(
    '{ withdrawals(contradicted: true) { nodes { externalId amount { value } contradiction } } }',
  );
  return withdrawals.nodes;
};
const nobodyTwice = () => expect([...paypal.timesTaken().values()].every((times) => times === 1)).toBe(true);

async function tell(item: ReturnType<LocalPayPal['itemOf']>, type: string, change: Record<string, string> = {}, body?: string) {
  const event = paypal.event(item, type);
  const response = await fetch(`${api.url}/payouts/webhooks/paypal`, {
    method: 'POST',
    body: body ?? event.body,
    headers: { ...event.headers, ...change },
  });
  return response.status;
}

describe('a batch paid through PayPal', () => {
  it('that PayPal works on is not said to have failed by anybody else: it would be paid twice', async () => {
    paypal.nextStatus = 'PENDING';
    await send();
    await ask();
    await ask();
    expect((await part()).status).toBe('accepted');
    const [line] = (await batchOf(staff, 'march')).lines.nodes;
    for (const outcome of ['FAILED', 'RETURNED', 'PAID']) {
      const marked = await act(
        staff,
        'markPayoutLines',
        { program, batch: 'march', lines: [line!.id], outcome, reason: 'it takes long' },
        'problems { message }',
      );
      expect(marked).toMatchObject({ problems: [{ message: expect.stringContaining('still to say what became of it') }] });
    }
    expect(await linesOf(staff, 'march')).toEqual(['ann: sent', 'ben: sent', 'cem: sent']);
    for (const item of paypal.items()) item.status = 'SUCCESS';
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
  });

  it('leaves out who came under review before it was taken', async () => {
    paypal.trouble('too many');
    await send();
    await work();
    expect(await linesOf(staff, 'march')).toEqual(['ann: sent', 'ben: sent', 'cem: sent']);
    await underReview('ann');
    await ask();
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: failed', 'ben: paid', 'cem: paid']);
    expect(paypal.items().map(({ receiver }) => receiver)).toEqual(['ben@example.org', 'cem@example.org']);
    expect(await balanceOf(staff, 'ann')).toMatchObject({ available: '1000', paid: '0' });
  });

  it('of which whoever gave it never noted the answer may be paid: nothing of it is said to be unpaid before that is known', async () => {
    await send();
    await ask();
    expect(paypal.batches.size).toBe(1);
    // As a process leaves it that dies between giving it and noting the answer.
    await client.query(
      `update payout_part set provider_id = null, status = 'sent', tried_at = now() - interval '3 minutes', ask_at = now() - interval '1 minute' where id = $1`,
      [(await part()).id],
    );
    await underReview('ann');
    await work();
    expect(await linesOf(staff, 'march')).toEqual(['ann: unknown', 'ben: unknown', 'cem: unknown']);
    expect(await balanceOf(staff, 'ann')).toMatchObject({ available: '0' });
    await client.query(
      "update sanctions_match set status = 'cleared', decided_at = now(), decided_by = 'staff', reason = 'another' where status = 'held'",
    );
    for (let times = 0; times < 2; times++) await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
    nobodyTwice();
  });

  it.each(['now()', "now() - interval '3 minutes'"])('likewise when staff ask for it themselves, last tried at %s', async (triedAt) => {
    await send();
    await ask();
    await client.query(
      `update payout_part set provider_id = null, status = 'sent', tried_at = ${triedAt}, ask_at = ${triedAt} + interval '2 minutes' where id = $1`,
      [(await part()).id],
    );
    await underReview('ann');
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: unknown', 'ben: unknown', 'cem: unknown']);
  });

  it('is taken under our ids, and paid', async () => {
    await send();
    await ask();
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
    const [batch] = paypal.batches.values();
    expect(batch!.senderBatchId).toBe((await part()).id.replaceAll('-', ''));
    expect(paypal.items().map(({ value, currency, receiver }) => `${receiver} ${value} ${currency}`)).toEqual([
      'ann@example.org 10.00 USD',
      'ben@example.org 20.00 USD',
      'cem@example.org 30.00 USD',
    ]);
    expect((await part()).status).toBe('done');
    nobodyTwice();
  });

  it.each<[Trouble, string]>([
    ['silent after taking', 'unknown'],
    ['fails after taking', 'unknown'],
    ['silent', 'unknown'],
    ['fails', 'unknown'],
  ])('%s: nobody knows, until it is asked again under the same id', async (trouble, then) => {
    paypal.trouble(trouble);
    await send();
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann', 'ben', 'cem'].map((name) => `${name}: ${then}`));
    expect(await balanceOf(staff, 'ann')).toEqual({ available: '0', reserved: '0', paid: '1000' });
    for (let times = 0; times < 3; times++) await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
    expect(paypal.batches.size).toBe(1);
    nobodyTwice();
  });

  it.each<[Trouble]>([['too many'], ['no token']])('%s: certainly nothing was paid, and it is tried again', async (trouble) => {
    if (trouble === 'no token') await expireToken();
    paypal.trouble(trouble);
    await send();
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: sent', 'ben: sent', 'cem: sent']);
    for (let times = 0; times < 3; times++) await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
    nobodyTwice();
  });

  describe('that PayPal has accepted and is slow to settle', () => {
    const mark = async (name: string, outcome: string, lookedUp?: boolean) =>
      act(
        staff,
        'markPayoutLines',
        { program, batch: 'march', lines: [(await lineOf(name)).id], outcome, reason: 'their support says so', lookedUp },
        'changed problems { message } warnings { line message }',
      );

    beforeEach(async () => {
      paypal.nextStatus = 'PENDING';
      await send();
      for (let times = 0; times < 2; times++) await ask();
      expect((await part()).status).toBe('accepted');
    });

    it('is given back by whoever has looked it up there, and nothing more is paid to its affiliate until that is settled', async () => {
      for (const outcome of ['FAILED', 'RETURNED', 'PAID'])
        expect(await mark('ann', outcome)).toMatchObject({
          changed: 0,
          problems: [{ message: expect.stringContaining('look it up there') }],
        });
      expect(await mark('ann', 'FAILED', true)).toMatchObject({
        changed: 1,
        problems: [],
        warnings: [{ message: expect.stringContaining('it stands among the contradicted withdrawals') }],
      });
      expect(await lineOf('ann')).toMatchObject({ status: 'FAILED', inDoubt: true });
      expect(await balanceOf(staff, 'ann')).toEqual({ available: '1000', reserved: '0', paid: '0' });
      expect(await contradictions()).toMatchObject([
        { externalId: 'w-ann', contradiction: expect.stringContaining('its provider has accepted it') },
      ]);
      await must(staff, 'requestWithdrawal', { program, affiliate: 'ann', id: 'w-ann-2' });
      expect(await refusalOf(staff, 'approveWithdrawal', { program, withdrawal: 'w-ann-2' })).toBe('INVALID');

      for (const item of paypal.items()) item.status = 'SUCCESS';
      await ask();
      expect(await linesOf(staff, 'march')).toEqual(['ann: failed', 'ben: paid', 'cem: paid']);
      expect(await contradictions()).toMatchObject([{ contradiction: expect.stringContaining('It is failed and said to be paid') }]);
      expect(await refusalOf(staff, 'approveWithdrawal', { program, withdrawal: 'w-ann-2' })).toBe('INVALID');
      nobodyTwice();
    });

    it('is paid again only after staff have settled what they found', async () => {
      await mark('ann', 'FAILED', true);
      await must(staff, 'requestWithdrawal', { program, affiliate: 'ann', id: 'w-ann-2' });
      for (const item of paypal.items()) item.status = item.receiver === 'ann@example.org' ? 'FAILED' : 'SUCCESS';
      await ask();
      expect(await lineOf('ann')).toMatchObject({ status: 'FAILED', inDoubt: false });
      expect(await refusalOf(staff, 'approveWithdrawal', { program, withdrawal: 'w-ann-2' })).toBe('INVALID');
      await must(staff, 'settleContradiction', { program, withdrawal: 'w-ann', reason: 'PayPal says that it failed' });
      await must(staff, 'approveWithdrawal', { program, withdrawal: 'w-ann-2' });
      expect(await balanceOf(staff, 'ann')).toEqual({ available: '0', reserved: '1000', paid: '0' });
      nobodyTwice();
    });

    it('is paid by the word of whoever has looked it up there, and comes back once if PayPal says that it failed', async () => {
      expect(await mark('ben', 'PAID', true)).toMatchObject({ changed: 1, problems: [], warnings: [] });
      expect(await balanceOf(staff, 'ben')).toEqual({ available: '0', reserved: '0', paid: '2000' });
      expect(await contradictions()).toEqual([]);
      for (const item of paypal.items()) item.status = 'FAILED';
      for (let times = 0; times < 2; times++) await ask();
      expect(await linesOf(staff, 'march')).toEqual(['ann: failed', 'ben: returned', 'cem: failed']);
      expect(await balanceOf(staff, 'ben')).toEqual({ available: '2000', reserved: '0', paid: '0' });
      nobodyTwice();
    });
  });

  it('is refused: nothing is tried again by itself, staff see why and may ask again', async () => {
    paypal.trouble('refuses');
    await send();
    await work();
    expect(await part()).toMatchObject({ status: 'refused' });
    await work();
    expect((await part()).reason).toMatch(/sufficient funds/);
    expect(await linesOf(staff, 'march')).toEqual(['ann: sent', 'ben: sent', 'cem: sent']);
    for (let times = 0; times < 2; times++) await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
    nobodyTwice();
  });

  it('is not said to have failed by hand while PayPal may still be given it: it is stopped first', async () => {
    paypal.trouble('too many');
    await send();
    await work();
    const { lines } = await batchOf(staff, 'march');
    const idOf = (name: string) => lines.nodes.find(({ affiliate }) => affiliate.externalId === name)!.id;
    const mark = (line: string) =>
      act(
        staff,
        'markPayoutLines',
        { program, batch: 'march', lines: [line], outcome: 'FAILED', reason: 'paid otherwise' },
        'changed problems { message }',
      );
    expect(await mark(idOf('ann'))).toMatchObject({ changed: 0, problems: [{ message: expect.stringContaining('stop the batch first') }] });
    await must(staff, 'stopPayoutBatch', { program, batch: 'march' });
    expect(await part()).toMatchObject({ status: 'refused', reason: expect.stringContaining('Stopped by') });
    expect(await mark(idOf('ann'))).toMatchObject({ changed: 1, problems: [] });
    // Asked again, it is given what is left.
    for (let times = 0; times < 3; times++) await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: failed', 'ben: paid', 'cem: paid']);
    expect(paypal.items().map(({ receiver }) => receiver)).toEqual(['ben@example.org', 'cem@example.org']);
  });

  it('stopped while it is unknown is given back only by whoever has looked it up, and a late word that it was paid waits for staff', async () => {
    await stopUnknown();
    const [ann] = (await batchOf(staff, 'march')).lines.nodes.filter(({ affiliate }) => affiliate.externalId === 'ann');
    const mark = (outcome: string, lookedUp?: boolean) =>
      act(
        staff,
        'markPayoutLines',
        { program, batch: 'march', lines: [ann!.id], outcome, reason: 'not in the list of March', lookedUp },
        'changed problems { message } warnings { line message }',
      );
    for (const outcome of ['FAILED', 'RETURNED']) {
      const guessed = await mark(outcome);
      expect(guessed).toMatchObject({ changed: 0, problems: [{ message: expect.stringContaining('Look it up') }], warnings: [] });
    }
    expect(await linesOf(staff, 'march')).toContain('ann: unknown');
    const warnings = [{ line: ann!.id, message: expect.stringContaining('It may be paid all the same') }];
    expect(await mark('FAILED', true)).toMatchObject({ changed: 1, problems: [], warnings });
    expect(await mark('FAILED', true)).toMatchObject({ changed: 0, problems: [], warnings });
    expect(await lineOf('ann')).toMatchObject({ status: 'FAILED', inDoubt: true, reason: 'not in the list of March' });
    expect(await balanceOf(staff, 'ann')).toEqual({ available: '1000', reserved: '0', paid: '0' });
    await must(staff, 'requestWithdrawal', { program, affiliate: 'ann', id: 'w-again' });

    // Nobody had said that PayPal has the part: its event does.
    expect(await tell(paypal.itemOf('ann@example.org'), 'SUCCEEDED')).toBe(200);
    expect(await linesOf(staff, 'march')).toEqual(['ann: failed', 'ben: paid', 'cem: paid']);
    const contradicted = await contradictions();
    expect(contradicted).toMatchObject([
      { externalId: 'w-ann', amount: { value: '1000' }, contradiction: expect.stringContaining('It is failed and said to be paid') },
    ]);
    const { dashboard } = await staff<{ dashboard: { waiting: { kind: string; count: number }[] } }>(
      '{ dashboard { waiting { kind count } } }',
    );
    expect(dashboard.waiting).toContainEqual({ kind: 'CONTRADICTION', count: 1 });

    // What was given back is not paid a second time.
    const approved = await act(staff, 'approveWithdrawal', { program, withdrawal: 'w-again' });
    expect(approved.userErrors[0]?.message).toMatch(/is said to be made all the same/);
    await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w-again', reason: 'it was paid in March' });
    const back = { program, affiliate: 'ann', id: 'twice', kind: 'ADJUSTMENT', amount: '-1000', reason: 'paid in March' };
    await must(staff, 'postAdjustment', back);
    expect(await balanceOf(staff, 'ann')).toMatchObject({ available: '0' });
    expect(await refusalOf(staff, 'settleContradiction', { program, withdrawal: 'w-ann' })).toBe('INVALID');
    await must(staff, 'settleContradiction', { program, withdrawal: 'w-ann', reason: 'taken back' });
    expect(await contradictions()).toEqual([]);
    expect(await refusalOf(staff, 'settleContradiction', { program, withdrawal: 'w-ann', reason: 'once more' })).toBe('INVALID');
    // Told once more, it is no news.
    await tell(paypal.itemOf('ann@example.org'), 'SUCCEEDED');
    expect(await contradictions()).toEqual([]);
    // That it came back is: what was taken back for it is to be given again.
    paypal.itemOf('ann@example.org').status = 'RETURNED';
    await tell(paypal.itemOf('ann@example.org'), 'RETURNED');
    expect(await contradictions()).toMatchObject([{ externalId: 'w-ann', contradiction: expect.stringContaining('holds no longer') }]);
    await must(staff, 'settleContradiction', { program, withdrawal: 'w-ann', reason: 'given again' });
    await tell(paypal.itemOf('ann@example.org'), 'RETURNED');
    expect(await contradictions()).toEqual([]);
  });

  it('given back in doubt while PayPal has it on its way waits for staff before it arrives', async () => {
    await giveBackInDoubt();
    for (const item of paypal.items()) item.status = 'UNCLAIMED';
    await tell(paypal.itemOf('ben@example.org'), 'UNCLAIMED');
    await must(staff, 'requestWithdrawal', { program, affiliate: 'ben', id: 'w-ben-2' });
    expect(await contradictions()).toHaveLength(3);
    expect(await refusalOf(staff, 'approveWithdrawal', { program, withdrawal: 'w-ben-2' })).toBe('INVALID');
    // What PayPal itself said failed is not on its way again.
    for (const item of paypal.items()) item.status = 'FAILED';
    await tell(paypal.itemOf('ben@example.org'), 'FAILED');
    for (const { contradiction } of await contradictions()) expect(contradiction).toContain('holds no longer: it is said to have failed');
    for (const name of ['ann', 'ben', 'cem'])
      await must(staff, 'settleContradiction', { program, withdrawal: `w-${name}`, reason: 'it failed' });
    for (const item of paypal.items()) item.status = 'PENDING';
    await tell(paypal.itemOf('ben@example.org'), 'SUCCEEDED');
    expect(await contradictions()).toEqual([]);
  });

  it('given back in doubt is in none once PayPal says so, too', async () => {
    await giveBackInDoubt();
    for (const item of paypal.items()) item.status = 'FAILED';
    await tell(paypal.itemOf('ben@example.org'), 'FAILED');
    expect(await lineOf('ben')).toMatchObject({ status: 'FAILED', inDoubt: false });
    expect(await contradictions()).toEqual([]);
  });

  it('is said to have failed where its batch is, not past it', async () => {
    paypal.trouble('silent after taking');
    await send();
    for (const mutation of ['markWithdrawalFailed', 'markWithdrawalReturned', 'markWithdrawalPaid'])
      expect([mutation, await refusalOf(staff, mutation, { program, withdrawal: 'w-ann' })]).toEqual([mutation, 'CONFLICT']);
    await work();
    expect(await refusalOf(staff, 'markWithdrawalFailed', { program, withdrawal: 'w-ann' })).toBe('CONFLICT');
    expect(await linesOf(staff, 'march')).toContain('ann: unknown');
  });

  it('stopped before it was ever given waits until somebody asks, and is then paid', async () => {
    await send();
    await must(staff, 'stopPayoutBatch', { program, batch: 'march' });
    await work();
    expect(paypal.batches.size).toBe(0);
    for (let times = 0; times < 2; times++) await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: paid', 'ben: paid', 'cem: paid']);
  });

  it('that breaks off in a way that nobody foresaw may have been taken, and keeps no other part waiting', async () => {
    await send();
    await approvedWithdrawals(staff, [{ name: 'dan', points: '1000', kind: 'paypal', account: 'dan@example.org' }]);
    await sentBatch(staff, staff, 'april');
    const { way } = api.app.services.payoutProviders['methods'].of('paypal');
    if (!('provider' in way)) throw new Error('PayPal is called');
    vi.spyOn(way.provider, 'submit').mockRejectedValueOnce(new Error('a fault that nobody foresaw'));
    await work();
    expect(await linesOf(staff, 'march')).toEqual(['ann: unknown', 'ben: unknown', 'cem: unknown']);
    expect((await part()).reason).toBe('a fault that nobody foresaw');
    expect(paypal.items().map(({ receiver }) => receiver)).toEqual(['dan@example.org']);
  });

  it('never answers: after a month it is not sent anew, since PayPal may have forgotten our id', async () => {
    paypal.trouble('silent', 'silent', 'silent', 'silent', 'silent', 'silent');
    await send();
    await ask();
    await client.query("update payout_part set first_tried_at = now() - interval '30 days', ask_at = now() where id = $1", [
      (await part()).id,
    ]);
    const before = paypal.calls.length;
    await work();
    expect((await part()).status).toBe('refused');
    await ask();
    expect(paypal.calls.slice(before).filter((call) => call === 'POST /v1/payments/payouts')).toEqual([]);
    expect(await linesOf(staff, 'march')).toEqual(['ann: unknown', 'ben: unknown', 'cem: unknown']);
    paypal.endTroubles();
  });
});

describe('a payment', () => {
  beforeEach(async () => {
    paypal.nextStatus = 'PENDING';
    await send();
    for (let times = 0; times < 2; times++) await ask();
  });

  it('is on its way, is not claimed, then comes back', async () => {
    expect(await linesOf(staff, 'march')).toContain('ann: sent');
    paypal.itemOf('ann@example.org').status = 'UNCLAIMED';
    await ask();
    expect(await linesOf(staff, 'march')).toContain('ann: sent');
    paypal.itemOf('ann@example.org').status = 'RETURNED';
    await ask();
    expect(await linesOf(staff, 'march')).toContain('ann: returned');
    expect(await balanceOf(staff, 'ann')).toEqual({ available: '1000', reserved: '0', paid: '0' });
  });

  it.each([['RETURNED'], ['REFUNDED'], ['REVERSED']])('is paid, and then %s: the amount is available again, once', async (status) => {
    const item = paypal.itemOf('ben@example.org');
    item.status = 'SUCCESS';
    expect(await tell(item, 'SUCCEEDED')).toBe(200);
    expect(await linesOf(staff, 'march')).toContain('ben: paid');
    item.status = status;
    for (let times = 0; times < 3; times++) expect(await tell(item, status)).toBe(200);
    expect(await linesOf(staff, 'march')).toContain('ben: returned');
    expect(await balanceOf(staff, 'ben')).toEqual({ available: '2000', reserved: '0', paid: '0' });
  });

  it('is told late: what PayPal says now counts, not what the event says', async () => {
    const item = paypal.itemOf('ben@example.org');
    const late = paypal.event(item, 'UNCLAIMED');
    item.status = 'SUCCESS';
    await tell(item, 'SUCCEEDED');
    await fetch(`${api.url}/payouts/webhooks/paypal`, { method: 'POST', ...late });
    expect(await linesOf(staff, 'march')).toContain('ben: paid');
  });

  it('fails, with the reason', async () => {
    const item = paypal.itemOf('cem@example.org');
    Object.assign(item, { status: 'FAILED', error: { name: 'RECEIVER_ACCOUNT_LOCKED', message: 'The account is locked.' } });
    await tell(item, 'FAILED');
    const line = (await batchOf(staff, 'march')).lines.nodes.find(({ affiliate }) => affiliate.externalId === 'cem')!;
    expect(line).toMatchObject({ status: 'FAILED', reason: 'RECEIVER_ACCOUNT_LOCKED: The account is locked.', providerStatus: 'FAILED' });
    expect(await balanceOf(staff, 'cem')).toEqual({ available: '3000', reserved: '0', paid: '0' });
  });

  it('of another amount is not taken for ours', async () => {
    const item = paypal.itemOf('cem@example.org');
    Object.assign(item, { status: 'SUCCESS', value: '3.00' });
    await tell(item, 'SUCCEEDED');
    const line = (await batchOf(staff, 'march')).lines.nodes.find(({ affiliate }) => affiliate.externalId === 'cem')!;
    expect(line).toMatchObject({ status: 'UNKNOWN', reason: '3.00 USD are said to be paid; 30.00 USD were sent.' });
  });

  it('said to be paid after it had failed is kept from the books, and shown', async () => {
    const item = paypal.itemOf('cem@example.org');
    item.status = 'FAILED';
    await tell(item, 'FAILED');
    item.status = 'SUCCESS';
    for (let times = 0; times < 2; times++) await tell(item, 'SUCCEEDED');
    expect(await linesOf(staff, 'march')).toContain('cem: failed');
    expect(await balanceOf(staff, 'cem')).toEqual({ available: '3000', reserved: '0', paid: '0' });
    const { withdrawal } = await staff<{ withdrawal: { history: { kind: string }[] } }>(
      `{ withdrawal(program: "${program}", id: "w-cem") { history { kind } } }`,
    );
    expect(withdrawal.history.filter(({ kind }) => kind === 'contradicted')).toHaveLength(1);
  });

  it('of a batch that PayPal denies has failed', async () => {
    const [batch] = paypal.batches.values();
    batch!.status = 'DENIED';
    for (const item of batch!.items) item.status = 'DENIED';
    await ask();
    expect(await linesOf(staff, 'march')).toEqual(['ann: failed', 'ben: failed', 'cem: failed']);
  });
});

describe('an event', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['with another signature', { 'paypal-transmission-sig': 'AAAA' }, undefined],
    ['of another time', { 'paypal-transmission-time': '2020-01-01T00:00:00Z' }, undefined],
    ['without a signature', { 'paypal-transmission-sig': '' }, undefined],
    ['with other words', {}, '{"event_type":"PAYMENT.PAYOUTS-ITEM.SUCCEEDED"}'],
    ['that is none', {}, 'x'],
    ['that is nothing', {}, ''],
  ])('%s is not believed', async (_, change, body) => {
    await send();
    await ask();
    const [item] = paypal.items();
    const before = paypal.calls.filter((call) => call.startsWith('GET')).length;
    expect(await tell(item!, 'SUCCEEDED', change, body)).toBe(401);
    expect(paypal.calls.filter((call) => call.startsWith('GET'))).toHaveLength(before);
  });

  it('of a method that hears of nothing is not believed', async () => {
    for (const method of ['bank-transfer', 'nothing'])
      expect((await fetch(`${api.url}/payouts/webhooks/${method}`, { method: 'POST', body: '{}' })).status).toBe(401);
  });
});

/** Tokens of the local server live for a second beyond the margin. */
async function expireToken(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}
