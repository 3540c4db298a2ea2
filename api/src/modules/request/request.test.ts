import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { mailsTo } from '../../testing/staff.ts';

const [POINTS, LOCKED] = ['banggood', 'bigseller'] as const;
const THREAD = 'request { externalId state subject answer closedAt thread { kind side text } }';

let api: TestApi;
let sandbox: TestSandbox;
let staff: Ask;
let ann: Ask;
let ben: Ask;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [POINTS, LOCKED], startsAt: '2026-03-01T00:00:00Z' });
  staff = sandbox.staff;
  for (const affiliate of ['ann', 'ben'])
    for (const program of [POINTS, LOCKED]) await must(staff, 'enrollAffiliate', { program, affiliate, country: 'MY' });
  ann = api.as(await affiliateToken(sandbox, 'ann'));
  ben = api.as(await affiliateToken(sandbox, 'ben'));
});
afterAll(() => api.close());

const open = (ask: Ask, id: string, more: object = {}) =>
  act(ask, 'openRequest', { program: POINTS, id, kind: 'OTHER', text: `about ${id}`, ...more }, THREAD);
const of = (id: string) => ({ program: POINTS, request: id });
const sql = <T extends object>(text: string, values: unknown[] = []) =>
  withConnection(api.database.url, async (client) => (await client.query<T>(text, values)).rows);
const tokenOf = async (role: string) =>
  api.as(String((await must(staff, 'createToken', { kind: 'STAFF', name: role, role }, 'secret'))['secret']));

describe('a request', () => {
  it('is a thread between the affiliate and staff, with notes that only staff see', async () => {
    expect(await open(ann, 'banner', { kind: 'CREATIVE', text: ' A tall one ' })).toMatchObject({
      request: { state: 'OPEN', subject: null, answer: null, thread: [{ kind: 'OPENED', side: 'AFFILIATE', text: 'A tall one' }] },
    });
    await must(staff, 'noteRequest', { ...of('banner'), text: 'The designer is away' });
    await must(staff, 'assignRequest', of('banner'));
    await must(staff, 'askAboutRequest', { ...of('banner'), text: 'How tall?' });
    expect((await ann<{ request: object }>(`{ request(program: "${POINTS}", id: "banner") { state } }`)).request).toEqual({
      state: 'WAITING',
    });
    await must(ann, 'replyToRequest', { ...of('banner'), text: '160 by 600' });
    await must(staff, 'replyToRequest', { ...of('banner'), text: 'Tomorrow' });
    await sandbox.at('2026-03-02T00:00:00Z');
    const answered = await must(staff, 'answerRequest', { ...of('banner'), text: 'It is there' }, THREAD);
    const said = [
      { kind: 'OPENED', side: 'AFFILIATE', text: 'A tall one' },
      { kind: 'NOTE', side: 'STAFF', text: 'The designer is away' },
      { kind: 'ASSIGNED', side: 'STAFF', text: 'staff of test' },
      { kind: 'ASKED', side: 'STAFF', text: 'How tall?' },
      { kind: 'MESSAGE', side: 'AFFILIATE', text: '160 by 600' },
      { kind: 'MESSAGE', side: 'STAFF', text: 'Tomorrow' },
      { kind: 'ANSWERED', side: 'STAFF', text: 'It is there' },
    ];
    const state = { externalId: 'banner', state: 'ANSWERED', subject: null, answer: 'It is there', closedAt: '2026-03-02T00:00:00Z' };
    expect(answered['request']).toEqual({ ...state, thread: said });
    const seen = await ann(
      `{ request(program: "${POINTS}", id: "banner") { externalId state subject answer closedAt thread { kind side text } } }`,
    );
    expect(seen).toEqual({ request: { ...state, thread: said.filter(({ kind }) => kind !== 'NOTE' && kind !== 'ASSIGNED') } });
    // What is closed stays so; the same end again changes nothing.
    expect(await refusalOf(staff, 'answerRequest', { ...of('banner'), text: 'It is there' })).toBe('');
    expect(await refusalOf(ann, 'replyToRequest', { ...of('banner'), text: 'Thanks' })).toBe('INVALID');
    expect(await refusalOf(staff, 'refuseRequest', { ...of('banner'), reason: 'No' })).toBe('INVALID');
    expect(await refusalOf(ann, 'withdrawRequest', of('banner'))).toBe('INVALID');
    expect(await refusalOf(staff, 'assignRequest', of('banner'))).toBe('INVALID');
  });

  it('is named by its caller once; the same again is the first one, other content a conflict', async () => {
    const first = await open(ann, 'twice');
    expect(await open(ann, 'twice')).toEqual(first);
    expect((await open(ann, 'twice', { text: 'other words' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['id'] }]);
    expect((await open(ben, 'twice')).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['id'] }]);
    const both = await Promise.all([1, 2, 3, 4].map(() => open(ben, 'at-once')));
    expect(new Set(both.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('of another affiliate is not there, whatever one tries', async () => {
    await open(ann, 'hers');
    for (const [mutation, more] of [
      ['replyToRequest', { text: 'x' }],
      ['withdrawRequest', {}],
    ] as const) {
      const hers = await act(ben, mutation, { ...of('hers'), ...more });
      const none = await act(ben, mutation, { ...of('none'), ...more });
      expect(JSON.stringify(hers).replaceAll('hers', 'none')).toBe(JSON.stringify(none));
    }
    const seen = await ben<{ request: null; requests: { nodes: { externalId: string }[] } }>(
      `{ request(program: "${POINTS}", id: "hers") { id } requests(affiliate: "ann") { nodes { externalId } } }`,
    );
    expect(seen).toEqual({ request: null, requests: { nodes: [] } });
    const own = await ben<{ requests: { nodes: { externalId: string }[] } }>('{ requests { nodes { externalId } } }');
    expect(own.requests.nodes).toEqual([{ externalId: 'at-once' }]);
    expect((await open(ben, 'for-ann', { affiliate: 'ann' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it.each<[string, object, string, string]>([
    ['without words', { text: '  ' }, 'INVALID', 'text'],
    ['with words without end', { text: 'x'.repeat(4_001) }, 'INVALID', 'text'],
    ['with what its kind has none of', { channel: 'ads' }, 'INVALID', 'channel'],
    ['without what its kind needs', { kind: 'SAMPLE' }, 'INVALID', 'product'],
    ['of a channel without a letter', { kind: 'CHANNEL', channel: ' . ' }, 'INVALID', 'channel'],
    ['of a class that there is none of', { kind: 'CLASS', class: 'platinum' }, 'INVALID', 'class'],
    ['of a source that was not declared', { kind: 'SOURCE_REVIEW', trafficSource: 'x' }, 'NOT_FOUND', 'trafficSource'],
    ['of payment by what the program does not do', { kind: 'PAYOUT_METHOD', payoutMethod: { kind: 'cheque' } }, 'INVALID', 'payoutMethod'],
    ['of payment to nobody', { kind: 'PAYOUT_METHOD', payoutMethod: { kind: 'western-union', holder: ' ' } }, 'INVALID', 'payoutMethod'],
    [
      'of a product without enough points',
      { kind: 'PRODUCT_EXCHANGE', product: 'p', productPrice: '25', points: '2500' },
      'ALL-05',
      'points',
    ],
    ['of a kind that the terms know nothing of', { program: LOCKED, kind: 'CLASS', class: 'gold' }, 'INVALID', 'kind'],
  ])('%s is turned away, and leaves nothing', async (_, more, code, path) => {
    const { userErrors } = await open(ann, 'bad', more);
    expect(userErrors[0]?.path[0]).toBe(path);
    expect(userErrors[0]?.code).toBe(code);
    expect(await sql("select 1 from affiliate_request where external_id = 'bad'")).toEqual([]);
    expect(await sql("select 1 from fact_key where external_id = 'bad'")).toEqual([]);
  });

  it('with hostile words is kept as it is told, or refused', async () => {
    for (const [index, text] of HOSTILE.entries()) {
      const { request, userErrors } = await open(ben, `hostile-${index}`, { text, kind: 'ORDER_FACT', order: text });
      if (userErrors.length > 0) expect(userErrors[0]?.code).toBe('INVALID');
      else expect(request).toMatchObject({ subject: text, thread: [{ text }] });
    }
  });
});

describe('the inbox', () => {
  it('can be handed to whoever of staff may answer it', async () => {
    for (const [name, role] of [
      ['Rev', 'REVIEWER'],
      ['Ron', 'READER'],
    ])
      await must(api.staff, 'inviteStaff', { name, email: `${name}@example.com`, roles: [role] });
    const query = `{ assignees(program: "${POINTS}", work: REQUESTS) { id name } }`;
    const { assignees } = await staff<{ assignees: { id: string; name: string }[] }>(query);
    expect(assignees.map(({ name }) => name)).toEqual(['Rev']);
    await open(ann, 'handed');
    const member = assignees[0]!.id;
    expect(await must(staff, 'assignRequest', { ...of('handed'), member }, 'request { assignee assigneeId }')).toMatchObject({
      request: { assignee: 'Rev', assigneeId: member },
    });
    await expect(ann(query)).rejects.toThrow();
  });

  it('shows what waits longest first, by program, kind, state and who sees to it', async () => {
    const list = async (args: string) =>
      (await staff<{ requests: { nodes: { externalId: string }[] } }>(`{ requests(${args}) { nodes { externalId } } }`)).requests.nodes.map(
        ({ externalId }) => externalId,
      );
    await must(ann, 'openRequest', { program: LOCKED, id: 'l1', kind: 'SAMPLE', product: 'pen', text: 'please' });
    await must(ben, 'openRequest', { program: LOCKED, id: 'l2', kind: 'OTHER', text: 'hello' });
    await must(ben, 'openRequest', { program: LOCKED, id: 'l3', kind: 'OTHER', text: 'hello again' });
    await must(staff, 'assignRequest', { program: LOCKED, request: 'l2' });
    await must(staff, 'askAboutRequest', { program: LOCKED, request: 'l1', text: 'which?' });
    const all = `program: "${LOCKED}"`;
    expect(await list(all)).toEqual(['l1', 'l2', 'l3']);
    expect(await list(`${all}, sort: NEWEST`)).toEqual(['l3', 'l2', 'l1']);
    expect(await list(`${all}, kind: SAMPLE`)).toEqual(['l1']);
    expect(await list(`${all}, states: [OPEN]`)).toEqual(['l2', 'l3']);
    expect(await list(`${all}, assignee: "me"`)).toEqual(['l2']);
    expect(await list(`${all}, unassigned: true`)).toEqual(['l1', 'l3']);
    expect(await list(`${all}, affiliate: "ann"`)).toEqual(['l1']);
    expect(await list(`${all}, assignee: "nobody"`)).toEqual([]);
    await must(staff, 'unassignRequest', { program: LOCKED, request: 'l2' });
    expect(await list(`${all}, assignee: "me"`)).toEqual([]);
    expect(await refusalOf(staff, 'assignRequest', { program: LOCKED, request: 'l2', member: 'somebody' })).toBe('NOT_FOUND');
  });

  it('has an end for each affiliate: fifty that are open', async () => {
    const many = await Promise.all(
      Array.from({ length: 52 }, (_, index) =>
        refusalOf(ben, 'openRequest', { program: LOCKED, id: `m${index}`, kind: 'OTHER', text: 'more' }),
      ),
    );
    expect(many.filter((code) => code === 'TOO_MANY')).toHaveLength(4);
  });

  it('has an end to what is said, and can be handed over and ended after that', async () => {
    const ids = ['long', 'longer'];
    for (const id of ids) await open(ann, id);
    await sql(
      `insert into request_message (affiliate_id, program_id, request_id, id, kind, side, text, said_at, said_by)
       select affiliate_id, program_id, id, gen_random_uuid(), 'message', 'affiliate', 'and', now(), 'ann' from affiliate_request, generate_series(1, 499) where external_id = any($1)`,
      [ids],
    );
    const full = { ...of('long'), text: 'one more thing' };
    expect(await refusalOf(ann, 'replyToRequest', full)).toBe('TOO_MANY');
    for (const mutation of ['replyToRequest', 'noteRequest', 'askAboutRequest'])
      expect(await refusalOf(staff, mutation, full)).toBe('TOO_MANY');
    await must(staff, 'assignRequest', of('long'));
    await must(staff, 'answerRequest', full);
    await must(ann, 'withdrawRequest', of('longer'));
  });

  it('takes the kinds that were chosen for the program', async () => {
    const kinds = async () =>
      (await ann<{ program: { requestKinds: string[] } }>(`{ program(key: "${LOCKED}") { requestKinds } }`)).program.requestKinds;
    expect(await kinds()).toEqual(['PAYOUT_METHOD', 'CREATIVE', 'SOURCE_REVIEW', 'SAMPLE', 'ORDER_FACT', 'OTHER']);
    const set = await must(staff, 'setRequestKinds', { program: LOCKED, kinds: ['OTHER', 'CLASS', 'CREATIVE'] }, 'kinds');
    expect(set['kinds']).toEqual(['CREATIVE', 'OTHER']);
    expect(await kinds()).toEqual(['CREATIVE', 'OTHER']);
    expect((await open(ann, 'l4', { program: LOCKED, kind: 'SAMPLE', product: 'pen' })).userErrors).toMatchObject([
      { code: 'INVALID', path: ['kind'] },
    ]);
  });
});

describe('granting', () => {
  const details = { kind: 'paypal', account: 'ann@pay.example', currency: 'USD' };

  it('takes what the act by itself takes', async () => {
    await open(ann, 'ads', { kind: 'CHANNEL', channel: 'yahoo-ads' });
    await open(ann, 'pay', { kind: 'PAYOUT_METHOD', payoutMethod: details });
    const finance = await tokenOf('FINANCE');
    for (const request of ['ads', 'pay']) await expect(act(finance, 'grantRequest', of(request))).rejects.toThrow('FORBIDDEN');
    await expect(act(finance, 'refuseRequest', { ...of('ads'), reason: 'no' })).rejects.toThrow('FORBIDDEN');
    await must(finance, 'replyToRequest', { ...of('ads'), text: 'A colleague looks at it' });
    const reader = await tokenOf('READER');
    await expect(act(reader, 'noteRequest', { ...of('ads'), text: 'x' })).rejects.toThrow('FORBIDDEN');
    expect(await sql("select 1 from enrollment_event where kind = 'permission'")).toEqual([]);
    const reviewer = await tokenOf('REVIEWER');
    await must(reviewer, 'grantRequest', of('ads'));
    const { enrollment } = await staff<{ enrollment: object }>(
      `{ enrollment(program: "${POINTS}", affiliate: "ann") { permissions { channel granted } } }`,
    );
    expect(enrollment).toEqual({ permissions: [{ channel: 'yahoo-ads', granted: true }] });
  });

  it('changes payment details once, with history, and shows accounts to those who may see them', async () => {
    const before = await sql("select 1 from payout_method m join affiliate a on a.id = m.affiliate_id where a.external_id = 'ann'");
    await Promise.all([1, 2, 3].map(() => must(staff, 'grantRequest', { ...of('pay'), text: 'by letter' })));
    const { payoutMethods } = await staff<{ payoutMethods: object[] }>(
      `{ payoutMethods(program: "${POINTS}", affiliate: "ann") { kind account reason setBy } }`,
    );
    expect(payoutMethods).toEqual([{ kind: 'paypal', account: 'ann@pay.example', reason: 'by letter', setBy: 'staff of test' }]);
    expect(payoutMethods.length).toBe(before.length + 1);
    expect(await ann(`{ request(program: "${POINTS}", id: "pay") { payoutMethod { account } } }`)).toEqual({
      request: { payoutMethod: { account: 'ann@pay.example' } },
    });
    expect(await sql("select 1 from audit_entry where details::text like '%pay.example%' or subject::text like '%pay.example%'")).toEqual(
      [],
    );
  });

  it('reviews a source, and the review stands at the source', async () => {
    const { trafficSource } = (await must(
      ann,
      'declareTrafficSource',
      { program: POINTS, kind: 'website', name: 'Finds' },
      'trafficSource { id }',
    )) as unknown as {
      trafficSource: { id: string };
    };
    expect((await open(ben, 'not-his', { kind: 'SOURCE_REVIEW', trafficSource: trafficSource.id })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    await open(ann, 'look', { kind: 'SOURCE_REVIEW', trafficSource: trafficSource.id });
    const shown = `{ enrollment(program: "${POINTS}", affiliate: "ann") { trafficSources { name review { state answer } } } }`;
    expect(await ann(shown)).toEqual({ enrollment: { trafficSources: [{ name: 'Finds', review: null }] } });
    await must(staff, 'refuseRequest', { ...of('look'), reason: 'Name the shop less often' });
    expect(await ann(shown)).toEqual({
      enrollment: { trafficSources: [{ name: 'Finds', review: { state: 'REFUSED', answer: 'Name the shop less often' } }] },
    });
  });
});

describe('what is asked for elsewhere', () => {
  it('is the same only with the same price and points; one exchange pays one order', async () => {
    await must(staff, 'postAdjustment', { program: POINTS, id: 'kite', affiliate: 'ann', kind: 'BONUS', amount: '5500', reason: 'test' });
    const kite = { kind: 'PRODUCT_EXCHANGE', product: 'a kite', productPrice: '25.00', points: '2500' };
    await must(staff, 'openRequest', { program: POINTS, affiliate: 'ann', id: 'px1', text: 'please', ...kite });
    const again = (more: object) =>
      refusalOf(staff, 'openRequest', { program: POINTS, affiliate: 'ann', id: 'px1', text: 'please', ...kite, ...more });
    expect(await again({ points: '2500.0', productPrice: '25' })).toBe('');
    for (const other of [{ productPrice: '30.00', points: '3000' }, { points: '2600' }, { discounts: ['VIP'] }])
      expect(await again(other), JSON.stringify(other)).toBe('CONFLICT');
    await must(sandbox.integrator, 'redeemPoints', { program: POINTS, affiliate: 'ann', id: 'cart', kind: 'checkout', points: '500' });
    const capture = (order?: string) =>
      refusalOf(sandbox.integrator, 'captureRedemption', { program: POINTS, redemption: 'cart', ...(order && { order }) });
    expect(await capture('o-1')).toBe('');
    expect(await capture('o-1')).toBe('');
    for (const other of ['o-2', undefined]) expect(await capture(other)).toBe('CONFLICT');
    await must(staff, 'refuseRequest', { ...of('px1'), reason: 'Sold out' });
    await must(staff, 'postAdjustment', {
      program: POINTS,
      id: 'over',
      affiliate: 'ann',
      kind: 'ADJUSTMENT',
      amount: '-5000',
      reason: 'test',
    });
  });

  it('stands in the inbox, too, and is closed by either act', async () => {
    await must(staff, 'postAdjustment', { program: POINTS, id: 'gift', affiliate: 'ann', kind: 'BONUS', amount: '9000', reason: 'test' });
    const redeem = (id: string) =>
      must(sandbox.integrator, 'redeemPoints', {
        program: POINTS,
        affiliate: 'ann',
        id,
        kind: 'product',
        points: '3000',
        productPrice: '30',
      });
    await redeem('r1');
    await redeem('r1');
    await redeem('r2');
    const exchanges = async () =>
      (
        await staff<{ requests: { nodes: { externalId: string; state: string }[] } }>(
          `{ requests(program: "${POINTS}", kind: PRODUCT_EXCHANGE) { nodes { externalId state } } }`,
        )
      ).requests.nodes.filter(({ externalId }) => externalId !== 'px1');
    const [first, second] = await exchanges();
    expect(await exchanges()).toHaveLength(2);
    await must(staff, 'fulfilRedemption', { program: POINTS, redemption: 'r1' });
    await must(staff, 'refuseRequest', { ...of(second!.externalId), reason: 'Sold out' });
    expect(await exchanges()).toEqual([
      { ...first, state: 'GRANTED' },
      { ...second, state: 'REFUSED' },
    ]);
    expect(await refusalOf(staff, 'fulfilRedemption', { program: POINTS, redemption: 'r2' })).toBe('INVALID');
    const { balances, proof } = await staff<{ balances: object; proof: object }>(
      `{ balances(program: "${POINTS}", affiliate: "ann") { available { value } } proof { balanced } }`,
    );
    expect([balances, proof]).toEqual([{ available: { value: '6000' } }, { balanced: true }]);
  });
});

describe('people who act for the affiliate', () => {
  it('are told by mail what staff said, and nothing of accounts', async () => {
    await sql(
      `insert into affiliate_person (id, organization_id, affiliate_id, name, email, role, created_at, confirmed_at)
       select gen_random_uuid(), organization_id, id, 'Amy', 'amy@ann.example', 'owner', now(), now() from affiliate where external_id = 'ann'`,
    );
    await open(ann, 'account', { kind: 'PAYOUT_METHOD', payoutMethod: { kind: 'paypal', account: 'secret@pay.example' } });
    await must(staff, 'noteRequest', { ...of('account'), text: 'among us' });
    await must(staff, 'refuseRequest', { ...of('account'), reason: 'The name differs' });
    const mails = await mailsTo(api, 'amy@ann.example', 1);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('The name differs');
    expect(mails[0]).not.toMatch(/secret@pay|among us/);
  });

  it('are forgotten with all their words when the affiliate is erased; what was decided stays', async () => {
    for (const program of [POINTS, LOCKED]) await must(staff, 'terminateEnrollment', { program, affiliate: 'ann', reason: 'wish' });
    await must(staff, 'erasePersonalData', { affiliate: 'ann', reason: 'wish' });
    const kept = await sql<{ state: string; details: unknown; said: string | null }>(
      `select q.state, q.details, m.text as said from affiliate_request q join request_message m on m.request_id = q.id and m.kind <> 'assigned'
       join affiliate a on a.id = q.affiliate_id where a.external_id = 'ann'`,
    );
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.every(({ details, said }) => details === null && said === null)).toBe(true);
    expect(kept.some(({ state }) => state === 'granted')).toBe(true);
  });
});

describe('the database', () => {
  it.each([
    ["update affiliate_request set state = 'open', closed_at = null, closed_by = null where closed_at is not null", 'closed once'],
    ["update affiliate_request set kind = 'other' where kind <> 'other'", 'permission denied|closed once'],
    ['delete from affiliate_request', 'permission denied|append-only'],
    ["update request_message set text = 'other' where text is not null", 'append-only'],
    ['delete from request_message', 'permission denied|append-only'],
  ])('refuses %s', async (text, message) => {
    await expect(sql(text)).rejects.toThrow(new RegExp(message));
  });
});
