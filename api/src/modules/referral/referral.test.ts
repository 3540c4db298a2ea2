import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, HOSTILE, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';
import { maskPhone } from './referral.entity.ts';

let api: TestApi;
let sandbox: TestSandbox;
let malee: Ask;
const program = 'bigseller';

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-04-01T00:00:00Z' });
  for (const affiliate of ['malee', 'danilo']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'TH' });
  malee = api.as(await affiliateToken(sandbox, 'malee'));
  await sandbox.at('2026-04-02T00:00:00Z');
  const attributes = [{ name: 'storeAuthorized', value: 'true' }];
  await must(sandbox.integrator, 'recordRegistration', {
    program,
    customer: 'c1',
    referralCode: 'malee',
    phone: '+66 81-555-0123',
    attributes,
  });
  await must(sandbox.integrator, 'recordClick', {
    program,
    id: 'k1',
    affiliate: 'danilo',
    visitor: 'v2',
    occurredAt: '2026-04-01T10:00:00Z',
  });
  await must(sandbox.integrator, 'recordRegistration', { program, customer: 'c2', visitor: 'v2', phone: '0815550456' });
  await must(sandbox.integrator, 'recordRegistration', { program, customer: 'c3' });
});
afterAll(() => api.close());

const FIELDS = `externalId affiliate { externalId } tiedAt tiedBy registeredAt phone maskedPhone giftDays attributes { name value } place standing`;

describe('a customer', () => {
  it('is tied to who referred them, and gets the gift', async () => {
    const found = await sandbox.staff(
      `{ c1: customer(program: "bigseller", id: "c1") { ${FIELDS} } c2: customer(program: "bigseller", id: "c2") { tiedBy affiliate { externalId } } c3: customer(program: "bigseller", id: "c3") { ${FIELDS} } }`,
    );
    expect(found).toEqual({
      c1: {
        externalId: 'c1',
        affiliate: { externalId: 'malee' },
        tiedAt: '2026-04-02T00:00:00Z',
        tiedBy: 'CODE',
        registeredAt: '2026-04-02T00:00:00Z',
        phone: '+66 81-555-0123',
        maskedPhone: '+** **-***-0123',
        giftDays: 7,
        attributes: [{ name: 'storeAuthorized', value: 'true' }],
        place: null,
        standing: 0,
      },
      c2: { tiedBy: 'CLICK', affiliate: { externalId: 'danilo' } },
      c3: {
        externalId: 'c3',
        affiliate: null,
        tiedAt: null,
        tiedBy: null,
        registeredAt: '2026-04-02T00:00:00Z',
        phone: null,
        maskedPhone: null,
        giftDays: 0,
        attributes: [],
        place: null,
        standing: 0,
      },
    });
  });

  it('holds a place while a payment stands', async () => {
    await must(sandbox.integrator, 'recordOrder', {
      program,
      id: 'o1',
      customer: 'c1',
      lines: [{ sku: 'vip', kind: 'vip-plan', price: '90.00' }],
    });
    await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'o1', kind: 'PAID' });
    expect(await malee('{ customer(program: "bigseller", id: "c1") { place standing } }')).toEqual({ customer: { place: 1, standing: 1 } });
    await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'o1', kind: 'REFUNDED', id: 'r1' });
    expect(await malee('{ customer(program: "bigseller", id: "c1") { place standing } }')).toEqual({
      customer: { place: null, standing: 0 },
    });
  });

  it('is seen, with a masked phone, by the affiliate to whom they are tied only', async () => {
    const found = await malee(
      `{ c1: customer(program: "bigseller", id: "c1") { phone maskedPhone } c2: customer(program: "bigseller", id: "c2") { phone } c3: customer(program: "bigseller", id: "c3") { phone } }`,
    );
    expect(found).toEqual({ c1: { phone: '+** **-***-0123', maskedPhone: '+** **-***-0123' }, c2: null, c3: null });
    expect(await malee('{ customers { totalCount nodes { externalId } } }')).toEqual({
      customers: { totalCount: 1, nodes: [{ externalId: 'c1' }] },
    });
    const token = await affiliateToken(sandbox, 'malee');
    for (const field of ['visitor', 'referralCode', 'toldAt']) {
      expect((await api.send(token, `{ customers { nodes { ${field} } } }`)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('is not there under names that nobody has', async () => {
    for (const id of HOSTILE) {
      expect(await sandbox.staff('query ($id: String!) { customer(program: "bigseller", id: $id) { id } }', { id })).toEqual({
        customer: null,
      });
    }
  });
});

describe('customers', () => {
  it('are narrowed by affiliate, tie and instant', async () => {
    const idsOf = async (filter: string) => {
      const { customers } = await sandbox.staff<{ customers: { nodes: { externalId: string }[] } }>(
        `{ customers(program: "bigseller"${filter}) { nodes { externalId } } }`,
      );
      return customers.nodes.map(({ externalId }) => externalId);
    };
    expect(await idsOf('')).toEqual(['c3', 'c2', 'c1']);
    expect(await idsOf(', affiliate: "danilo"')).toEqual(['c2']);
    expect(await idsOf(', tied: false')).toEqual(['c3']);
    expect(await idsOf(', tied: true')).toEqual(['c2', 'c1']);
    expect(await idsOf(', from: "2026-04-02T00:00:00Z"')).toEqual(['c3', 'c2', 'c1']);
    expect(await idsOf(', to: "2026-04-02T00:00:00Z"')).toEqual([]);
  });

  it('take as many statements for a page as for one', async () => {
    const query = (first: number) => `{ customers(program: "bigseller", first: ${first}) { nodes { ${FIELDS} program { key } } } }`;
    await sandbox.staff(query(3));
    const page = await readsOf(() => sandbox.staff(query(3)));
    // The page, the programs, the affiliates.
    expect(page).toHaveLength(3);
  });
});

describe('a masked phone', () => {
  it.each([
    ['815550123', 4, '*****0123'],
    ['+66 (81) 555-0456', 4, '+** (**) ***-0456'],
    ['123', 4, '123'],
    ['0815550123', 0, '**********'],
    ['ext. 12 ٣٤', 2, '***. ** ٣٤'],
  ])('of %s with %i digits shown is %s', (phone, showLast, masked) => {
    expect(maskPhone(phone, showLast)).toBe(masked);
  });
});
