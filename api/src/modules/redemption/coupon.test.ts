import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';
const SELECT = 'redemption { status points { value unit } coupon { code status worth { amount currency } expiresAt } }';

let api: TestApi;
let sandbox: TestSandbox;
let number = 0;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await must(sandbox.staff, 'postAdjustment', { program, affiliate: 'ann', id: 'b', kind: 'BONUS', amount: '9000', reason: 'a prize' });
});
afterAll(() => api.close());

interface Bought {
  redemption: { status: string; coupon: { code: string; status: string } };
}

const buy = (more: object = {}, id = `x${++number}`) =>
  must(sandbox.integrator, 'redeemPoints', { program, affiliate: 'ann', id, kind: 'coupon', points: '250', ...more }, SELECT);
const codeOf = async () => ((await buy()) as unknown as Bought).redemption.coupon.code;

describe('exchanges', () => {
  it('are listed for those who decide about them, the last first, each with its coupon', async () => {
    await buy({}, 'list-1');
    await buy({}, 'list-2');
    const query = `query ($kind: RedemptionKind, $status: RedemptionStatus, $affiliate: String) {
      redemptions(program: "banggood", kind: $kind, status: $status, affiliate: $affiliate, first: 2) {
        totalCount nodes { externalId program { key } affiliate { externalId } coupon { status } } } }`;
    const { redemptions } = await sandbox.staff<{ redemptions: { totalCount: number; nodes: object[] } }>(query, {
      kind: 'COUPON',
      status: 'REDEEMED',
    });
    expect(redemptions).toMatchObject({ totalCount: 2 });
    expect(redemptions.nodes).toEqual(
      ['list-2', 'list-1'].map((externalId) => ({
        externalId,
        program: { key: program },
        affiliate: { externalId: 'ann' },
        coupon: { status: 'VALID' },
      })),
    );
    for (const none of [{ kind: 'PRODUCT' }, { status: 'REFUSED' }, { affiliate: 'nobody' }])
      expect(await sandbox.staff(query, none)).toMatchObject({ redemptions: { totalCount: 0 } });
    await expect(sandbox.integrator(query)).rejects.toThrow();
  });
});

describe('a coupon', () => {
  it('is worth what the points are, and its code is shown again to whoever repeats the exchange', async () => {
    const bought = await buy({}, 'first');
    expect(bought).toMatchObject({
      redemption: {
        status: 'REDEEMED',
        points: { value: '250', unit: 'points' },
        coupon: {
          code: expect.stringMatching(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/),
          status: 'VALID',
          worth: { amount: '2.50', currency: 'USD' },
          expiresAt: '2027-03-01T00:00:00.001Z',
        },
      },
    });
    expect(await buy({}, 'first')).toEqual(bought);
    const { code } = (bought as unknown as Bought).redemption.coupon;
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ' ')])
      expect(
        await sandbox.integrator('query ($code: String!) { coupon(program: "banggood", code: $code) { worth { amount } } }', {
          code: typed,
        }),
      ).toEqual({
        coupon: { worth: { amount: '2.50' } },
      });
  });

  it('stands nowhere in the database as the shopper types it', async () => {
    const letters = (await codeOf()).replaceAll('-', '');
    await withConnection(api.database.url, async (client) => {
      const { rows } = await client.query<{ text: string }>(
        'select row_to_json(c)::text as text from coupon c union all select row_to_json(f)::text from fact_key f union all select row_to_json(a)::text from audit_entry a',
      );
      expect(rows.filter(({ text }) => text.replaceAll('-', '').includes(letters))).toEqual([]);
    });
  });

  it('is used by one of many carts that come at once', async () => {
    const code = await codeOf();
    const carts = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
    const answers = await Promise.all(carts.map((cart) => refusalOf(sandbox.integrator, 'useCoupon', { program, code, cart })));
    expect(answers.toSorted()).toEqual(['', ...carts.slice(1).map(() => 'CONFLICT')]);
    const winner = carts[answers.indexOf('')];
    expect(
      await sandbox.integrator('query ($code: String!) { coupon(program: "banggood", code: $code) { status usedFor heldUntil } }', {
        code,
      }),
    ).toEqual({
      coupon: { status: 'USED', usedFor: winner, heldUntil: null },
    });
  });

  it('that was used is never used again, not even by who writes to the database', async () => {
    const code = await codeOf();
    await must(sandbox.integrator, 'useCoupon', { program, code, cart: 'c1' });
    await withConnection(api.database.url, async (client) => {
      await expect(
        client.query('update coupon set used_for = null, used_at = null, used_by = null where used_at is not null'),
      ).rejects.toThrow('used once');
      await expect(client.query('delete from coupon')).rejects.toThrow('append-only');
    });
  });

  it('is not there for others, nor what is no code', async () => {
    const code = await codeOf();
    const other = await createTestSandbox(api, { programs: [program] });
    for (const mutation of ['holdCoupon', 'releaseCoupon', 'useCoupon']) {
      expect(await refusalOf(other.integrator, mutation, { program, code, cart: 'c1' })).toBe('NOT_FOUND');
      for (const wrong of ['', ...HOSTILE])
        expect(await refusalOf(sandbox.integrator, mutation, { program, code: wrong, cart: 'c1' }), wrong).toBe('NOT_FOUND');
      for (const cart of ['', ' ', HOSTILE[0], 'n'.repeat(129)])
        expect(await refusalOf(sandbox.integrator, mutation, { program, code, cart }), cart).toBe('INVALID');
    }
    const hers = await affiliateToken(sandbox, 'ann');
    const query = `mutation { useCoupon(input: { program: "${program}", code: "${code}", cart: "c1" }) { userErrors { code } } }`;
    expect((await api.send(hers, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('worth less than a cent is not sold', async () => {
    const document = (
      await sandbox.staff<{ program: { terms: { document: string } } }>(`{ program(key: "${program}") { terms { document } } }`)
    ).program.terms.document;
    const terms = JSON.parse(document);
    terms.redemption.coupon.activity.perCurrencyUnit = '1000';
    await must(sandbox.staff, 'publishTerms', { program, document: JSON.stringify(terms), holdsFrom: '2026-03-01T00:00:00Z' });
    await must(sandbox.integrator, 'recordActivity', { program, id: 'a1', affiliate: 'ann', kind: 'order', amount: '100' });
    const points = { program, affiliate: 'ann', kind: 'coupon', unit: 'general-points' };
    expect(await refusalOf(sandbox.integrator, 'redeemPoints', { ...points, id: 'small', points: '9' })).toBe('BG-17');
    expect(await act(sandbox.integrator, 'redeemPoints', { ...points, id: 'large', points: '19' }, SELECT)).toMatchObject({
      redemption: { points: { value: '19', unit: 'general-points' }, coupon: { worth: { amount: '0.01' } } },
    });
  });
});
