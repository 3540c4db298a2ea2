import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect, provedWrong, standingOf } from '../../testing/books.ts';
import { monthlyTerms } from '../../testing/payouts.ts';

const HOUR = 3_600_000;
let api: TestApi;
let client: pg.Client;
beforeAll(async () => {
  api = await startTestApi();
  client = await connect(api.database.url);
}, 60_000);
afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
  await api.close();
});

interface Story {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Where small steps must end in particular, beside every some hours. */
  readonly near?: readonly string[];
  tell(sandbox: TestSandbox): Promise<void>;
  /** What must be among the entries, as `<instant> <kind>`. */
  readonly expected: readonly string[];
}

/** Somebody with lots that unlock and end one after the other, a debt, and a cart that is abandoned. */
async function points({ staff, integrator }: TestSandbox, lots: readonly { usableFrom?: string; expiresAt?: string }[]): Promise<void> {
  const program = 'banggood';
  await must(staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE', class: 'bronze' });
  const give = (id: string, amount: string, more: object) =>
    must(staff, 'postAdjustment', { program, affiliate: 'ann', id, amount, kind: 'BONUS', reason: 'a story', ...more });
  await give('start', '400', {});
  await must(integrator, 'redeemPoints', { program, affiliate: 'ann', id: 'r1', kind: 'checkout', points: '150' });
  await must(staff, 'postAdjustment', { program, affiliate: 'ann', id: 'owes', amount: '-700', kind: 'ADJUSTMENT', reason: 'a mistake' });
  for (const [index, lot] of lots.entries()) await give(`lot${index}`, '200', lot);
}

/** Requests in a program with a cut-off each month. */
function monthly(timeZone: string, dayOfMonth: number) {
  return async ({ staff }: TestSandbox): Promise<void> => {
    const program = 'monthly';
    await must(staff, 'createProgram', { document: monthlyTerms(program, { timeZone, dayOfMonth }) });
    for (const affiliate of ['ann', 'bob']) {
      await must(staff, 'enrollAffiliate', { program, affiliate, country: 'MY' });
      await must(staff, 'postAdjustment', { program, affiliate, id: `b-${affiliate}`, amount: '20.00', kind: 'BONUS', reason: 'a story' });
      await must(staff, 'requestWithdrawal', { program, affiliate, id: `w-${affiliate}` });
    }
  };
}

const STORIES: readonly Story[] = [
  {
    title: 'over two months, in one of which nothing happens',
    from: '2026-03-01T00:00:00Z',
    to: '2026-05-15T00:00:00Z',
    tell: (sandbox) =>
      points(sandbox, [
        { usableFrom: '2026-03-31T23:59:59.999Z', expiresAt: '2026-04-01T00:00:00Z' },
        { usableFrom: '2026-04-01T00:00:00Z', expiresAt: '2026-05-01T00:00:00Z' },
        { usableFrom: '2026-05-01T00:00:00Z' },
      ]),
    expected: [
      '2026-03-01T00:30:00.000Z redemption-lapsed',
      '2026-03-01T00:30:00.000Z debt-settled',
      '2026-03-31T23:59:59.999Z debt-settled',
      '2026-05-01T00:00:00.000Z expired',
    ],
  },
  {
    title: 'over the end of a year and a leap day',
    from: '2027-12-30T12:00:00Z',
    to: '2028-03-02T00:00:00Z',
    tell: (sandbox) =>
      points(sandbox, [
        { usableFrom: '2027-12-31T15:59:59.999Z', expiresAt: '2028-01-01T00:00:00Z' },
        { usableFrom: '2028-02-28T16:00:00Z', expiresAt: '2028-02-29T16:00:00Z' },
        { usableFrom: '2028-02-29T16:00:00Z', expiresAt: '2028-03-01T00:00:00Z' },
      ]),
    expected: ['2027-12-31T15:59:59.999Z debt-settled', '2028-02-28T16:00:00.000Z debt-settled'],
  },
  {
    title: 'over a midnight that its zone leaves out: the cut-off is the first instant of that day',
    from: '2027-03-20T00:00:00Z',
    to: '2027-04-10T00:00:00Z',
    near: ['2027-03-27T21:59:59.999Z', '2027-03-27T22:00:00Z'],
    tell: monthly('Asia/Beirut', 28),
    expected: ['2027-03-27T22:00:00.000Z withdrawal-reserved'],
  },
  {
    title: 'over the day on which its zone puts the clock back: an hour that is there twice takes nothing twice',
    from: '2026-10-10T00:00:00Z',
    to: '2026-11-10T00:00:00Z',
    near: ['2026-10-24T22:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    tell: monthly('Europe/Berlin', 25),
    expected: ['2026-10-24T22:00:00.000Z withdrawal-reserved'],
  },
  {
    title: 'over a cut-off in a February of 29 days, and over the day on which its zone puts the clock forward',
    from: '2028-02-01T00:00:00Z',
    to: '2028-04-01T00:00:00Z',
    tell: monthly('America/New_York', 28),
    expected: ['2028-02-28T05:00:00.000Z withdrawal-reserved'],
  },
];

/** All that the books say, in the order in which they were written, with what became of requests and batches. */
async function everything(sandbox: TestSandbox): Promise<{ entries: string[]; rest: unknown }> {
  const { rows } = await client.query<{ affiliate: string; entry: string; late: boolean }>(
    `select a.external_id as affiliate, e.kind, e.happened_at,
       to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || e.kind as head,
       to_char(e.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || e.kind || ' ' || (
         select string_agg(p.debit || '>' || p.credit || ' ' || p.amount, ', ' order by p.line) from ledger_posting p where p.affiliate_id = e.affiliate_id and p.entry_id = e.id) as entry,
       e.happened_at < max(e.happened_at) over (partition by e.affiliate_id order by e.id rows between unbounded preceding and 1 preceding) as late
     from ledger_entry e join affiliate a on a.id = e.affiliate_id where a.organization_id = $1 order by a.external_id, e.id`,
    [sandbox.id],
  );
  // What fell due was done in the order of the instants.
  expect(rows.filter(({ late }) => late)).toEqual([]);
  const requests = await client.query(
    `select w.external_id, w.status, w.amount, w.decided_at, w.batch from withdrawal w join program p on p.id = w.program_id where p.organization_id = $1 order by 1`,
    [sandbox.id],
  );
  const batches = await client.query(
    `select b.name, b.status, b.opened_at, b.cut_off_at, b.filled_at, (select count(*) from payout_line l where l.batch_id = b.id) as lines
     from payout_batch b join program p on p.id = b.program_id where p.organization_id = $1 order by 1`,
    [sandbox.id],
  );
  return {
    entries: rows.map(({ affiliate, entry }) => `${affiliate} ${entry}`),
    rest: { standing: await standingOf(client, sandbox), requests: requests.rows, batches: batches.rows },
  };
}

describe('a clock that jumps', () => {
  it.each(STORIES)('$title', { timeout: 120_000 }, async ({ from, to, near = [], tell, expected }) => {
    const open = async () => {
      const sandbox = await createTestSandbox(api, { programs: ['banggood'], startsAt: from });
      await tell(sandbox);
      return sandbox;
    };
    const [jumping, stepping] = [await open(), await open()];
    await jumping.at(to);
    const end = Date.parse(to);
    const steps = new Set(near.map((instant) => Date.parse(instant)));
    for (let at = Date.parse(from) + 17 * HOUR; at < end; at += 17 * HOUR) steps.add(at);
    for (const at of [...steps].sort((a, b) => a - b)) await stepping.at(new Date(at).toISOString());
    await stepping.at(to);
    const [once, often] = [await everything(jumping), await everything(stepping)];
    expect(once).toEqual(often);
    for (const head of expected) expect(once.entries.join('\n')).toContain(head);
    // Once more, and a second later: all of it is done.
    await jumping.at(to);
    await jumping.at(new Date(end + 1_000).toISOString());
    expect((await everything(jumping)).entries).toEqual(once.entries);
  });
});
