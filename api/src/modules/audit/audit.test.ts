import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { applicationUrl } from '../../platform/database/pool.ts';
import { act, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { provedWrong } from '../../testing/books.ts';

let api: TestApi;
let sandbox: TestSandbox;
const program = 'banggood';
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { name: 'shop', programs: [program] });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE', name: 'Ann Smith', email: 'ann@example.com' });
});
afterAll(() => api.close());

type Entry = Record<string, string | null> & { codes: string[] };
const FIELDS =
  'number at businessAt actorId actor act program subject outcome codes reason asked before after address userAgent requestId hash';

async function log(args = '', by = sandbox): Promise<Entry[]> {
  const { auditLog } = await by.staff<{ auditLog: { nodes: Entry[] } }>(`{ auditLog${args && `(${args})`} { nodes { ${FIELDS} } } }`);
  return auditLog.nodes;
}

const fetchExport = (path: string, token?: string) =>
  fetch(`${api.url}/export/audit-log.${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });

describe('the audit log', () => {
  it('says who did what, when, from where, why, and what it changed', async () => {
    await must(sandbox.staff, 'suspendEnrollment', { program, affiliate: 'ann', reason: 'asked for it' });
    const [entry] = await log('first: 1');
    expect(entry).toMatchObject({
      actor: 'staff of shop',
      act: 'suspendEnrollment',
      businessAt: '2026-01-01T00:00:00Z',
      program,
      outcome: 'DONE',
      codes: [],
      reason: 'asked for it',
      address: '127.0.0.1',
    });
    expect(JSON.parse(entry!['subject']!)).toEqual({ program, affiliate: 'ann' });
    expect([entry!['before'], entry!['after']].map((state) => JSON.parse(state!))).toEqual([{ status: 'active' }, { status: 'suspended' }]);
    expect(Math.abs(Date.parse(entry!['at']!) - Date.now())).toBeLessThan(60_000);
    expect(entry!['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    await must(sandbox.staff, 'reinstateEnrollment', { program, affiliate: 'ann' });
  });

  it('keeps what was turned away, with why', async () => {
    await refusalOf(sandbox.staff, 'suspendEnrollment', { program, affiliate: 'nobody', reason: 'x' });
    expect((await log('first: 1'))[0]).toMatchObject({ act: 'suspendEnrollment', outcome: 'REFUSED', codes: ['NOT_FOUND'], after: null });
    const { secret } = await must(sandbox.staff, 'createToken', { kind: 'STAFF', role: 'READER', name: 'reader' }, 'secret');
    await api.send(String(secret), `mutation { advanceClock(input: { to: "2026-02-01T00:00:00Z" }) { now } }`);
    expect((await log('first: 1'))[0]).toMatchObject({ actor: 'reader', act: 'advanceClock', outcome: 'REFUSED', codes: ['FORBIDDEN'] });
  });

  it('holds nothing that tells who a person is, and no secret', async () => {
    const { secret } = await must(sandbox.staff, 'createToken', { kind: 'INTEGRATOR', name: 'Ms. Jones' }, 'secret');
    await must(sandbox.staff, 'setPayoutMethod', {
      program,
      affiliate: 'ann',
      kind: 'paypal',
      account: 'ann@example.com',
      currency: 'USD',
    });
    await withConnection(api.database.url, async (client) => {
      const { rows } = await client.query('select string_agg(a::text, chr(10)) as all from audit_entry a');
      for (const personal of ['Smith', 'ann@example.com', 'Jones', String(secret).slice(20)]) expect(rows[0].all).not.toContain(personal);
    });
    expect((await log('act: "createToken", first: 1'))[0]!['after']).toContain('prefix');
  });

  it('keeps no facts: they are kept by themselves', async () => {
    const before = (await log()).length;
    const click = { program, id: 'k1', affiliate: 'ann', visitor: 'v1', country: 'DE' };
    for (const ask of [sandbox.staff, sandbox.integrator]) await must(ask, 'recordClick', click);
    expect(await log()).toHaveLength(before);
  });

  it('is of one organization, and is searched by who, what, subject, program and time', async () => {
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await log('', other)).toEqual([]);
    expect((await log('subject: "ann", act: "setPayoutMethod"')).map(({ act }) => act)).toEqual(['setPayoutMethod']);
    expect(await log('subject: "an"')).toEqual([]);
    expect(await log('program: "nowhere"')).toEqual([]);
    expect(await log('outcome: REFUSED')).toHaveLength(2);
    expect(await log('to: "2020-01-01T00:00:00Z"')).toEqual([]);
    const [{ actorId } = { actorId: null }] = await log('act: "advanceClock"');
    expect((await log(`actor: "${actorId}"`)).map(({ actor }) => actor)).toEqual(['reader']);
    expect((await api.send(sandbox.integratorToken, '{ auditLog { totalCount } }')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('is taken along as lines, with the rights of who asks, and that is kept, too', async () => {
    expect((await fetchExport('csv')).status).toBe(401);
    expect((await fetchExport('csv', sandbox.integratorToken)).status).toBe(403);
    expect((await fetchExport('csv?nonsense=1', sandbox.staffToken)).status).toBe(400);
    const lines = (await (await fetchExport('jsonl', sandbox.staffToken)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => String(index + 1)));
    expect(lines.at(-1)).toMatchObject({ act: 'exportAuditLog', outcome: 'done' });
    const csv = await fetchExport('csv?act=suspendEnrollment&outcome=done', sandbox.staffToken);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect((await csv.text()).split('\r\n')[1]).toMatch(
      /^2,.*,staff of shop,suspendEnrollment,banggood,"\{""program"":""banggood"",""affiliate"":""ann""\}",done,,asked for it,/,
    );
    expect((await log('first: 1'))[0]!['asked']).toBe('{"act":"suspendEnrollment","outcome":"done"}');
  });
});

describe('its chain', () => {
  const wrongAfter = async (client: pg.ClientBase, ...statements: string[]) => {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    for (const statement of statements) await client.query(statement);
    const wrong = await provedWrong(client);
    await client.query('rollback');
    return wrong;
  };

  it('stays whole, however many act at once', async () => {
    const acts = Array.from({ length: 12 }, (_, index) => act(sandbox.staff, 'setSelfPurchase', { program, allowed: index % 2 === 0 }));
    await Promise.all(acts);
    await withConnection(api.database.url, async (client) => {
      expect(await provedWrong(client)).toEqual([]);
    });
    const numbers = (await log('first: 100')).map(({ number }) => Number(number));
    expect(numbers).toEqual(numbers.map((_, index) => numbers.length - index));
  });

  it('shows whoever proves it what a hand with all rights changed, added, or took away', async () => {
    const mine = `organization_id = '${sandbox.id}'`;
    await withConnection(api.database.url, async (client) => {
      expect(await wrongAfter(client, `update audit_entry set actor = 'somebody else' where ${mine} and number = 3`)).toMatchObject([
        expect.stringMatching(/^28-.*audit entry 3 .* is not what was written/),
      ]);
      const details = `update audit_entry set details = json_build_object('reason', 'another') where ${mine} and number = 2`;
      expect(await wrongAfter(client, details)).toHaveLength(1);
      expect(await wrongAfter(client, `delete from audit_entry where ${mine} and number = 4`)).toMatchObject([
        expect.stringMatching(/audit entry 5 .* does not follow 3/),
      ]);
      const last = `(select max(number) from audit_entry where ${mine})`;
      expect(await wrongAfter(client, `delete from audit_entry where ${mine} and number = ${last}`)).toMatchObject([
        expect.stringMatching(/the audit log of .* ends at \d+, not at \d+/),
      ]);
      expect(await wrongAfter(client, `delete from audit_head where ${mine}`)).toMatchObject([expect.stringContaining('has lost its end')]);
    });
  });

  it('is closed to the application but for the function that adds', async () => {
    await withConnection(applicationUrl(api.database.url), async (client) => {
      for (const statement of [
        "update audit_entry set actor = 'x'",
        'delete from audit_entry',
        'truncate audit_entry',
        'insert into audit_entry select * from audit_entry',
        'update audit_head set number = 0',
        'delete from audit_head',
      ])
        await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    });
    await withConnection(api.database.url, async (client) => {
      await expect(client.query('delete from audit_entry')).rejects.toThrow(/append-only/);
    });
  });
});
