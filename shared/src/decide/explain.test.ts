import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../money/index.ts';
import type { Language } from '../terms/index.ts';
import { compiledProgram, type Story, tell } from '../testing/story.ts';
import { type ExplainedStep, explain } from './explain.ts';
import type { Step, StepKind } from './types.ts';

function explained(program: string, story: Story, reader?: string, language: Language = 'en'): ExplainedStep[] {
  const compiled = compiledProgram(program);
  const lines = (story.order.lines ?? [{ sku: 'A', price: '100.00' }]).map(({ sku, price, quantity }) => ({
    sku,
    value: (parseDecimal(price ?? '', compiled.currencyExponent) ?? 0n) * BigInt(quantity ?? 1),
  }));
  return explain(compiled, tell(compiled, story).decision.steps, { lines, language, ...(reader === undefined ? {} : { reader }) });
}

const sentences = (steps: readonly ExplainedStep[], ...kinds: StepKind[]) =>
  steps.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map(({ sentence }) => sentence);

const PLACED = '2026-03-05T00:00:00Z';

describe('whom an order is attributed to', () => {
  it('says of every click why it won or lost', () => {
    const steps = explained('aliexpress', {
      clicks: [
        { id: 'k0', by: 'alice', at: '2026-03-02T10:00:00Z', country: 'FR', page: 'product', product: 'A' },
        { id: 'k1', by: 'alice', at: '2026-03-03T10:00:00Z', country: 'FR', page: 'product', product: 'A' },
        { id: 'k2', by: 'bob', at: '2026-03-04T10:00:00Z', country: 'FR', page: 'home' },
        { id: 'k3', by: 'carol', at: '2026-02-04T10:00:00Z', country: 'FR', page: 'home' },
        { id: 'k4', by: 'carol', at: '2026-03-04T10:00:00Z', country: 'FR', fetchDest: 'iframe' },
        { id: 'k5', by: 'dan', at: '2026-03-04T10:00:00Z', country: 'FR', active: false },
        { id: 'k6', by: 'alice', at: '2026-03-06T10:00:00Z', country: 'FR' },
      ],
      order: { occurredAt: PLACED, country: 'FR' },
    });
    expect(sentences(steps, 'click')).toEqual([
      'Click k0 by alice at 2026-03-02T10:00:00Z lost: k1 is later, at 2026-03-03T10:00:00Z (AE-06)',
      'Click k2 by bob at 2026-03-04T10:00:00Z lost: k1 leads to a better page (AE-06)',
      'Click k3 by carol at 2026-02-04T10:00:00Z does not count: it was good until 2026-02-07T10:00:00Z (AE-15)',
      'Click k4 by carol at 2026-03-04T10:00:00Z does not count: what the browser fetched is known and what the browser fetched is not document (AE-22)',
      'Click k5 by dan at 2026-03-04T10:00:00Z does not count: the affiliate was not active then (ALL-08)',
      'Click k6 by alice at 2026-03-06T10:00:00Z does not count: the order had been placed already (AE-06)',
      'Click k1 by alice at 2026-03-03T10:00:00Z wins (AE-06)',
    ]);
    expect(steps[1]).toMatchObject({
      kind: 'click',
      subject: 'k2',
      conclusion: 'lost-to-better-page',
      rule: 'AE-06',
      source: 'Attribution models',
    });
    expect(steps[1]!.facts).toEqual([{ name: 'click.at', value: '2026-03-04T10:00:00Z' }]);
  });

  it('says by what one of two clicks at one instant wins, and that a lonely one does', () => {
    const at = '2026-03-04T10:00:00Z';
    const twins = explained('banggood', {
      clicks: [
        { id: 'a', by: 'alice', at },
        { id: 'b', by: 'bob', at },
      ],
      order: { occurredAt: PLACED },
    });
    expect(sentences(twins, 'click')).toEqual([
      `Click a by alice at ${at} lost: b came at the same instant and has the greater id (BG-02)`,
      `Click b by bob at ${at} wins (BG-02)`,
    ]);
    const alone = explained('banggood', { clicks: [{ id: 'a', by: 'alice', at }], order: { occurredAt: PLACED } });
    expect(sentences(alone, 'click')).toEqual([`Click a by alice at ${at} wins: no other click counts (BG-02)`]);
  });

  it('says that nobody earns, and why', () => {
    const unpermitted = { id: 'k1', by: 'alice', at: '2026-03-04T10:00:00Z', channel: 'Google Ads' };
    expect(sentences(explained('banggood', { clicks: [unpermitted], order: { occurredAt: PLACED } }))).toEqual([
      'Click k1 by alice at 2026-03-04T10:00:00Z does not count: the channel of the click is google-ads, bing-ads, yandex-ads, facebook-ads or yahoo-ads, without permission (BG-15)',
      'The only click does not count, so nobody earns (BG-02)',
    ]);
    expect(sentences(explained('banggood', { order: { occurredAt: PLACED } }))).toEqual(['No click is known, so nobody earns (BG-02)']);
    expect(sentences(explained('alibaba', { order: { occurredAt: PLACED } }))).toEqual([
      'The order names no click that is known, so nobody earns (AB-02)',
    ]);
  });

  it('tells an affiliate neither whose customer it was nor which code there was', () => {
    const order = { occurredAt: PLACED, customer: 'c1' };
    expect(sentences(explained('bigseller', { customer: {}, order }, 'bob'))).toEqual([
      'The customer is tied to nobody, so nobody earns (BS-03)',
    ]);
    const coded = { order: { occurredAt: PLACED, affiliateCoupon: 'zed' }, coupon: { owner: '' } };
    expect(sentences(explained('banggood', coded, 'bob'), 'coupon')).toEqual([
      'The code on the order is nobody’s, so clicks decide (ALL-09)',
    ]);
  });

  it('tells of ties, codes and staff', () => {
    const order = { occurredAt: PLACED, customer: 'c1' };
    expect(sentences(explained('bigseller', { customer: { tiedTo: 'alice' }, order }), 'tie')).toEqual([
      'Customer c1 is tied to alice, who earns (BS-03)',
    ]);
    expect(sentences(explained('bigseller', { customer: {}, order }))).toEqual(['Customer c1 is tied to nobody, so nobody earns (BS-03)']);
    expect(sentences(explained('bigseller', { order: { occurredAt: PLACED } }))).toEqual([
      'The order names no customer, so nobody earns (BS-03)',
    ]);
    const coupon = (story: Partial<Story>) =>
      sentences(explained('banggood', { order: { occurredAt: PLACED, affiliateCoupon: 'zed' }, ...story }), 'coupon');
    expect(coupon({})).toEqual(['The code zed on the order decides: zed earns (ALL-09)']);
    expect(coupon({ coupon: { owner: '' } })).toEqual(['The code zed on the order is nobody’s, so clicks decide (ALL-09)']);
    expect(coupon({ coupon: { active: false } })).toEqual([
      'The code zed on the order is of an affiliate who was not active, so clicks decide (ALL-09)',
    ]);
    const byStaff = (affiliateId: string | null): Story => ({
      order: { occurredAt: PLACED },
      corrections: [
        { kind: 'attributed', externalId: null, at: 0, content: { kind: 'attributed', order: 'o1', affiliateId, reason: 'a call' } },
      ],
    });
    expect(sentences(explained('banggood', byStaff('alice')), 'staff')).toEqual(['Staff attributed the order to alice: a call (BG-02)']);
    expect(sentences(explained('banggood', byStaff(null)))).toEqual(['Staff attributed the order to nobody: a call (BG-02)']);
  });

  it('hides from an affiliate who the others are', () => {
    const clicks = [
      { id: 'k1', by: 'alice', at: '2026-03-03T10:00:00Z', country: 'FR', page: 'product', product: 'A' },
      { id: 'k2', by: 'bob', at: '2026-03-04T10:00:00Z', country: 'FR', page: 'home' },
    ];
    const steps = explained('aliexpress', { clicks, order: { occurredAt: PLACED, country: 'FR' } }, 'bob').filter(
      ({ kind }) => kind === 'click',
    );
    expect(sentences(steps)).toEqual([
      'Click k2 by bob at 2026-03-04T10:00:00Z lost: another affiliate’s click leads to a better page (AE-06)',
      'A click of another affiliate at 2026-03-03T10:00:00Z wins (AE-06)',
    ]);
    expect(steps.map(({ subject }) => subject)).toEqual(['k2', null]);
    const others = [
      explained('bigseller', { customer: { tiedTo: 'alice' }, order: { occurredAt: PLACED, customer: 'c1' } }, 'bob'),
      explained('banggood', { order: { occurredAt: PLACED, affiliateCoupon: 'alice' } }, 'bob'),
      explained('banggood', { order: { occurredAt: PLACED, affiliateCoupon: 'alice' }, coupon: { active: false } }, 'bob'),
      explained(
        'banggood',
        {
          order: { occurredAt: PLACED },
          corrections: [
            {
              kind: 'attributed',
              externalId: null,
              at: 0,
              content: { kind: 'attributed', order: 'o1', affiliateId: 'alice', reason: 'bob cheats' },
            },
          ],
        },
        'bob',
      ),
    ];
    for (const steps of others)
      for (const { sentence, subject, facts } of steps) expect(JSON.stringify([sentence, subject, facts])).not.toMatch(/alice|cheats/);
  });
});

describe('what an order earns', () => {
  it('goes line by line through exclusions, rates, shares and the cap', () => {
    const steps = explained('aliexpress', {
      affiliates: { alice: { qualityFactor: '0.75' } },
      clicks: [{ id: 'k1', by: 'alice', at: '2026-03-03T10:00:00Z', country: 'FR', page: 'product', product: 'A' }],
      order: {
        occurredAt: PLACED,
        country: 'DE',
        lines: [
          { sku: 'A', price: '333.33', rate: '9' },
          { sku: 'B', price: '1250.00', quantity: 2, kind: 'hot' },
          { sku: 'C', price: '5.00', attributes: [{ name: 'storeCommission', value: 'false' }] },
        ],
      },
      events: [
        { kind: 'confirmed', at: '2026-05-01T00:00:00Z' },
        { kind: 'refunded', id: 'r1', at: '2026-04-01T00:00:00Z', lines: [{ sku: 'B', amount: '100.00' }] },
      ],
    });
    expect(sentences(steps, 'rate', 'share', 'quality', 'available', 'earn', 'cap')).toEqual([
      'Line A earns 7%, the most there is: the line’s own rate is 9% (AE-01)',
      'Line B earns 0.8%, as it states no rate: the line’s kind is hot (AE-08)',
      'Only 50% of the earnings stay, because the country of the click is not the delivery country: the country of the click is FR and the delivery country is DE (AE-05)',
      'The affiliate’s quality factor of 0.75 scales the earnings (AE-26)',
      'Usable from 2026-05-01T00:00:00Z on: the confirmation was at 2026-05-01T00:00:00Z (AE-16)',
      'Line A: 7% of 333.33 USD × 50% × 0.75 is 8.74 USD, cut downwards (AE-09)',
      'Line B: 0.8% of the 2400.00 USD left of 2500.00 USD × 50% × 0.75 is 7.20 USD (AE-09)',
      'The lines earn 15.94 USD together, no more than the 38.50 USD that an order may (AE-13)',
    ]);
    const excluded = steps.find(({ conclusion }) => conclusion === 'excluded');
    expect(excluded).toEqual({
      kind: 'exclude',
      rule: 'AE-04',
      also: [],
      source: 'Rates, Stores without commission',
      assumed: false,
      clauseText: 'a line earns nothing when the line’s store commission is no',
      subject: 'C',
      facts: [{ name: 'line.storeCommission', value: 'false' }],
      conclusion: 'excluded',
      sentence: 'Line C earns nothing, because the line’s store commission is no (AE-04)',
      amountAfter: 0n,
    });
    expect(steps.filter(({ kind }) => kind === 'earn').map(({ subject, amountAfter }) => [subject, amountAfter])).toEqual([
      ['A', 874n],
      ['B', 720n],
    ]);
    expect(steps.find(({ kind, subject }) => kind === 'rate' && subject === 'A')!.facts).toEqual([{ name: 'line.rate', value: '9' }]);
  });

  it('says how lines share what an order may earn', () => {
    const lines = ['A', 'B', 'C'].map((sku) => ({ sku, price: '1000.00', rate: '5' }));
    const clicks = [{ id: 'k1', by: 'alice', at: '2026-03-04T10:00:00Z', country: 'FR' }];
    const steps = explained('aliexpress', { clicks, order: { occurredAt: PLACED, country: 'FR', lines } });
    expect(sentences(steps, 'cap')).toEqual([
      'The lines earn 150.00 USD together, more than the 38.50 USD that an order may: they share it as A 12.84 USD, B 12.83 USD and C 12.83 USD (AE-13)',
    ]);
    expect(steps.at(-1)).toMatchObject({ conclusion: 'capped', amountAfter: 3850n });
    expect(sentences(steps, 'share')).toEqual([
      'Nothing is taken off: the country of the click is FR and the delivery country is FR (AE-05)',
    ]);
  });

  it('reads rates from tables, in points', () => {
    const steps = explained('banggood', {
      affiliates: { alice: { class: 'gold' } },
      clicks: [{ id: 'k1', by: 'alice', at: '2026-03-03T10:00:00Z' }],
      customer: { registeredAt: '2026-03-02T00:00:00Z' },
      order: { occurredAt: PLACED, first: true, customer: 'c1', lines: [{ sku: 'A', price: '12.55', category: 'toys-and-hobbies' }] },
      events: [{ kind: 'shipped', at: '2026-03-10T00:00:00Z' }],
    });
    expect(sentences(steps, 'derived', 'rate', 'available', 'earn')).toEqual([
      'The customer’s type is new: the order is the customer’s first, the placing of the order was at 2026-03-05T00:00:00Z and the customer’s registration was at 2026-03-02T00:00:00Z (BG-05)',
      'Line A earns 11%: the line’s category is toys-and-hobbies, the affiliate’s class is gold and the customer’s type is new (BG-04)',
      'Usable from 2026-04-24T00:00:00Z on and before 2027-12-31T16:00:00Z: the shipment was at 2026-03-10T00:00:00Z (BG-08, BG-10)',
      'Line A: 11% of 12.55 USD is 138 affiliate points, cut downwards (BG-03)',
    ]);
    expect(steps.find(({ kind }) => kind === 'available')).toMatchObject({ rule: 'BG-08', also: ['BG-10'], conclusion: 'usable' });
  });

  it('goes by the customer’s place, once the plan is paid', () => {
    const order = {
      occurredAt: PLACED,
      customer: 'c1',
      lines: [
        { sku: 'A', price: '99.00', kind: 'vip-plan' },
        { sku: 'B', price: '9.00', kind: 'order-pack' },
      ],
    };
    const customer = { registeredAt: '2026-03-02T00:00:00Z', tiedTo: 'alice' };
    const paid = explained('bigseller', { place: 12, customer, order, events: [{ kind: 'paid', at: '2026-03-06T00:00:00Z' }] });
    expect(sentences(paid, 'exclude', 'rate', 'unpaid', 'earn')).toEqual([
      'Line A is not left out: the line’s kind is vip-plan (BS-06)',
      'Line A is not left out: the line’s price is 99.00 USD (BS-08)',
      'Line A earns 15%: the customer’s place is 12 (BS-07)',
      'Line B earns nothing, because the line’s kind is not vip-plan: the line’s kind is order-pack (BS-06)',
      'The order earns: the payment is known (BS-14)',
      'Line A: 15% of 99.00 USD is 14.85 USD (ALL-05)',
    ]);
    const unpaid = explained('bigseller', { customer, order });
    expect(sentences(unpaid, 'rate', 'unpaid', 'available')).toEqual([
      'Line A has no rate yet: the customer has no place among the affiliate’s paying customers (BS-07)',
      'The order earns nothing yet: the payment is not known (BS-14)',
      'Not usable yet: the payment is not known (BS-14)',
    ]);
  });
});

describe('what an order does not earn', () => {
  const named = { clicks: [{ id: 'k1', by: 'alice', at: '2026-03-03T10:00:00Z' }] };
  const order = { occurredAt: PLACED, click: 'k1', country: 'DE' };

  it('is told with the clause that rejected it, and those that did not', () => {
    const steps = explained('alibaba', { ...named, order: { ...order, spam: 'Y', lines: [{ sku: 'A', price: '2500.00', quantity: 2 }] } });
    expect(sentences(steps, 'order')).toEqual([
      'The order passes: the delivery country is DE (AB-10)',
      'The order is rejected, because the price of the order is at least 5000.00 USD: the price of the order is 5000.00 USD (AB-03)',
      'The order passes: the completion is not known and the payment is not known (AB-05)',
      'The order is rejected, because the spam mark is known and the spam mark is not N: the spam mark is Y (AB-06)',
    ]);
    expect(steps.find(({ rule }) => rule === 'AB-03')).toMatchObject({
      assumed: 'goods and shipping together',
      conclusion: 'rejected',
      facts: [{ name: 'order.price', value: '5000.00' }],
      amountAfter: 0n,
    });
  });

  it('is told with what took it away', () => {
    const at = '2026-03-07T00:00:00Z';
    const removed = (event: NonNullable<Story['events']>[number]) =>
      sentences(explained('alibaba', { ...named, order, events: [event] }), 'removed');
    expect(removed({ kind: 'cancelled', at })).toEqual(['The order earns nothing: it was cancelled at 2026-03-07T00:00:00Z (ALL-05)']);
    expect(removed({ kind: 'rejected', at })).toEqual([
      'The order earns nothing: the merchant rejected it at 2026-03-07T00:00:00Z (AB-04)',
    ]);
    const voided = {
      kind: 'voided' as const,
      externalId: null,
      at: Date.parse(at),
      content: { kind: 'voided' as const, order: 'o1', reason: 'typed twice' },
    };
    expect(sentences(explained('alibaba', { ...named, order, corrections: [voided] }), 'removed')).toEqual([
      'The order earns nothing: staff voided it, as it should not have been recorded, at 2026-03-07T00:00:00Z (AB-04)',
    ]);
    expect(removed({ kind: 'refunded', id: 'r1', at })).toEqual(['The order earns nothing: all of it was refunded (ALL-05)']);
    expect(removed({ kind: 'dispute-opened', at })).toEqual(['The order earns nothing while a dispute is open (ALL-05)']);
    expect(removed({ kind: 'dispute-closed', inFavorOf: 'buyer', at })).toEqual([
      'The order earns nothing: the buyer won the dispute (ALL-05)',
    ]);
  });

  it('is told of own purchases, forbidden products and proven breaches', () => {
    const own: Story = { ...named, affiliates: { alice: { customer: 'c1' } }, customer: {}, order: { ...order, customer: 'c1' } };
    expect(sentences(explained('alibaba', own), 'self')).toEqual(['The order is rejected: the customer is the affiliate (ALL-07)']);
    expect(sentences(explained('alibaba', { ...own, selfPurchaseAllowed: true }), 'self')).toEqual([
      'The customer is the affiliate, which is allowed (ALL-07)',
    ]);
    expect(sentences(explained('alibaba', { ...own, customer: { id: 'c2' } }), 'self')).toEqual([
      'The customer is not the affiliate (ALL-07)',
    ]);
    expect(sentences(explained('alibaba', { ...named, order, forbidden: ['A'] }), 'exclude')).toEqual([
      'Line A earns nothing, because the product is forbidden (AB-09)',
    ]);
    const breach = explained('alibaba', { ...named, order, affiliates: { alice: { breachRule: 'AB-07' } } }).find(
      ({ kind }) => kind === 'breach',
    );
    expect(breach).toMatchObject({
      sentence: 'A breach of AB-07 was proven, so the affiliate earns nothing any more (AB-07)',
      source: 'Restrictions, 1',
      amountAfter: 0n,
    });
  });
});

describe('every kind of step', () => {
  const kinds: Record<StepKind, Step> = {
    staff: ['staff', 0, 'alice', 'why'],
    coupon: ['coupon', 0, 'alice', 'won'],
    tie: ['tie', 0, 'c1', 'alice'],
    click: ['click', 0, 'k1', 'alice', 0, 'won', 0],
    nobody: ['nobody', 0, 0],
    derived: ['derived', 0, 'new'],
    program: ['program', 0, 'closed'],
    self: ['self', 0, 0, 0],
    misfit: ['misfit', 0, 'A', 'no-line'],
    order: ['order', 0, 0],
    breach: ['breach', 0, 'XX-1'],
    exclude: ['exclude', 0, 0, 0],
    rate: ['rate', 0, 0, 5_000_000],
    share: ['share', 0, 0, 50_000_000],
    quality: ['quality', 0, 50_000_000],
    earn: ['earn', 0, 0, 100, '5'],
    cap: ['cap', 0, 5, '10', [5]],
    unpaid: ['unpaid', 0, 0],
    removed: ['removed', 0, 'cancelled', 0],
    available: ['available', 0, 0, null, []],
  };
  const sections: Partial<Record<StepKind, string>> = {
    derived: 'derived',
    unpaid: 'lifecycle.earnsFrom',
    available: 'lifecycle.available',
  };

  it.each(['aliexpress', 'alibaba', 'banggood', 'bigseller', 'fifth-program'])('reads as a sentence by the terms of %s', (program) => {
    const compiled = compiledProgram(program);
    for (const [kind, [, , ...values]] of Object.entries(kinds)) {
      const section = sections[kind as StepKind];
      const number = section === undefined ? compiled.attribution.number : compiled.clauses.findIndex((entry) => entry.section === section);
      if (number < 0) continue;
      const [step] = explain(compiled, [[kind as StepKind, number, ...values]], { lines: [{ sku: 'A' }] });
      expect(step!.sentence, kind).toMatch(/^[A-Z].* \([A-Z0-9, -]+\)$/);
      expect(step!.sentence, kind).not.toMatch(/undefined|null|NaN|\[object/);
      expect(step!.clauseText, kind).not.toBe('');
      expect(step!.conclusion, kind).toMatch(/^[a-z-]+$/);
      const [same] = explain(compiled, [[kind as StepKind, number, ...values]], { lines: [{ sku: 'A' }], language: 'zh' });
      expect(same!.sentence, kind).toMatch(/\p{Script=Han}.* \([A-Z0-9, -]+\)$/u);
      expect(same!.sentence, kind).not.toMatch(/undefined|null|NaN|\[object|\b(the|is|order|line|earns)\b| {2}/);
      // What programs read is the same in every language.
      expect({ ...same, sentence: '', clauseText: '' }).toEqual({ ...step, sentence: '', clauseText: '' });
    }
  });
});

describe('an explanation in Chinese', () => {
  const inChinese = (program: string, story: Story, reader?: string) => sentences(explained(program, story, reader, 'zh'));

  it('tells the same steps', () => {
    expect(
      inChinese('aliexpress', {
        clicks: [
          { id: 'k1', by: 'alice', at: '2026-03-03T10:00:00Z', country: 'FR', page: 'product', product: 'A' },
          { id: 'k2', by: 'bob', at: '2026-03-04T10:00:00Z', country: 'FR', page: 'home' },
        ],
        order: { occurredAt: PLACED, country: 'GB', lines: [{ sku: 'A', price: '100.00', rate: '90' }] },
      }),
    ).toEqual([
      'bob 于 2026-03-04T10:00:00Z 的点击 k2 落选：点击 k1 的页面更优 (AE-06)',
      'alice 于 2026-03-03T10:00:00Z 的点击 k1 胜出 (AE-06)',
      '订单符合条件：订单所用优惠为无 (AE-10)',
      '订单符合条件：订单的 plugin 未知 (AE-11)',
      '行 A 不排除：行的 store commission 未知 (AE-04)',
      '行 A 不排除：行的 section 未知，行的 delivery from 未知 (AE-25)',
      '行 A 不排除：行的 delivery service 未知，下单平台未知 (AE-12)',
      '行 A 不排除：行的 store country 未知，链接的商品为 A，行的商品为 A，链接的店铺未知，行的店铺未知 (AE-07)',
      '行 A 不排除：行的种类未知，行的类目未知，收货国家为 GB (AE-03)',
      '行 A 按最高比例 7% 计佣：行自带的比例为 90% (AE-01)',
      '佣金只保留 50%，因为点击所在国家不为收货国家：点击所在国家为 FR，收货国家为 GB (AE-05)',
      '尚不可用：确认时间未知 (AE-16)',
      '行 A：100.00 USD × 7% × 50% 为 3.50 USD (AE-09)',
      '各行合计 3.50 USD，未超过每单上限 38.50 USD (AE-13)',
    ]);
  });

  it('hides from an affiliate who the others are', () => {
    const told = inChinese(
      'banggood',
      { clicks: [{ id: 'k1', by: 'alice', at: '2026-03-04T10:00:00Z' }], order: { occurredAt: PLACED } },
      'bob',
    );
    expect(told.join()).toContain('另一推广者于 2026-03-04T10:00:00Z 的点击胜出');
    expect(told.join()).not.toMatch(/alice|k1/);
  });
});
