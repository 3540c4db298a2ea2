import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, affiliateToken, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const PROGRAM = 'banggood';
const VERSION = 'document { name number title regions hash holdsFrom acceptFrom blocks text }';

let api: TestApi;
let sandbox: TestSandbox;
let staff: Ask;
let ann: Ask;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [PROGRAM], startsAt: '2026-03-01T00:00:00Z' });
  staff = sandbox.staff;
  for (const affiliate of ['ann', 'ben'])
    await must(staff, 'enrollAffiliate', { program: PROGRAM, affiliate, country: affiliate === 'ann' ? 'DE' : 'PL' });
  ann = api.as(await affiliateToken(sandbox, 'ann'));
});
afterAll(() => api.close());

const publish = (more: object = {}, ask = staff) =>
  act(
    ask,
    'publishDocument',
    { program: PROGRAM, name: 'marks', kind: 'GUIDE', title: 'Our marks', text: 'Use them so.', ...more },
    VERSION,
  );
const documents = (ask: Ask) =>
  ask<{ program: { documents: object[]; documentVersions: object[] } }>(
    `{ program(key: "${PROGRAM}") { documents { name number } documentVersions { name number } } }`,
  );

describe('a document', () => {
  it('has versions that never change; the same again is the same one, at whatever pace', async () => {
    const published = await Promise.all([1, 2, 3].map(() => publish()));
    const first = { name: 'marks', number: 1, title: 'Our marks', regions: [], acceptFrom: null, blocks: [], text: 'Use them so.' };
    for (const answer of published)
      expect(answer).toEqual({
        document: { ...first, hash: createHash('sha256').update('Use them so.').digest('hex'), holdsFrom: '2026-03-01T00:00:00Z' },
        userErrors: [],
      });
    expect((await publish({ text: 'Use them thus.', holdsFrom: '2026-03-05T00:00:00Z' })).document).toMatchObject({ number: 2 });
    const [one, two] = [1, 2].map((number) => ({ name: 'marks', number }));
    expect((await documents(ann)).program).toEqual({ documents: [one], documentVersions: [one, two] });
    await sandbox.at('2026-03-05T00:00:00Z');
    expect((await documents(ann)).program.documents).toEqual([two]);
  });

  it.each<[string, object, string]>([
    ['without words', { text: ' ' }, 'text'],
    ['by a name with spaces', { name: 'Our marks' }, 'name'],
    ['for a country that there is none of', { regions: ['XX'] }, 'regions'],
    ['in the past', { holdsFrom: '2026-03-04T00:00:00Z' }, 'holdsFrom'],
    ['asked for before it holds', { holdsFrom: '2026-03-07T00:00:00Z', acceptFrom: '2026-03-06T00:00:00Z' }, 'acceptFrom'],
    ['that blocks without being asked for', { blocks: ['LINKS'] }, 'blocks'],
  ])('%s is turned away', async (_, more, path) => {
    const { userErrors } = await publish(more);
    expect(userErrors.map((error) => [error.code, error.path[0]])).toEqual([['INVALID', path]]);
  });

  it('is published by those who may, and by nobody else', async () => {
    const tokenOf = async (role: string) =>
      api.as(String((await must(staff, 'createToken', { kind: 'STAFF', name: role, role }, 'secret'))['secret']));
    await expect(publish({}, await tokenOf('REVIEWER'))).rejects.toThrow('FORBIDDEN');
    expect((await publish({ name: 'other' }, await tokenOf('TERMS_EDITOR'))).userErrors).toEqual([]);
    await expect(publish({}, ann)).rejects.toThrow('FORBIDDEN');
  });
});

describe('an acceptance', () => {
  const asked = (affiliate: string, ask = staff) =>
    ask(`{ enrollment(program: "${PROGRAM}", affiliate: "${affiliate}") { documents documentsToAccept { name number } } }`);

  it('is kept with version, time and who, seen by staff and by the affiliate whose it is', async () => {
    await publish({
      name: 'policy',
      kind: 'POLICY',
      text: 'One',
      regions: ['DE'],
      acceptFrom: '2026-03-05T00:00:00Z',
      blocks: ['WITHDRAWALS'],
    });
    expect(await asked('ann', ann)).toEqual({ enrollment: { documents: [], documentsToAccept: [{ name: 'policy', number: 1 }] } });
    expect(await asked('ben')).toEqual({ enrollment: { documents: [], documentsToAccept: [] } });
    await must(staff, 'postAdjustment', { program: PROGRAM, id: 'gift', affiliate: 'ann', kind: 'BONUS', amount: '9000', reason: 'test' });
    const withdraw = () => act(ann, 'requestWithdrawal', { program: PROGRAM, id: 'w1', amount: '2000' });
    expect((await withdraw()).userErrors).toMatchObject([{ code: 'BG-01', message: expect.stringContaining('policy') }]);
    await must(ann, 'acceptDocument', { program: PROGRAM, document: 'policy', version: 1 });
    await must(ann, 'acceptDocument', { program: PROGRAM, document: 'policy' });
    expect((await withdraw()).userErrors).toEqual([]);
    expect(await asked('ann')).toEqual({ enrollment: { documents: ['policy'], documentsToAccept: [] } });
    await must(staff, 'acceptDocument', { program: PROGRAM, affiliate: 'ben', document: 'marks' });
    const list = (ask: Ask, args = '') =>
      ask<{ documentAcceptances: { nodes: object[] } }>(
        `{ documentAcceptances(program: "${PROGRAM}" ${args}) { nodes { document version at by enrollment { affiliate { externalId } } } } }`,
      );
    const at = '2026-03-05T00:00:00Z';
    const anns = { document: 'policy', version: 1, at, by: 'ann', enrollment: { affiliate: { externalId: 'ann' } } };
    const bens = { document: 'marks', version: 2, at, by: 'staff of test', enrollment: { affiliate: { externalId: 'ben' } } };
    expect((await list(staff)).documentAcceptances.nodes).toEqual([bens, anns]);
    expect((await list(staff, 'document: "policy", version: 1')).documentAcceptances.nodes).toEqual([anns]);
    expect((await list(staff, 'document: "policy", version: 2')).documentAcceptances.nodes).toEqual([]);
    expect((await list(ann)).documentAcceptances.nodes).toEqual([anns]);
    expect((await list(ann, 'affiliate: "ben"')).documentAcceptances.nodes).toEqual([]);
  });

  it('is waited for on and on when a later version asks for nothing; told again after its instant, a version is the same one', async () => {
    const rules = { name: 'rules', kind: 'POLICY', text: 'Bee fair.', acceptFrom: '2026-03-05T00:00:00Z', blocks: ['WITHDRAWALS'] };
    await publish(rules);
    await sandbox.at('2026-03-05T00:00:01Z');
    expect(await publish(rules)).toMatchObject({ document: { number: 1 }, userErrors: [] });
    expect((await publish({ ...rules, name: 'more' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['acceptFrom'] }]);
    expect((await publish({ name: 'rules', kind: 'POLICY', text: 'Be fair.' })).document).toMatchObject({ number: 2, blocks: [] });
    await must(staff, 'postAdjustment', { program: PROGRAM, id: 'prize', affiliate: 'ben', kind: 'BONUS', amount: '9000', reason: 'test' });
    const withdraw = () => act(staff, 'requestWithdrawal', { program: PROGRAM, affiliate: 'ben', id: 'w2', amount: '2000' });
    expect((await withdraw()).userErrors).toMatchObject([{ code: 'BG-01', message: expect.stringContaining('rules') }]);
    await must(staff, 'acceptDocument', { program: PROGRAM, affiliate: 'ben', document: 'rules' });
    expect((await withdraw()).userErrors).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['of a document that there is none of', { document: 'none' }, 'INVALID'],
    ['of a version that is not in force', { document: 'policy', version: 7 }, 'CONFLICT'],
  ])('%s is turned away', async (_, more, code) => {
    expect((await act(ann, 'acceptDocument', { program: PROGRAM, ...more })).userErrors).toMatchObject([{ code }]);
  });
});
