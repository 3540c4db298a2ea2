import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** In the form in which the Security Council gives its list out. */
const UN = `<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-03-01T00:00:00Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>101</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>OREST</FIRST_NAME><SECOND_NAME>VALDEK</SECOND_NAME><THIRD_NAME>Markovi\u0107</THIRD_NAME>
      <REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><NATIONALITY><VALUE>Syrian Arab Republic</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Orest the Grey</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><COUNTRY>Lebanon</COUNTRY></INDIVIDUAL_ADDRESS>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY><DATAID>202</DATAID><FIRST_NAME>NORTHSTEPPE TRADING COMPANY &amp; SONS</FIRST_NAME><REFERENCE_NUMBER>XXe.002</REFERENCE_NUMBER>
      <ENTITY_ALIAS><ALIAS_NAME>Northsteppe Ltd</ALIAS_NAME></ENTITY_ALIAS><ENTITY_ADDRESS><COUNTRY>Democratic People's Republic of Korea</COUNTRY></ENTITY_ADDRESS></ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>`;
const CSV = 'id,name,aliases,countries\n7,Tamsin Orrell,Tam Orrel;T. Orrell,GB;IE\n';

async function take(sandbox: TestSandbox, body: string, format = 'un-xml', list = 'un', token = sandbox.staffToken) {
  const response = await fetch(`${api.url}/sanctions/${list}/${format}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

interface Match {
  id: string;
  status: string;
  kind: string;
  entry: string;
  affiliate: { externalId: string };
}

async function matchesOf({ staff }: TestSandbox): Promise<Match[]> {
  const { sanctionsMatches } = await staff<{ sanctionsMatches: { nodes: Match[] } }>(
    '{ sanctionsMatches { nodes { id status kind entry affiliate { externalId } } } }',
  );
  return sanctionsMatches.nodes;
}

const enroll = (sandbox: TestSandbox, affiliate: string, name: string, country = 'SY') =>
  must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country, name });
const give = (sandbox: TestSandbox, affiliate: string) =>
  must(sandbox.staff, 'postAdjustment', { program, affiliate, id: `b-${affiliate}`, kind: 'BONUS', amount: '3000', reason: 'a prize' });
const open = () => createTestSandbox(api, { programs: [program, 'aliexpress'], startsAt: '2026-03-01T00:00:00Z' });

describe('a list', () => {
  it('finds who was there before it, who comes after it, and whose account it is', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'before', 'Valdek, Orest Markovic');
    await enroll(sandbox, 'else', 'Orest Valdek Marković', 'DE');
    await enroll(sandbox, 'near', 'Orrest Valdeck Markowic');
    await enroll(sandbox, 'near-elsewhere', 'Orrest Valdeck Markowic', 'DE');
    await enroll(sandbox, 'other', 'Orest Petrov');
    expect(await take(sandbox, UN)).toMatchObject({ status: 200, body: { list: 'un', entries: 2 } });
    await enroll(sandbox, 'after', 'NorthSteppe Trading & Sons Co.', 'FR');
    await enroll(sandbox, 'payee', 'Somebody Else', 'KP');
    await must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'payee', kind: 'western-union', holder: 'Northsteppe Limited' });
    const found = (await matchesOf(sandbox)).map(
      ({ affiliate, kind, entry, status }) => `${affiliate.externalId} ${kind} ${entry} ${status}`,
    );
    expect(found.sort()).toEqual([
      'after EXACT XXe.002 HELD',
      'before EXACT XXi.001 HELD',
      // The name word for word, though the country is another.
      'else EXACT XXi.001 HELD',
      'near NEAR XXi.001 HELD',
      'payee EXACT XXe.002 HELD',
    ]);
  });

  it('is taken in once for each version; what is not in the next one is compared no more', async () => {
    const sandbox = await open();
    const first = await take(sandbox, CSV, 'csv', 'house');
    await sandbox.at('2026-03-02T00:00:00Z');
    expect(await take(sandbox, CSV, 'csv', 'house')).toEqual(first);
    expect(
      (await take(sandbox, CSV.replace('7,Tamsin Orrell', '8,Berit Quist').replace('Tam Orrel;T. Orrell', ''), 'csv', 'house')).status,
    ).toBe(200);
    await enroll(sandbox, 'tamsin', 'Tamsin Orrell', 'GB');
    await enroll(sandbox, 'berit', 'Berit Quist', 'GB');
    expect((await matchesOf(sandbox)).map(({ affiliate }) => affiliate.externalId)).toEqual(['berit']);
    expect(await sandbox.staff('{ sanctionsLists { nodes { list format entries importedBy } } }')).toEqual({
      sanctionsLists: {
        nodes: [
          { list: 'house', format: 'csv', entries: 1, importedBy: 'staff of test' },
          { list: 'house', format: 'csv', entries: 1, importedBy: 'staff of test' },
        ],
      },
    });
    expect(await sandbox.staff('{ auditLog(act: "importSanctionsList") { totalCount } }')).toEqual({ auditLog: { totalCount: 2 } });
  });

  it('that cannot be read to its end changes nothing, and says why', async () => {
    const sandbox = await open();
    await take(sandbox, UN);
    for (const [body, format] of [
      ['', 'un-xml'],
      ['<LIST/>', 'un-xml'],
      ['<CONSOLIDATED_LIST/>', 'un-xml'],
      [UN.slice(0, 900), 'un-xml'],
      [UN.replace('XXe.002', 'XXi.001'), 'un-xml'],
      [UN.replace('<DATAID>202</DATAID>', '').replace('<REFERENCE_NUMBER>XXe.002</REFERENCE_NUMBER>', ''), 'un-xml'],
      [`<!DOCTYPE x [<!ENTITY a "b">]>${UN}&a;`, 'un-xml'],
      ['id,name\n1,x\n', 'csv'],
      ['id,name,aliases,countries\n1,,,\n', 'csv'],
      ['id,name,aliases,countries\n1,x,,Atlantis\n', 'csv'],
      ['id,name,aliases,countries\n1,"x,,\n', 'csv'],
      [CSV, 'xlsx'],
    ] as const) {
      const answer = await take(sandbox, body, format);
      expect(answer, body.slice(0, 60)).toMatchObject({
        status: 422,
        body: { userErrors: [{ code: 'INVALID', message: expect.any(String) }] },
      });
    }
    for (const list of ['%2e%2e', 'a%20b', encodeURIComponent(HOSTILE[0]!)])
      expect((await take(sandbox, CSV, 'csv', list)).status, list).not.toBe(200);
    await enroll(sandbox, 'after', 'Orest Valdek Marković');
    expect(await matchesOf(sandbox)).toHaveLength(1);
  });

  it('is nobody’s but of staff who may, and of their organization', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'ann', 'Tamsin Orrell', 'GB');
    const reviewer = String((await must(sandbox.staff, 'createToken', { kind: 'STAFF', name: 'r', role: 'REVIEWER' }, 'secret'))['secret']);
    for (const token of [sandbox.integratorToken, await affiliateToken(sandbox, 'ann'), reviewer])
      expect((await take(sandbox, CSV, 'csv', 'house', token)).status).toBe(403);
    expect((await take(sandbox, CSV, 'csv', 'house', 'trb_nothing')).status).toBe(401);
    await take(sandbox, CSV, 'csv', 'house');
    const [match] = await matchesOf(sandbox);
    const other = await open();
    expect(await matchesOf(other)).toEqual([]);
    for (const mutation of ['clearSanctionsMatch', 'confirmSanctionsMatch']) {
      expect(await refusalOf(other.staff, mutation, { match: match!.id, reason: 'x' })).toBe('NOT_FOUND');
      for (const wrong of HOSTILE) expect(await refusalOf(sandbox.staff, mutation, { match: wrong, reason: 'x' })).toBe('NOT_FOUND');
      expect(await refusalOf(sandbox.staff, mutation, { match: match!.id, reason: ' ' })).toBe('INVALID');
    }
  });
});

describe('an affiliate who may be on a list', () => {
  it('is paid nothing and buys nothing until staff clear it, which they need not do again', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'tam', 'Tamsin Orrell', 'GB');
    await give(sandbox, 'tam');
    const hers = api.as(await affiliateToken(sandbox, 'tam'));
    await must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'tam', kind: 'western-union', holder: 'T. Orrell' });
    await must(hers, 'requestWithdrawal', { program, id: 'w1', amount: '1000' });
    await take(sandbox, CSV, 'csv', 'house');
    expect(await act(hers, 'requestWithdrawal', { program, id: 'w2', amount: '1000' })).toMatchObject({
      userErrors: [{ code: 'UNDER_REVIEW', message: expect.not.stringContaining('list') }],
    });
    expect(await refusalOf(sandbox.staff, 'approveWithdrawal', { program, withdrawal: 'w1' })).toBe('UNDER_REVIEW');
    expect(await refusalOf(sandbox.integrator, 'redeemPoints', { program, affiliate: 'tam', id: 'x', kind: 'coupon', points: '100' })).toBe(
      'UNDER_REVIEW',
    );
    const held = await matchesOf(sandbox);
    for (const { id } of held) await must(sandbox.staff, 'clearSanctionsMatch', { match: id, reason: 'born elsewhere' });
    await must(sandbox.staff, 'approveWithdrawal', { program, withdrawal: 'w1' });
    // A new version with the same entry, and the same name told again, find nothing new.
    await take(sandbox, `${CSV}9,Berit Quist,,\n`, 'csv', 'house');
    await must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'tam', kind: 'western-union', holder: 'Tamsin Orrell' });
    expect((await matchesOf(sandbox)).map(({ status }) => status)).toEqual(held.map(() => 'CLEARED'));
    // The entry has changed: it is for staff to look again.
    await take(sandbox, CSV.replace('GB;IE', 'GB'), 'csv', 'house');
    expect((await matchesOf(sandbox)).map(({ status }) => status)).toEqual(held.map(() => 'HELD'));
  });

  it('found when a batch was approved already stops it before anything leaves', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'tam', 'Tamsin Orrell', 'GB');
    await give(sandbox, 'tam');
    await must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'tam', kind: 'western-union', holder: 'Tamsin Orrell' });
    await must(sandbox.staff, 'requestWithdrawal', { program, affiliate: 'tam', id: 'w1', amount: '1000' });
    await must(sandbox.staff, 'approveWithdrawal', { program, withdrawal: 'w1' });
    const batch = { program, batch: 'march' };
    await must(sandbox.staff, 'collectPayoutBatch', batch);
    const frozen = await must(sandbox.staff, 'freezePayoutBatch', batch, 'payoutBatch { hash }');
    await must(sandbox.staff, 'approvePayoutBatch', { ...batch, hash: (frozen['payoutBatch'] as { hash: string }).hash });
    await take(sandbox, CSV, 'csv', 'house');
    expect(await refusalOf(sandbox.staff, 'sendPayoutBatch', batch)).toBe('UNDER_REVIEW');
    await must(sandbox.staff, 'discardPayoutBatch', { ...batch, reason: 'a match' });
    await must(sandbox.staff, 'collectPayoutBatch', { program, batch: 'again' });
    expect(
      await sandbox.staff(`{ payoutBatch(program: "${program}", batch: "again") { lines { nodes { status reason } } } }`),
    ).toMatchObject({
      payoutBatch: { lines: { nodes: [{ status: 'DEFERRED', reason: expect.stringContaining('under review') }] } },
    });
  });

  it('confirmed is out of every program and is never paid; nobody takes that back', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'tam', 'Tamsin Orrell', 'GB');
    await must(sandbox.staff, 'enrollAffiliate', { program: 'aliexpress', affiliate: 'tam' });
    await give(sandbox, 'tam');
    await take(sandbox, CSV, 'csv', 'house');
    const [match] = await matchesOf(sandbox);
    const proven = { match: match!.id, reason: 'the passport says so' };
    const select = 'match { status reason decidedBy }';
    const confirmed = await act(sandbox.staff, 'confirmSanctionsMatch', proven, select);
    expect(confirmed).toMatchObject({ match: { status: 'CONFIRMED', reason: proven.reason, decidedBy: 'staff of test' }, userErrors: [] });
    expect(await act(sandbox.staff, 'confirmSanctionsMatch', proven, select)).toEqual(confirmed);
    expect(await refusalOf(sandbox.staff, 'clearSanctionsMatch', proven)).toBe('CONFLICT');
    for (const key of [program, 'aliexpress'])
      expect(await sandbox.staff(`{ enrollment(program: "${key}", affiliate: "tam") { status } }`)).toEqual({
        enrollment: { status: 'TERMINATED' },
      });
    expect(await refusalOf(sandbox.staff, 'requestWithdrawal', { program, affiliate: 'tam', id: 'w1' })).toBe('UNDER_REVIEW');
    // Frozen, not taken: it stays owed.
    expect(await sandbox.staff(`{ balances(program: "${program}", affiliate: "tam") { available { value } } proof { balanced } }`)).toEqual(
      {
        balances: { available: { value: '3000' } },
        proof: { balanced: true },
      },
    );
  });
});
