import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
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

async function take(sandbox: TestSandbox, body: string | Buffer<ArrayBuffer>, format = 'un-xml', list = 'un', token = sandbox.staffToken) {
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
const open = (...more: string[]) =>
  createTestSandbox(api, { programs: [program, 'aliexpress', ...more], startsAt: '2026-03-01T00:00:00Z' });

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

  it('that a crash cut off is gone through by the job, from where it was', async () => {
    const sandbox = await open();
    for (const affiliate of ['first', 'second']) await enroll(sandbox, affiliate, 'Orest Valdek');
    await take(sandbox, UN);
    expect(await matchesOf(sandbox)).toHaveLength(2);
    // As it was when the process ended after the first of them: the second was not compared.
    await withConnection(api.database.url, async (client) => {
      const { rows } = await client.query(
        `select a.id, a.external_id as name, l.id as version, l.organization_id from affiliate a
         join sanctions_match m on m.affiliate_id = a.id join sanctions_list l on l.organization_id = a.organization_id where a.organization_id = (
           select organization_id from sanctions_list order by id desc limit 1) order by a.id`,
      );
      await client.query('set session_replication_role = replica');
      await client.query('delete from sanctions_match where affiliate_id = any($1)', [rows.map(({ id }) => id)]);
      await client.query('insert into sanctions_comparison values ($1, $2, $3, $4, now())', [
        rows[0].organization_id,
        'un',
        rows[0].version,
        rows[0].id,
      ]);
    });
    await expect
      .poll(async () => (await matchesOf(sandbox)).map(({ affiliate }) => affiliate.externalId), { timeout: 20_000 })
      .toEqual(['second']);
    expect(await rows(api.app.orm.em.fork() as EntityManager, 'select 1 from sanctions_comparison')).toEqual([]);
  });

  it('names countries as its publisher writes them; one that nobody knows speaks against nobody, and is told', async () => {
    const sandbox = await open();
    const entry = (id: string, name: string, nationality: string) =>
      `<INDIVIDUAL><FIRST_NAME>${name}</FIRST_NAME><SECOND_NAME>Talanov</SECOND_NAME><THIRD_NAME>Miritch</THIRD_NAME><REFERENCE_NUMBER>${id}</REFERENCE_NUMBER>
       <NATIONALITY><VALUE>${nationality}</VALUE></NATIONALITY><INDIVIDUAL_ADDRESS><COUNTRY>Germany</COUNTRY></INDIVIDUAL_ADDRESS></INDIVIDUAL>`;
    const written = {
      VN: 'Viet Nam',
      MM: 'Myanmar',
      TR: 'Turkey',
      BA: 'Bosnia and Herzegovina',
      GB: 'United Kingdom of Great Britain and Northern Ireland',
      FR: 'France',
      RU: 'Russian Federation',
      IR: 'Iran (Islamic Republic of)',
      KP: "Democratic People's Republic of Korea",
      CD: 'Democratic Republic of the Congo',
      LR: 'Atlantis',
    };
    const codes = Object.keys(written) as (keyof typeof written)[];
    // Each with a word of its own, far from the others'.
    const own = (code: string) => code.repeat(4);
    const list = codes.map((code) => entry(code, own(code), written[code])).join('');
    const answer = await take(sandbox, `<CONSOLIDATED_LIST><INDIVIDUALS>${list}</INDIVIDUALS></CONSOLIDATED_LIST>`);
    expect(answer).toMatchObject({ status: 200, body: { entries: codes.length, unknownCountries: ['Atlantis'], unplaced: 1 } });
    for (const code of codes) await enroll(sandbox, `from-${code}`, `${own(code)} Talanov`, code);
    await enroll(sandbox, 'elsewhere', `${own('VN')} Talanov`, 'SE');
    expect((await matchesOf(sandbox)).map(({ affiliate }) => affiliate.externalId).sort()).toEqual(
      codes.map((code) => `from-${code}`).sort(),
    );
    expect(await sandbox.staff('{ sanctionsLists { nodes { unknownCountries unplaced } } }')).toEqual({
      sanctionsLists: { nodes: [{ unknownCountries: ['Atlantis'], unplaced: 1 }] },
    });
  });

  it('is compared in Latin letters, whatever either side is written in; nothing of a name is lost', async () => {
    const sandbox = await open();
    const list = `<CONSOLIDATED_LIST><INDIVIDUALS>
      <INDIVIDUAL><FIRST_NAME>Vladimir</FIRST_NAME><SECOND_NAME>Rastorguevsky</SECOND_NAME><REFERENCE_NUMBER>1</REFERENCE_NUMBER></INDIVIDUAL>
      <INDIVIDUAL><FIRST_NAME><![CDATA[Boris]]></FIRST_NAME><SECOND_NAME>Cdataev</SECOND_NAME><REFERENCE_NUMBER>2</REFERENCE_NUMBER>
        <INDIVIDUAL_ALIAS><ALIAS_NAME><![CDATA[Quentin Ampersand]]></ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL>
      <INDIVIDUAL><FIRST_NAME>Зураб</FIRST_NAME><SECOND_NAME>Щербаков</SECOND_NAME><REFERENCE_NUMBER>3</REFERENCE_NUMBER></INDIVIDUAL>
      <INDIVIDUAL><FIRST_NAME>Kim</FIRST_NAME><SECOND_NAME>Zorbel</SECOND_NAME><NAME_ORIGINAL_SCRIPT>金佐伯</NAME_ORIGINAL_SCRIPT><REFERENCE_NUMBER>4</REFERENCE_NUMBER></INDIVIDUAL>
      </INDIVIDUALS></CONSOLIDATED_LIST>`;
    expect((await take(sandbox, list)).status).toBe(200);
    const names = {
      '1': 'Владимир Расторгуевский',
      '2a': 'Cdataev, Boris',
      '2b': 'Ampersand Quentin',
      '3': 'Shcherbakov Zurab',
      '4': '金佐伯',
    };
    for (const [affiliate, name] of Object.entries(names)) await enroll(sandbox, affiliate, name);
    expect((await matchesOf(sandbox)).map(({ affiliate, entry }) => `${affiliate.externalId} ${entry}`).sort()).toEqual([
      '1 1',
      '2a 2',
      '2b 2',
      '3 3',
      '4 4',
    ]);
  });

  it('is taken in once for each version; what is not in the next one is compared no more', async () => {
    const sandbox = await open();
    const first = await take(sandbox, CSV, 'csv', 'house');
    await sandbox.at('2026-03-02T00:00:00Z');
    expect(await take(sandbox, CSV, 'csv', 'house')).toEqual(first);
    // Read by an earlier release, which knew less of names: the same file is then taken in anew.
    const elsewhere = await open();
    await take(elsewhere, CSV, 'csv', 'house');
    await withConnection(api.database.url, (client) => client.query("update sanctions_entry set keys = '{}'"));
    await take(elsewhere, CSV, 'csv', 'house');
    await enroll(elsewhere, 'tamsin', 'Tamsin Orrell', 'GB');
    expect(await matchesOf(elsewhere)).toHaveLength(1);
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
      ['id,name,aliases,countries\n1,"x,,\n', 'csv'],
      ['id,name,aliases,countries\n1,A\0B C,,\n', 'csv'],
      [`id,name,aliases,countries\n1,${'a'.repeat(200_000)},,\n`, 'csv'],
      [`<CONSOLIDATED_LIST>${'<a>'.repeat(40)}`, 'un-xml'],
      [Buffer.from('id,name,aliases,countries\n1,A\xff\xfe B,,\n', 'latin1'), 'csv'],
      [Buffer.from(UN.replace('VALDEK', 'V\xc1LDEK'), 'latin1'), 'un-xml'],
      [CSV, 'xlsx'],
    ] as const) {
      const answer = await take(sandbox, body, format);
      expect(answer, body.toString().slice(0, 60)).toMatchObject({
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

  it('is looked at again when it goes by another name that matches, also after it was cleared', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'zoe', 'Tamsin Orell Quist', 'GB');
    await give(sandbox, 'zoe');
    await take(sandbox, CSV, 'csv', 'house');
    const states = async () => (await matchesOf(sandbox)).map(({ kind, status }) => `${kind} ${status}`);
    const clear = async () =>
      must(sandbox.staff, 'clearSanctionsMatch', { match: (await matchesOf(sandbox))[0]!.id, reason: 'born elsewhere' });
    const names = (holder: string) => must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'zoe', kind: 'western-union', holder });
    expect(await states()).toEqual(['NEAR HELD']);
    await clear();
    await names('Tamsin Orell Quist');
    expect(await states()).toEqual(['NEAR CLEARED']);
    await names('Tamsin Orrell');
    expect(await states()).toEqual(['EXACT HELD']);
    await clear();
    await names('Tamsin Orrel Quisst');
    expect(await states()).toEqual(['NEAR HELD']);
    await clear();
    for (const known of ['Tamsin Orrell', 'Tamsin Orell Quist']) await names(known);
    expect(await states()).toEqual(['NEAR CLEARED']);
  });

  it('takes nothing away that was on its way when it was found', async () => {
    const sandbox = await open();
    await enroll(sandbox, 'tam', 'Tamsin Orrell', 'GB');
    await give(sandbox, 'tam');
    await must(sandbox.staff, 'postAdjustment', {
      program,
      affiliate: 'tam',
      id: 'more',
      kind: 'BONUS',
      amount: '6000',
      reason: 'a prize',
    });
    await must(sandbox.staff, 'setPayoutMethod', { program, affiliate: 'tam', kind: 'western-union', holder: 'Tamsin Orrell' });
    await must(sandbox.staff, 'requestWithdrawal', { program, affiliate: 'tam', id: 'w1', amount: '1000' });
    await must(sandbox.staff, 'approveWithdrawal', { program, withdrawal: 'w1' });
    const redeem = (id: string, kind: string, points: string) =>
      must(sandbox.integrator, 'redeemPoints', { program, affiliate: 'tam', id, kind, points }, 'redemption { coupon { code } }');
    await redeem('cart', 'checkout', '500');
    const code = (await redeem('c1', 'coupon', '500'))['redemption'] as { coupon: { code: string } };
    const hers = api.as(await affiliateToken(sandbox, 'tam'));
    const wanted = {
      program,
      id: 'px',
      kind: 'PRODUCT_EXCHANGE',
      text: 'please',
      product: 'a kite',
      productPrice: '30.00',
      points: '3000',
    };
    await must(hers, 'openRequest', wanted);
    await take(sandbox, CSV, 'csv', 'house');
    const acts = [
      [sandbox.staff, 'markWithdrawalPaid', { program, withdrawal: 'w1' }],
      [sandbox.staff, 'grantRequest', { program, request: 'px' }],
      [sandbox.integrator, 'captureRedemption', { program, redemption: 'cart', order: 'o-1' }],
      [sandbox.integrator, 'holdCoupon', { program, code: code.coupon.code, cart: 'cart-2' }],
      [sandbox.integrator, 'useCoupon', { program, code: code.coupon.code, cart: 'cart-2' }],
    ] as const;
    for (const [who, mutation, input] of acts) expect(await refusalOf(who, mutation, input), mutation).toBe('UNDER_REVIEW');
    for (const { id } of await matchesOf(sandbox))
      await must(sandbox.staff, 'clearSanctionsMatch', { match: id, reason: 'born elsewhere' });
    for (const [who, mutation, input] of acts) await must(who, mutation, input);
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
    const sandbox = await open('alibaba', 'bigseller');
    await enroll(sandbox, 'tam', 'Tamsin Orrell', 'GB');
    await must(sandbox.staff, 'enrollAffiliate', { program: 'aliexpress', affiliate: 'tam' });
    await must(sandbox.integrator, 'applyToProgram', { program: 'alibaba', affiliate: 'tam' });
    await give(sandbox, 'tam');
    await take(sandbox, CSV, 'csv', 'house');
    const [match] = await matchesOf(sandbox);
    const hers = api.as(await affiliateToken(sandbox, 'tam'));
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
    // Nor does it come in where it had asked to, or anywhere else.
    const coming = { affiliate: 'tam', country: 'GB' };
    expect(await refusalOf(sandbox.staff, 'approveApplication', { program: 'alibaba', affiliate: 'tam' })).toBe('AB-15');
    expect(await refusalOf(sandbox.integrator, 'applyToProgram', { program: 'alibaba', ...coming })).toBe('UNDER_REVIEW');
    for (const key of ['alibaba', 'bigseller'])
      expect(await refusalOf(sandbox.staff, 'enrollAffiliate', { program: key, ...coming })).toBe('UNDER_REVIEW');
    // Whoever reads its own story learns of no list.
    const told = JSON.stringify(
      await hers(`{ enrollment(program: "${program}", affiliate: "tam") { status statusHistory { status reason } } }`),
    );
    expect(told).toContain('TERMINATED');
    expect(told).not.toMatch(/list|passport/);
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
