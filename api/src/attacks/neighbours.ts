import { affiliateToken, must } from '../testing/acts.ts';
import { createTestSandbox, type TestApi, type TestSandbox } from '../testing/api.ts';

export const PROGRAMS = ['banggood', 'bigseller', 'aliexpress'] as const;

/** Two affiliates in the same programs, whose customers, visitors and orders meet. All that the other has bears its mark. */
export interface Neighbours {
  readonly sandbox: TestSandbox;
  readonly token: string;
  readonly otherToken: string;
}

export const MARK = 'qqzb';

export async function createNeighbours(api: TestApi): Promise<Neighbours> {
  const sandbox = await createTestSandbox(api, { programs: [...PROGRAMS], startsAt: '2026-03-01T00:00:00Z' });
  const { staff, integrator } = sandbox;
  for (const who of ['mine', MARK])
    for (const program of PROGRAMS)
      await must(staff, 'enrollAffiliate', {
        program,
        affiliate: `${who}-aff`,
        name: `${who} Name`,
        email: `${who}@example.org`,
        country: 'MY',
        customer: `${who}-own`,
        ...(program === 'banggood' ? { class: 'silver' } : {}),
      });
  const tokens = { mine: await affiliateToken(sandbox, 'mine-aff'), other: await affiliateToken(sandbox, `${MARK}-aff`) };
  for (const who of ['mine', MARK]) await tell(sandbox, who);
  // Where both meet: a visitor of the one whom the other brought last, and a coupon that beats a click.
  for (const [winner, loser] of [
    ['mine', MARK],
    [MARK, 'mine'],
  ] as const) {
    const meeting = { program: 'banggood', visitor: winner === MARK ? 'meets-1' : 'meets-2' };
    await must(integrator, 'recordClick', {
      ...meeting,
      id: `${loser}-lost`,
      affiliate: `${loser}-aff`,
      country: 'DE',
      page: 'home',
      keyword: `${loser} keyword`,
    });
    await must(integrator, 'recordClick', { ...meeting, id: `${winner}-won`, affiliate: `${winner}-aff`, country: 'DE', page: 'home' });
    await must(integrator, 'recordOrder', {
      ...meeting,
      id: `${winner}-met`,
      country: 'DE',
      lines: [{ sku: `${winner}-sku`, price: '30.00' }],
    });
    await must(integrator, 'recordOrder', {
      ...meeting,
      id: `${loser}-taken`,
      country: 'DE',
      affiliateCoupon: `${loser}-aff`,
      lines: [{ sku: `${loser}-sku`, price: '30.00' }],
    });
  }
  await must(staff, 'attributeOrder', { program: 'banggood', order: 'mine-o2', affiliate: `${MARK}-aff`, reason: `${MARK} reason` });
  await sandbox.at('2026-06-01T00:00:00Z');
  for (const who of ['mine', MARK]) await takeOut(sandbox, api, who, who === MARK ? tokens.other : tokens.mine);
  return { sandbox, token: tokens.mine, otherToken: tokens.other };
}

async function tell({ staff, integrator }: TestSandbox, who: string): Promise<void> {
  const program = 'banggood';
  const affiliate = `${who}-aff`;
  await must(staff, 'createLink', {
    program,
    affiliate,
    id: `${who}-link`,
    url: `https://www.banggood.com/${who}-p-1.html`,
    subId: `${who}-sub`,
  });
  await must(staff, 'declareTrafficSource', {
    program,
    affiliate,
    kind: 'website',
    name: `${who} bangood site`,
    url: `https://${who}.example`,
  });
  await must(integrator, 'recordClick', {
    program,
    id: `${who}-k1`,
    affiliate,
    link: `${who}-link`,
    visitor: `${who}-v1`,
    country: 'DE',
    page: 'product',
    product: `${who}-product`,
    referrer: `https://${who}.example/page`,
  });
  await must(integrator, 'recordClick', {
    program,
    id: `${who}-k2`,
    affiliate,
    visitor: `${who}-v2`,
    country: 'DE',
    page: 'home',
    channel: 'google-ads',
    keyword: `${who} ads`,
  });
  await must(integrator, 'recordRegistration', { program, customer: `${who}-customer`, visitor: `${who}-v1`, phone: '+491234567' });
  for (const id of ['o1', 'o2', 'o3'])
    await must(integrator, 'recordOrder', {
      program,
      id: `${who}-${id}`,
      aliases: [`${who}-${id}-alias`],
      customer: `${who}-customer`,
      visitor: `${who}-v1`,
      country: 'DE',
      lines: [{ sku: `${who}-sku`, category: 'toys-and-hobbies', price: who === MARK ? '917.31' : '480.00', quantity: 3 }],
    });
  await must(integrator, 'recordOrderEvent', { program, order: `${who}-o1`, kind: 'PAID' });
  await must(integrator, 'recordOrderEvent', { program, order: `${who}-o1`, kind: 'SHIPPED' });
  await must(integrator, 'recordOrderEvent', {
    program,
    order: `${who}-o3`,
    kind: 'REFUNDED',
    id: `${who}-refund`,
    reason: `${who} came back`,
    lines: [{ sku: `${who}-sku`, quantity: 1 }],
  });
  await must(staff, 'postAdjustment', {
    program,
    id: `${who}-bonus`,
    affiliate,
    kind: 'BONUS',
    amount: who === MARK ? '91731' : '50000',
    reason: `${who} welcome`,
  });
  await must(integrator, 'recordRegistration', {
    program: 'bigseller',
    customer: `${who}-shop`,
    referralCode: affiliate,
    phone: '+60123456789',
    attributes: [{ name: 'storeAuthorized', value: 'true' }],
  });
  await must(integrator, 'recordOrder', {
    program: 'bigseller',
    id: `${who}-plan`,
    customer: `${who}-shop`,
    lines: [{ sku: `${who}-vip`, kind: 'vip-plan', price: '399.00' }],
  });
  await must(integrator, 'recordOrderEvent', { program: 'bigseller', order: `${who}-plan`, kind: 'PAID' });
  await must(integrator, 'recordClick', {
    program: 'aliexpress',
    id: `${who}-ae-k`,
    affiliate,
    visitor: `${who}-ae-v`,
    country: 'DE',
    page: 'category',
  });
  await must(integrator, 'recordOrder', {
    program: 'aliexpress',
    id: `${who}-ae-o`,
    visitor: `${who}-ae-v`,
    country: 'DE',
    lines: [{ sku: `${who}-sku`, product: `${who}-ae-p`, kind: 'affiliate', price: '70.00', rate: '6' }],
  });
}

async function takeOut({ staff, integrator }: TestSandbox, api: TestApi, who: string, token: string): Promise<void> {
  const program = 'banggood';
  const self = api.as(token);
  await must(self, 'setPayoutMethod', { program, kind: 'paypal', currency: 'USD', account: `${who}-pay@example.org` });
  await must(self, 'requestWithdrawal', { program, id: `${who}-w1`, amount: '1000' });
  await must(staff, 'approveWithdrawal', { program, withdrawal: `${who}-w1`, reason: `${who} approved` });
  await must(integrator, 'redeemPoints', { program, affiliate: `${who}-aff`, id: `${who}-r1`, kind: 'coupon', points: '100' });
}
