import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf } from '../platform/graphql/access.ts';
import { must } from '../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../testing/api.ts';
import { actOf, callsOf, type Field, mutations, queries } from './generate.ts';
import { INTERNALS } from './wire.ts';

let api: TestApi;
let sandbox: TestSandbox;
/** What opens nothing, by what it is. */
const tokens = new Map<string, string | undefined>();

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: ['banggood'] });
  await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate: 'ann', country: 'DE' });
  const { secret: expired } = await must(
    sandbox.staff,
    'createToken',
    { kind: 'STAFF', role: 'ADMIN', name: 'short', expiresAt: new Date(Date.now() + 1_500).toISOString() },
    'secret',
  );
  const revoked = await must(sandbox.staff, 'createToken', { kind: 'STAFF', role: 'ADMIN', name: 'gone' }, 'secret token { id }');
  // Both were good once, and were used.
  for (const secret of [expired, revoked['secret']]) await api.as(String(secret))('{ now }');
  await must(sandbox.staff, 'revokeToken', { id: (revoked['token'] as { id: string }).id });
  const valid = sandbox.staffToken;
  const changed = valid.slice(0, -1) + (valid.endsWith('A') ? 'B' : 'A');
  for (const [what, token] of [
    ['none', undefined],
    ['a forged one', `trb_staff_${'A'.repeat(43)}`],
    ['one with another last letter', changed],
    ['that of staff called an integrator’s', valid.replace('staff', 'integrator')],
    ['one in small letters', valid.toLowerCase()],
    ['one that is cut off', valid.slice(0, -1)],
    ['one and more', `${valid}x`],
    ['its prefix', valid.slice(0, 16)],
    ['one that has expired', String(expired)],
    ['one that was revoked', String(revoked['secret'])],
    ['a statement', "trb_staff_' or '1'='1"],
    ['two', `${valid}, Bearer ${valid}`],
  ] as const)
    tokens.set(what, token);
  await sleep(1_600);
});
afterAll(() => api.close());

/** Each field of the roots, asked for as it should be. */
const isPublic = ({ extensions }: Field) => accessOf(extensions) === 'public';
const asked: readonly [string, string][] = [
  ...queries()
    .filter((field) => !isPublic(field))
    .map((field): [string, string] => [field.name, `{ ${callsOf(field, 'ann', 'banggood')[0]!} ${selection(field)} }`]),
  ...mutations()
    .filter((field) => !isPublic(field))
    .map((field): [string, string] => [field.name, actOf(field, 'ann', 'banggood')]),
];

function selection({ type }: Field): string {
  return /^\[?(?:Instant|String|Int|Boolean)!?\]?!?$/.test(String(type)) ? '' : '{ __typename }';
}

describe('without a token that is valid', () => {
  it.each(asked)('%s is closed', async (_, query) => {
    for (const [what, token] of tokens) {
      const { status, data, errors } = await api.send<Record<string, unknown> | null>(token, query);
      expect([what, status, data === null || Object.values(data).every((value) => value === null)]).toEqual([what, 200, true]);
      expect(
        errors!.map(({ extensions }) => extensions),
        what,
      ).toEqual([{ code: 'UNAUTHENTICATED' }]);
    }
  });

  it('a few acts are open, by which people get a first one', () => {
    const open = [...queries(), ...mutations()].filter(isPublic).map(({ name }) => name);
    expect(open.sort()).toEqual(['confirmEmail', 'requestAccess', 'signUp']);
  });

  it('a valid one in another place opens nothing', async () => {
    const valid = sandbox.staffToken;
    const body = JSON.stringify({ query: '{ viewer { name } }', token: valid, authorization: `Bearer ${valid}` });
    const places: Record<string, string>[] = [
      { authorization: `Basic ${Buffer.from(`staff:${valid}`).toString('base64')}` },
      { authorization: valid },
      { authorization: `Bearer${valid}` },
      { cookie: `token=${valid}; authorization=Bearer ${valid}` },
      { 'x-authorization': `Bearer ${valid}`, 'proxy-authorization': `Bearer ${valid}` },
    ];
    for (const headers of places) {
      const answer = await fetch(`${api.url}/graphql?token=${valid}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });

  it('it is not told whether one was right once', async () => {
    const answers = [];
    for (const token of tokens.values()) answers.push(JSON.stringify(await api.send(token, '{ viewer { name } }')));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).not.toMatch(INTERNALS);
  });
});
