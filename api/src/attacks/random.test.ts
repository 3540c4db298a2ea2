import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../testing/acts.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { connect, provedWrong } from '../testing/books.ts';
import { Chance } from './chance.ts';
import { createNeighbours, type Neighbours } from './neighbours.ts';
import { RandomRequests } from './random.ts';
import { INTERNALS } from './wire.ts';

/** `ATTACKS=200000 npx pnpm unit --project api src/attacks/random` tries more; `SEED` repeats a run. */
const COUNT = Number(process.env['ATTACKS'] ?? 10_000);
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));
const AT_ONCE = 16;

interface Caller {
  token: string;
  renew(): Promise<void>;
}

/** Who asks by chance; undefined: nobody. The tokens of the sandbox itself are kept out of it and make new ones. */
async function callersOf({ sandbox }: Neighbours): Promise<(Caller | undefined)[]> {
  const make = async (input: object): Promise<Caller> => {
    const newToken = async () => String((await must(sandbox.staff, 'createToken', { name: 'by chance', ...input }, 'secret'))['secret']);
    const caller: Caller = {
      token: await newToken(),
      async renew() {
        caller.token = await newToken();
      },
    };
    return caller;
  };
  const staff = await make({ kind: 'STAFF', role: 'ADMIN' });
  return [staff, staff, await make({ kind: 'INTEGRATOR' }), await make({ kind: 'AFFILIATE', affiliate: 'mine-aff' }), undefined];
}

let api: TestApi;
let neighbours: Neighbours;
beforeAll(async () => {
  api = await startTestApi({ QUERY_SECONDS: '600', MUTATION_SECONDS: '600' });
  neighbours = await createNeighbours(api);
}, 120_000);
afterAll(() => api.close());

it(`${COUNT} requests by chance (SEED=${SEED}): no fault, no leak, and the server lives`, {
  timeout: Math.max(120_000, COUNT * 60),
}, async () => {
  const chance = new Chance(SEED);
  const requests = new RandomRequests(chance);
  const callers = await callersOf(neighbours);
  const codes = new Map<string, number>();
  const wrong: string[] = [];
  let left = COUNT;

  async function attack(): Promise<void> {
    while (left-- > 0 && wrong.length < 5) {
      const { body, type } = requests.next();
      const caller = chance.pick(callers);
      const who = caller?.token;
      const answer = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type, ...(who ? { authorization: `Bearer ${who}` } : {}) },
        body: body as string,
      });
      const text = await answer.text();
      const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
      const code = errors?.[0]?.extensions.code ?? 'answered';
      codes.set(code, (codes.get(code) ?? 0) + 1);
      // Chance revokes and replaces its own tokens, too: whoever lost one that way comes again with another.
      if (caller && code === 'UNAUTHENTICATED' && caller.token === who) await caller.renew();
      // What was sent may come back, shortened, in a message: only our own words can leak.
      const leak = INTERNALS.exec(text);
      const isFault = answer.status >= 500 || errors?.some(({ extensions }) => extensions.code === 'INTERNAL');
      if (isFault || (leak && !String(body).includes(leak[0])))
        wrong.push(`${answer.status} ${text.slice(0, 500)}\n  after ${String(body).slice(0, 1_500)}`);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, attack));
  expect(wrong).toEqual([]);
  // Chance reaches deep enough to be worth it: what is asked rightly is answered, and all kinds of refusal were met.
  expect(codes.get('answered') ?? 0).toBeGreaterThan(COUNT / 20);
  for (const code of ['BAD_USER_INPUT', 'MALFORMED', 'UNAUTHENTICATED', 'FORBIDDEN', 'TOO_COMPLEX'])
    expect(codes.get(code) ?? 0, code).toBeGreaterThan(0);
  expect((await api.send(neighbours.token, '{ viewer { name } }')).errors).toBeUndefined();
  const client = await connect(api.database.url);
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
});
