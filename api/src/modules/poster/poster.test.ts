import { inflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'bigseller';
const PAGE = 'https://www.bigseller.com';
// Old modules for bundlers say their default twice.
const readQr = ((jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr) as unknown as (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null;

let api: TestApi;
let sandbox: TestSandbox;
let saris: string;
let personal: { externalId: string; code: string };

const get = (token: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
const fileOf = (link: string, file: string, program_ = program) => `/links/${program_}/${encodeURIComponent(link)}/${file}`;

/** Of so many pixels one: a large picture is read as quickly as a small one. */
async function pictureAt(path: string, every = 1) {
  const answer = await get(saris, path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  const { data, width, height, channels, resolution } = decode(new Uint8Array(await answer.arrayBuffer()));
  expect(channels).toBe(4);
  const [across, down] = [Math.floor(width / every), Math.floor(height / every)];
  const pixels = new Uint8ClampedArray(across * down * 4);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const from = (y * every * width + x * every) * 4;
      pixels.set(data.subarray(from, from + 4), (y * across + x) * 4);
    }
  return { width, height, resolution, qr: readQr(pixels, across, down)?.data };
}

/** What a PDF says, by the tables that tell readers which letters its glyphs are. */
function textOf(pdf: Buffer): string {
  const streams = [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body!, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  const tables = streams.filter((stream) => stream.includes('beginbfrange')).map(letters);
  const written = streams.filter((stream) => stream.includes('TJ')).flatMap((stream) => [...stream.matchAll(/<([0-9a-f]+)>/g)]);
  return tables
    .map((table) =>
      written.map(([, hex]) => (hex!.match(/.{4}/g) ?? []).map((glyph) => table.get(Number.parseInt(glyph, 16)) ?? '').join('')).join(' '),
    )
    .join('\n');
}

function letters(table: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, first, list] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g))
    for (const [index, [, hex]] of [...list!.matchAll(/<([0-9a-f]*)>/g)].entries())
      found.set(Number.parseInt(first!, 16) + index, Buffer.from(hex!, 'hex').swap16().toString('utf16le'));
  return found;
}

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program, 'banggood'], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['sari', 'made']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'ID' });
  saris = await affiliateToken(sandbox, 'sari');
  const found = await api.as(saris)<{ enrollment: { personalLink: typeof personal } }>(
    `{ enrollment(program: "${program}", affiliate: "sari") { personalLink { externalId code } } }`,
  );
  personal = found.enrollment.personalLink;
});
afterAll(() => api.close());

describe('a QR code', () => {
  it('is read from the picture, and leads to the merchant as one', async () => {
    const { width, height, qr } = await pictureAt(fileOf(personal.externalId, 'qr.png?size=300&sub=fair-7'));
    expect([width, height, qr]).toEqual([300, 300, `${api.url}/r/${personal.code}?sub=fair-7&via=qr`]);
    const followed = await fetch(qr!, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0 Chrome/140.0.0.0 Safari/537.36' } });
    const id = new URL(followed.headers.get('location')!).searchParams.get('click_id');
    expect(await sandbox.staff(`{ click(program: "${program}", id: "${id}") { method subId attributable } }`)).toEqual({
      click: { method: 'qr', subId: 'fair-7', attributable: true },
    });
  });

  it('is drawn as shapes for any size, with nothing of others in it', async () => {
    const answer = await get(saris, fileOf(personal.externalId, 'qr.svg'));
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(await answer.text()).toMatch(/^<svg xmlns="[^"]+" viewBox="0 0 \d+ \d+"[^<>]*>(<path [^<>]+\/>){2}<\/svg>$/);
  });

  it('leads to any page of the merchant, and to none of others', async () => {
    const page = `${PAGE}/pricing?a=b`;
    const { qr } = await pictureAt(fileOf(personal.externalId, `qr.png?to=${encodeURIComponent(page)}`));
    expect(new URL(qr!).searchParams.get('to')).toBe(page);
    for (const query of [
      'to=https%3A%2F%2Fevil.example',
      'size=63',
      'size=99999',
      'size=big',
      'sub=%00',
      `sub=${'x'.repeat(201)}`,
      `to=${page}?${'x'.repeat(1_000)}`,
    ])
      expect((await get(saris, fileOf(personal.externalId, `qr.png?${query}`))).status, query).toBe(400);
  });
});

describe('a poster', () => {
  it('is a page of A4 for print, which says the code', async () => {
    const answer = await get(saris, fileOf(personal.externalId, 'poster.pdf'));
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="poster-bigseller-${personal.code}.pdf"`,
    ]);
    const pdf = Buffer.from(await answer.arrayBuffer());
    expect(pdf.toString('latin1').match(/\/MediaBox \[0 0 595\.28 841\.89\]/g)).toHaveLength(1);
    expect(pdf.toString('latin1')).not.toContain('/Subtype /Image');
    const text = textOf(pdf);
    expect(text).toContain('sari');
    // Letters that are moved closer look like two words.
    expect(text.replaceAll(' ', '')).toContain(`/r/${personal.code}`);
  });

  it('is a picture of 300 dots to an inch, whose code is read', async () => {
    const { width, height, resolution, qr } = await pictureAt(fileOf(personal.externalId, 'poster.png?language=th'), 4);
    expect([width, height]).toEqual([2480, 3508]);
    expect(resolution).toMatchObject({ x: 11811, y: 11811 });
    expect(qr).toBe(`${api.url}/r/${personal.code}?via=qr`);
  });

  it('is there in the languages of the program, and in the name of a program that has no texts', async () => {
    const refused = await get(saris, fileOf(personal.externalId, 'poster.pdf?language=fr'));
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('en, id, ms, th, vi')]);
    await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate: 'sari', country: 'ID' });
    await must(api.as(saris), 'createLink', { program: 'banggood', id: 'shop/a b', url: 'https://www.banggood.com' });
    expect((await get(saris, fileOf('shop/a b', 'poster.pdf', 'banggood'))).status).toBe(200);
    for (const [id, affiliate] of [
      ['wang', '王小明'],
      ['kim', '김'],
    ]) {
      await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate, country: 'ID' });
      await must(sandbox.staff, 'createLink', { program: 'banggood', id, affiliate, url: 'https://www.banggood.com' });
    }
    const drawn = Buffer.from(await (await get(sandbox.staffToken, fileOf('wang', 'poster.pdf', 'banggood'))).arrayBuffer());
    expect(textOf(drawn)).toContain('王小明');
    const unwritten = await get(sandbox.staffToken, fileOf('kim', 'poster.png', 'banggood'));
    expect([unwritten.status, await unwritten.text()]).toEqual([400, expect.stringContaining('letters')]);
  });
});

/** With the mark of the sandbox. */
const chosenCode = () => `toko-sari.${sandbox.id.slice(-8)}`;

describe('these files', () => {
  it('are drawn a few at a time for each who asks, and nobody else waits for that', async () => {
    const asked = Array.from({ length: 12 }, (_, index) => get(saris, fileOf(personal.externalId, `poster.pdf?sub=${index}`)));
    const answers = await Promise.all(asked);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]!.headers.get('retry-after')).toBe('2');
    const drawn = answers.filter(({ status }) => status === 200);
    expect(drawn.length).toBe(12 - refused.length);
    for (const answer of drawn)
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
  });

  it('are not drawn again for whoever has them', async () => {
    for (const file of ['qr.svg', 'poster.pdf']) {
      const first = await get(saris, fileOf(personal.externalId, file));
      const tag = first.headers.get('etag')!;
      expect([first.headers.get('cache-control'), tag]).toEqual(['private, no-cache', expect.stringMatching(/^"[\w-]+"$/)]);
      expect((await get(saris, fileOf(personal.externalId, file), { 'if-none-match': tag })).status).toBe(304);
    }
    await must(api.as(saris), 'chooseLinkCode', { program, link: personal.externalId, code: 'toko-sari' });
    const { qr } = await pictureAt(fileOf(personal.externalId, 'qr.png'));
    expect(qr).toBe(`${api.url}/r/${chosenCode()}?via=qr`);
  });

  it('are for whose link it is, and for staff', async () => {
    const mades = await affiliateToken(sandbox, 'made');
    for (const file of ['qr.svg', 'poster.pdf']) {
      expect((await get(sandbox.staffToken, fileOf(personal.externalId, file))).status).toBe(200);
      const [others, none] = await Promise.all([get(mades, fileOf(personal.externalId, file)), get(mades, fileOf('none', file))]);
      expect([others.status, await others.text()]).toEqual([404, await none.text()]);
      expect((await get('trb_nothing', fileOf(personal.externalId, file))).status).toBe(401);
    }
    expect((await get(saris, fileOf(personal.externalId, 'poster.exe'))).status).toBe(404);
    expect((await get(saris, fileOf(personal.externalId, 'toString'))).status).toBe(404);
  });
});

describe('the texts to post', () => {
  it('have the address and the code in them', async () => {
    const { enrollment } = await api.as(saris)<{
      enrollment: { personalLink: { texts: { language: string; headline: string; text: string }[] } };
    }>(`{ enrollment(program: "${program}", affiliate: "sari") { personalLink { texts { language headline text } } } }`);
    const english = enrollment.personalLink.texts.find(({ language }) => language === 'en');
    expect(english).toEqual({
      language: 'en',
      headline: 'One place for all your shops',
      text: `I run my shops with BigSeller. Register through ${api.url}/r/${chosenCode()} or with my code sari, and get 7 days of VIP for free.`,
    });
    expect(enrollment.personalLink.texts.every(({ text }) => !text.includes('{'))).toBe(true);
  });
});
