import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putAffiliate } from '../../testing/affiliates.ts';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const told = async (ask: TestApi['staff'], name: string, input: object) => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const answer = await ask<Record<string, { id: string; userErrors: { message: string }[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { id userErrors { code message path } } }`,
    { input },
  );
  expect(answer[name]!.userErrors).toEqual([]);
};

describe('an order', () => {
  it('is found', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['aliexpress'], startsAt: '2026-03-10T00:00:00Z' });
    await putAffiliate(api, sandbox, { program: 'aliexpress', affiliate: 'alice' });
    const program = 'aliexpress';
    await told(sandbox.integrator, 'recordClick', {
      program,
      id: 'k1',
      affiliate: 'alice',
      visitor: 'v1',
      country: 'FR',
      page: 'product',
      product: 'a',
    });
    await told(sandbox.integrator, 'recordOrder', {
      program,
      id: 'o1',
      aliases: ['x9'],
      visitor: 'v1',
      country: 'FR',
      lines: [{ sku: 'a', price: '10.00', quantity: 2, rate: '5' }],
    });
    const answer = await sandbox.staff<Record<string, unknown>>(`{
      order(program: "aliexpress", id: "x9") { externalId aliases placedAt country price { amount currency } affiliate { externalId }
        lines { sku price { amount } quantity rate left { amount } commission { value unit } }
        clicks { externalId } events { kind }
        commission { status amount { value unit } because lines { sku amount { value } } revision cause termsVersion { number } expired { value } }
        revisions { revision status } }
      click(program: "aliexpress", id: "k1") { externalId affiliate { externalId } attributable because redirect }
      balances(program: "aliexpress", affiliate: "alice") { pending { value unit } available { value } generalPoints { value } units { unit isReward } }
      proof { balanced problems }
      commissions { totalCount nodes { order { externalId } affiliate { externalId } amount { value } status } }
      orders(affiliate: "alice") { totalCount nodes { externalId commission { status } } }
      clicks { totalCount nodes { externalId } }
      customers { totalCount }
    }`);
  });
});
