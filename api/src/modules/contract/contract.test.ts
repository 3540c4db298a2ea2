import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { act, affiliateToken, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { contractPdf } from './contract.pdf.ts';

const PROGRAM = 'bigseller';
const CONTRACT = 'contract { termsVersion text hash sentAt signedAt signedBy }';

interface Contract {
  termsVersion: number;
  text: string;
  hash: string;
  sentAt: string;
  signedAt: string | null;
  signedBy: string | null;
}

let api: TestApi;
let sandbox: TestSandbox;
let staff: Ask;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [PROGRAM], startsAt: '2026-03-01T00:00:00Z' });
  staff = sandbox.staff;
});
afterAll(() => api.close());

const of = (affiliate: string) => ({ program: PROGRAM, affiliate });
const apply = (affiliate: string, more: object = {}) =>
  act(sandbox.integrator, 'applyToProgram', { ...of(affiliate), country: 'MY', ...more });
const standing = async <T>(affiliate: string, fields: string, ask = staff) =>
  (await ask<{ enrollment: T }>(`{ enrollment(program: "${PROGRAM}", affiliate: "${affiliate}") { ${fields} } }`)).enrollment;
const contractOf = async (affiliate: string, ask = staff) => (await standing<{ contract: Contract }>(affiliate, CONTRACT, ask)).contract;
const get = (token: string, path: string) => fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

/** The terms of now with something else in their onboarding, as the next version. */
async function publishTerms(onboarding: object): Promise<void> {
  const { program, now } = await staff<{ program: { terms: { document: string } }; now: string }>(
    `{ now program(key: "${PROGRAM}") { terms { document } } }`,
  );
  const document = JSON.parse(program.terms.document) as { onboarding: object };
  document.onboarding = { ...document.onboarding, ...onboarding };
  await must(staff, 'publishTerms', { program: PROGRAM, document: JSON.stringify(document), holdsFrom: now });
}

describe('a contract', () => {
  it('stays as it was signed when the person behind it is erased, for it names nobody', async () => {
    await apply('zoe', { name: 'Zoe Nakamura', email: 'zoe@nakamura.example' });
    for (const mutation of ['approveApplication', 'sendContract', 'signContract']) await must(staff, mutation, of('zoe'));
    const signed = await contractOf('zoe');
    await must(staff, 'terminateEnrollment', { ...of('zoe'), reason: 'her wish' });
    await must(staff, 'erasePersonalData', { affiliate: 'zoe', reason: 'her wish' });
    expect(await contractOf('zoe')).toEqual(signed);
    expect(createHash('sha256').update(signed.text).digest('hex')).toBe(signed.hash);
    expect(JSON.stringify(signed)).not.toMatch(/Nakamura/i);
    expect(await standing('zoe', 'affiliate { name email }')).toEqual({ affiliate: { name: null, email: null } });
  });

  it('says on which version of the terms it is, in words of its own, and is another one when they change before it is signed', async () => {
    await must(staff, 'publishDocument', {
      program: PROGRAM,
      name: 'frame',
      kind: 'CONTRACT',
      title: 'General part',
      text: 'Be honest. 你好',
    });
    await apply('ann');
    await must(staff, 'approveApplication', of('ann'));
    expect(await contractOf('ann')).toBeNull();
    await must(staff, 'sendContract', of('ann'));
    const first = await contractOf('ann');
    expect(first).toMatchObject({ termsVersion: 1, sentAt: '2026-03-01T00:00:00Z', signedAt: null });
    expect(first.text).toContain('the affiliate ann');
    expect(first.text).toContain('General part (version 1)\n\nBe honest.');
    expect(first.text).toMatch(/\[BS-13\] .+/);
    expect(first.hash).toBe(createHash('sha256').update(first.text).digest('hex'));
    await must(staff, 'sendContract', of('ann'));
    expect(await contractOf('ann')).toEqual(first);
    await sandbox.at('2026-03-02T00:00:00Z');
    await publishTerms({ text: 'From now on with a word more' });
    await must(staff, 'sendContract', of('ann'));
    const second = await contractOf('ann');
    expect([second.termsVersion, second.hash === first.hash]).toEqual([2, false]);
    const ann = api.as(await affiliateToken(sandbox, 'ann'));
    expect(await refusalOf(ann, 'signContract', { program: PROGRAM, hash: first.hash })).toBe('CONFLICT');
    expect((await standing<{ status: string }>('ann', 'status')).status).toBe('CONTRACT_SENT');
    // A word of staff before the terms is a word of the contract.
    const frame = { program: PROGRAM, name: 'frame', kind: 'CONTRACT', title: 'General part', text: 'Be honest and kind.' };
    await must(staff, 'publishDocument', frame);
    await must(staff, 'sendContract', of('ann'));
    expect(await refusalOf(ann, 'signContract', { program: PROGRAM, hash: second.hash })).toBe('CONFLICT');
    const third = await contractOf('ann');
    expect(third.text).toContain('General part (version 2)\n\nBe honest and kind.');
    await must(ann, 'signContract', { program: PROGRAM, hash: third.hash });
    await must(ann, 'signContract', { program: PROGRAM, hash: third.hash });
    expect(await contractOf('ann', ann)).toEqual({ ...third, signedAt: '2026-03-02T00:00:00Z', signedBy: 'ann' });
    await publishTerms({ text: 'Another word' });
    await must(staff, 'sendContract', of('ann'));
    expect((await contractOf('ann')).termsVersion).toBe(2);
  });

  it('is a PDF for staff and for the affiliate whose it is, and not there for others', async () => {
    const [anns, bens] = [
      await affiliateToken(sandbox, 'ann'),
      (await must(staff, 'enrollAffiliate', { ...of('ben'), country: 'SG' })) && (await affiliateToken(sandbox, 'ben')),
    ];
    for (const [token, path] of [
      [anns, `/contracts/${PROGRAM}`],
      [sandbox.staffToken, `/contracts/${PROGRAM}?affiliate=ann`],
    ] as const) {
      const answer = await get(token, path);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        200,
        'application/pdf',
        'no-store',
      ]);
      const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      expect(pdf).toMatch(/^%PDF-[\s\S]+%%EOF\s*$/);
      // The words as they hold, whatever letters they have.
      expect(pdf).toMatch(/\/Type \/EmbeddedFile/);
    }
    const [hers, none] = await Promise.all([
      get(bens, `/contracts/${PROGRAM}?affiliate=ann`),
      get(bens, `/contracts/${PROGRAM}?affiliate=nobody`),
    ]);
    expect([hers.status, await hers.text()]).toEqual([404, await none.text()]);
    expect((await get('trb_nothing', `/contracts/${PROGRAM}`)).status).toBe(401);
    expect((await get(sandbox.integratorToken, `/contracts/${PROGRAM}?affiliate=ann`)).status).toBe(403);
    expect((await get(sandbox.staffToken, '/contracts/none?affiliate=ann')).status).toBe(404);
  });

  it('of a text without an end to its words keeps nobody waiting', async () => {
    const text = `Endless\n\n${'x'.repeat(100_000)}`;
    const on = {
      id: '1',
      affiliateId: '1',
      programId: '1',
      termsVersion: 1,
      sentAt: new Date(0),
      sentBy: 'staff',
      signedAt: null,
      signedBy: null,
    };
    const pdf = contractPdf({ ...on, text, hash: 'ab' });
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    for await (const _ of pdf) {
      // Until it is whole.
    }
    clearInterval(others);
    expect(turns).toBeGreaterThan(20);
  });

  it('is signed at once where staff bring somebody in', async () => {
    expect(await contractOf('ben')).toMatchObject({ signedAt: '2026-03-02T00:00:00Z', signedBy: 'staff of test' });
  });

  it('is never changed, whoever asks', async () => {
    const sql = (text: string) => withConnection(api.database.url, (client) => client.query(text));
    await expect(sql("update contract set body = 'x', hash = sha256('x')")).rejects.toThrow('signed once');
    await expect(sql('update contract set signed_at = now() where signed_at is not null')).rejects.toThrow('signed once');
    await expect(sql('delete from contract')).rejects.toThrow('signed once');
    await expect(sql("update document_version set title = 'x'")).rejects.toThrow('append-only');
  });
});

describe('an application', () => {
  it('accepts the version of the terms that is in force, with time and who, or none', async () => {
    expect((await apply('cem', { acceptedTerms: 1 })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['acceptedTerms'] }]);
    const { program } = await staff<{ program: { terms: { number: number } } }>(`{ program(key: "${PROGRAM}") { terms { number } } }`);
    expect((await apply('cem', { acceptedTerms: program.terms.number })).userErrors).toEqual([]);
    expect((await apply('cem', { acceptedTerms: program.terms.number })).userErrors).toEqual([]);
    expect(await standing('cem', 'acceptedTerms { version at by }')).toEqual({
      acceptedTerms: { version: program.terms.number, at: '2026-03-02T00:00:00Z', by: 'integrator of test' },
    });
    // What was said stays said when the terms change, and is not said otherwise.
    await publishTerms({ text: 'And yet another word' });
    expect((await apply('cem', { acceptedTerms: program.terms.number })).userErrors).toEqual([]);
    for (const acceptedTerms of [program.terms.number + 1, null])
      expect((await apply('cem', { acceptedTerms })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['affiliate'] }]);
    await apply('dia');
    expect((await apply('dia', { acceptedTerms: program.terms.number + 1 })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await standing('dia', 'acceptedTerms { version }')).toEqual({ acceptedTerms: null });
  });

  it('that was rejected is made again with better words, and then known by them', async () => {
    const better = { kind: 'community owner', channels: ['groups'] };
    expect((await apply('dia', better)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    await must(staff, 'rejectApplication', { ...of('dia'), reason: 'Say what you do' });
    expect((await apply('dia', { ...better, country: 'SG' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['country'] }]);
    expect((await apply('dia', better)).userErrors).toEqual([]);
    expect((await apply('dia', better)).userErrors).toEqual([]);
    expect((await apply('dia')).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await standing('dia', 'status application { kind channels } statusHistory { status reason }')).toEqual({
      status: 'APPLIED',
      application: better,
      statusHistory: [
        { status: 'APPLIED', reason: null },
        { status: 'REJECTED', reason: 'Say what you do' },
        { status: 'APPLIED', reason: null },
      ],
    });
  });

  it('that was rejected is made again when the terms say, and not a second earlier', async () => {
    await must(staff, 'rejectApplication', { ...of('dia'), reason: 'How many?' });
    const best = { kind: 'owner of many communities', channels: ['events', 'groups'] };
    await apply('dia', best);
    expect(await standing('dia', 'application { kind channels }')).toEqual({ application: best });
    await publishTerms({ reapplication: { id: 'XY-01', allowed: true, after: { days: 30 } } });
    await must(staff, 'rejectApplication', { ...of('dia'), reason: 'Still nothing' });
    await sandbox.at('2026-03-31T23:59:59Z');
    expect((await apply('dia')).userErrors).toMatchObject([{ code: 'XY-01', message: expect.stringContaining('2026-04-01T00:00:00Z') }]);
    await sandbox.at('2026-04-01T00:00:00Z');
    expect((await apply('dia')).userErrors).toEqual([]);
    await publishTerms({ reapplication: { id: 'XY-01', allowed: false } });
    await must(staff, 'rejectApplication', { ...of('dia'), reason: 'No' });
    await sandbox.at('2027-04-01T00:00:00Z');
    expect((await apply('dia')).userErrors).toMatchObject([{ code: 'XY-01' }]);
    // Staff may still bring somebody in.
    expect(await refusalOf(staff, 'enrollAffiliate', { ...of('dia'), country: 'MY' })).toBe('');
  });
});
