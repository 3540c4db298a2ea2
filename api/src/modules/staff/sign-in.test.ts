import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { TestPage } from '../../testing/page.ts';
import { joinStaff, PASSWORD, secondFactor, signedIn } from '../../testing/staff.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('a member of staff', () => {
  it('is invited by mail, chooses a password, signs in and out', async () => {
    await joinStaff(api, 'ida@example.com', 'Ida');
    const page = await signedIn(api, 'IDA@example.com ');
    expect((await page.ask('{ viewer { name kind organization { name } } }')).body.data).toEqual({
      viewer: { name: 'Ida', kind: 'STAFF', organization: { name: 'live' } },
    });
    expect((await page.post('/auth/sign-out')).status).toBe(200);
    expect(page.cookies.size).toBe(0);
    expect((await page.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
  });

  it('has a second factor if it is set up', async () => {
    await joinStaff(api, 'tom@example.com', 'Tom');
    const factor = await secondFactor(await signedIn(api, 'tom@example.com'));
    expect(factor.recovery).toHaveLength(10);
    const page = new TestPage(api.url);
    const first = await page.post('/auth/sign-in', { email: 'tom@example.com', password: PASSWORD });
    expect(first.body).toEqual({ ok: true, secondFactor: true });
    expect((await page.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
    expect((await page.post('/auth/second-factor', { code: '000000' })).code).toBe('WRONG_CODE');
    expect((await page.post('/auth/second-factor', { code: await factor.code() })).body).toEqual({ ok: true });
    expect((await page.ask('{ viewer { name } }')).body.data).toEqual({ viewer: { name: 'Tom' } });
  });
});
