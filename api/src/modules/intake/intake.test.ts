import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('facts over the API', () => {
  it('turns away what cannot be, with a code and a path, and writes nothing', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['bigseller'], startsAt: '2026-01-01T00:00:00Z' });
    const answer = await sandbox.integrator<{ recordOrder: unknown }>(
      'mutation ($input: RecordOrderInput!) { recordOrder(input: $input) { id repeated userErrors { code path message } } }',
      {
        input: { program: 'bigseller', id: 'o1', lines: [{ sku: 'a', price: '-1.00' }] },
      },
    );
    expect(answer.recordOrder).toMatchObject({ id: null, userErrors: [{ code: 'INVALID', path: ['lines', '0', 'price'] }] });
  });

  it('records an order of nobody once', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood'], startsAt: '2026-01-01T00:00:00Z' });
    const send = () =>
      sandbox.integrator<{ recordOrder: { id: string; repeated: boolean } }>(
        'mutation ($input: RecordOrderInput!) { recordOrder(input: $input) { id repeated userErrors { code path message } } }',
        {
          input: { program: 'banggood', id: 'o1', visitor: 'v1', lines: [{ sku: 'a', price: '1.00' }] },
        },
      );
    const first = await send();
    expect(first.recordOrder.repeated).toBe(false);
    const second = await send();
    expect(second.recordOrder).toMatchObject({ id: first.recordOrder.id, repeated: true });
  });
});
