import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { inBankLetters, problemsOf } from '../../../../payees/index.ts';
import type { PaymentLine, PaymentPart, Result } from '../method.ts';
import { bankTransfer } from './index.ts';
import { readPain002 } from './pain002.ts';

/** The official schema lies beside the project, where it may lie; it is not part of it. */
const SCHEMA = ['../../../../../../../shared/data', '../../../../../../../../shared/data']
  .map((folder) => new URL(`${folder}/pain.001.001.09.xsd`, import.meta.url))
  .find((file) => existsSync(file));

const ids = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const part = (change: Partial<PaymentPart> = {}): PaymentPart => ({
  id: ids(1),
  number: 1,
  program: 'shop',
  batch: '2026-03',
  currency: 'USD',
  payeeCurrency: 'USD',
  exponent: 2,
  sentAt: new Date('2026-03-21T02:00:00Z'),
  day: '2026-03-21',
  lines: 2,
  amount: 3_050n,
  providerId: null,
  isSandbox: false,
  ...change,
});
const line = (change: Partial<PaymentLine> = {}): PaymentLine => ({
  id: ids(2),
  amount: 1_000n,
  account: 'DE89 3704 0044 0532 0130 00',
  holder: 'Ann Müller & Söhne',
  bank: null,
  payeeCurrency: 'USD',
  purpose: 'shop w1',
  ...change,
});
const lines = [line(), line({ id: ids(3), amount: 2_050n, account: 'MBB-77', bank: 'MBBEMYKL', holder: 'ฟาราห์ 法拉 //Farah' })];
const method = bankTransfer({
  accounts: [
    { currency: 'USD', name: 'Tributary Ltd', account: 'GB82WEST12345698765432', bank: 'NWBKGB2L' },
    { currency: 'USD', programs: ['other'], name: 'Other Ltd', account: 'DE89370400440532013000', bank: 'COBADEFF' },
    { currency: 'JPY', name: 'Tributary KK', account: '1234567', bank: 'BOTKJPJT' },
  ],
});
const { file } = method.way as Extract<typeof method.way, { file: unknown }>;

async function written(of: PaymentPart, paid: Iterable<PaymentLine>): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of file.write(of, Readable.from(paid) as AsyncIterable<PaymentLine>)) chunks.push(chunk);
  return chunks.join('');
}

const bytes = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));
async function read(...texts: string[]): Promise<Result[]> {
  const found: Result[] = [];
  for await (const result of readPain002(bytes(...texts))) found.push(result);
  return found;
}

describe('a payment file', () => {
  it.skipIf(SCHEMA === undefined)('is valid by the official schema of pain.001.001.09', { timeout: 30_000 }, async () => {
    const schema = readFileSync(SCHEMA as URL, 'utf8');
    const exchanged = part({ payeeCurrency: 'MYR' });
    const yen = part({ currency: 'JPY', exponent: 0, payeeCurrency: 'JPY', amount: 5_000n });
    for (const [name, xml] of [
      ['dollars', await written(part(), lines)],
      ['exchanged', await written(exchanged, lines)],
      ['yen', await written(yen, [line({ amount: 5_000n, payeeCurrency: 'JPY' })])],
    ] as const) {
      const { valid, errors } = await validateXML({ xml: [{ fileName: `${name}.xml`, contents: xml }], schema: [schema] });
      expect([name, valid, errors]).toEqual([name, true, []]);
    }
    const broken = (await written(part(), lines)).replace('<PmtMtd>TRF</PmtMtd>', '<PmtMtd>CASH</PmtMtd>');
    expect((await validateXML({ xml: [{ fileName: 'broken.xml', contents: broken }], schema: [schema] })).valid).toBe(false);
  });

  it.skipIf(SCHEMA === undefined)('stays valid whatever people are called and write', { timeout: 60_000 }, async () => {
    const schema = readFileSync(SCHEMA as URL, 'utf8');
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
    let looked = 0;
    const account = fc.oneof(fc.stringMatching(/^[A-Za-z0-9 -]{1,34}$/), fc.constant('DE89370400440532013000'), text);
    const paid = fc.record({ holder: text, account, purpose: text, amount: fc.bigInt({ min: 1n, max: 10n ** 13n }) });
    await fc.assert(
      fc.asyncProperty(fc.array(paid, { minLength: 1, maxLength: 20 }), async (all) => {
        // What the method finds wrong is never collected.
        const good = all.filter(({ holder, account }) => problemsOf('bank-transfer', { holder, account, bank: 'MBBEMYKL' }).length === 0);
        const made = good.map((one, index) => line({ ...one, id: ids(index), bank: 'MBBEMYKL' }));
        const amount = made.reduce((sum, one) => sum + one.amount, 0n);
        if (made.length === 0) return;
        looked += made.length;
        const xml = await written(part({ lines: made.length, amount }), made);
        const { valid, errors } = await validateXML({ xml: [{ fileName: 'any.xml', contents: xml }], schema: [schema] });
        expect([valid, errors]).toEqual([true, []]);
      }),
      { numRuns: 30, examples: [[[{ holder: 'Ann', account: 'DE89370400440532013000', purpose: ' / ', amount: 1n }]]] },
    );
    expect(looked).toBeGreaterThan(30);
  });

  it('says how many it pays and how much, from which account, and bears our ids', async () => {
    const xml = await written(part(), lines);
    const all = (element: string) =>
      [...xml.matchAll(new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`, 'g'))].map(([, text]) => text);
    expect(all('NbOfTxs')).toEqual(['2', '2']);
    expect(all('CtrlSum')).toEqual(['30.50', '30.50']);
    expect(all('MsgId')).toEqual([ids(1).replaceAll('-', '')]);
    expect(all('EndToEndId')).toEqual([ids(2), ids(3)].map((id) => id.replaceAll('-', '')));
    expect(all('IBAN')).toEqual(['GB82WEST12345698765432', 'DE89370400440532013000']);
    expect(all('InstdAmt')).toEqual(['10.00', '20.50']);
    expect(all('Id')).toContain('MBB-77');
    expect(xml).toContain('<ReqdExctnDt><Dt>2026-03-21</Dt></ReqdExctnDt>');
  });

  it('lets the bank exchange where the payee has another currency', async () => {
    const xml = await written(part({ payeeCurrency: 'MYR', lines: 1, amount: 1_000n }), [line()]);
    expect(xml).toContain('<EqvtAmt><Amt Ccy="USD">10.00</Amt><CcyOfTrf>MYR</CcyOfTrf></EqvtAmt>');
  });

  it('is paid from the account of its program, or from that of all', () => {
    const unready = (currency: string, program: string) => method.unready({ currency, program, isSandbox: false });
    expect([unready('USD', 'shop'), unready('USD', 'other')]).toEqual([null, null]);
    expect(unready('EUR', 'shop')).toBe('No account is set up that shop pays EUR from.');
  });

  it('is written in pieces: a hundred thousand lines take no more memory than a thousand', { timeout: 60_000 }, async () => {
    async function* many(count: number): AsyncGenerator<PaymentLine> {
      for (let n = 0; n < count; n++) yield line({ id: ids(n) });
    }
    let most = 0;
    let length = 0;
    for await (const chunk of file.write(part({ lines: 100_000, amount: 100_000_000n }), many(100_000))) {
      most = Math.max(most, chunk.length);
      length += chunk.length;
    }
    expect(length).toBeGreaterThan(30_000_000);
    expect(most).toBeLessThan(70_000);
  });
});

describe('letters', () => {
  it.each([
    ['Ann Müller', 'Ann Mueller'],
    ['Łukasz Gęś', 'Lukasz Ges'],
    ['Иван Петров', 'Ivan Petrov'],
    ['Nguyễn Văn Đức', 'Nguyen Van Duc'],
    ['a//b/', 'a/b'],
    ['A & B <c>', 'A . B .c.'],
    ['line\nend', 'line end'],
  ])('%s becomes %s', (text, readable) => {
    expect(inBankLetters(text, 140)).toBe(readable);
  });
});

describe("the bank's report", () => {
  const key = (n: number) => ids(n).replaceAll('-', '');
  const status = (n: number, code: string, more = '') =>
    `<TxInfAndSts><OrgnlEndToEndId>${key(n)}</OrgnlEndToEndId><TxSts>${code}</TxSts>${more}</TxInfAndSts>`;
  const report = (group: string, inner = '') =>
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>b1</MsgId><CreDtTm>2026-03-22T00:00:00Z</CreDtTm></GrpHdr>
     <OrgnlGrpInfAndSts><OrgnlMsgId>${key(1)}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>${inner}</CstmrPmtStsRpt></Document>`;
  const payments = (inner: string, code = '') =>
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${key(1)}</OrgnlPmtInfId>${code}${inner}</OrgnlPmtInfAndSts>`;
  const reason = '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed &amp; gone</AddtlInf></StsRsnInf>';

  it('rejects all, with the reason', async () => {
    expect(await read(report(`<GrpSts>RJCT</GrpSts>${reason}`))).toEqual([
      { part: ids(1), outcome: 'failed', reason: 'AC04: closed & gone' },
    ]);
  });

  it('rejects some, and says of the others that they are settled or on their way', async () => {
    const text = report('<GrpSts>PART</GrpSts>', payments(status(2, 'RJCT', reason) + status(3, 'ACSC') + status(4, 'PDNG')));
    expect(await read(text)).toMatchObject([
      { line: ids(2), outcome: 'failed', reason: 'AC04: closed & gone' },
      { line: ids(3), outcome: 'paid' },
      { line: ids(4), outcome: 'sent' },
    ]);
    // Wherever it is cut on its way here.
    for (let cut = 1; cut < text.length; cut += 37) expect(await read(text.slice(0, cut), text.slice(cut))).toHaveLength(3);
  });

  it('accepts all', async () => {
    expect(await read(report('<GrpSts>ACCP</GrpSts>'))).toEqual([{ part: ids(1), outcome: 'sent', reason: null }]);
    expect(await read(report('', payments('', '<PmtInfSts>ACSC</PmtInfSts>')))).toEqual([{ part: ids(1), outcome: 'paid', reason: null }]);
  });

  it('says what was paid, where it does', async () => {
    const amount = '<OrgnlTxRef><Amt><InstdAmt Ccy="USD">9.00</InstdAmt></Amt></OrgnlTxRef>';
    expect(await read(report('', payments(status(2, 'ACSC', amount))))).toMatchObject([{ amount: { currency: 'USD', text: '9.00' } }]);
  });

  it.each([
    ['something else', '<html/>'],
    ['half a file', report('<GrpSts>ACSC</GrpSts>').slice(0, 200)],
    ['entities that grow', `<!DOCTYPE a [<!ENTITY b "bbbb">]>${report('').slice(38)}`],
    ['nothing', ''],
    ['no text', '\u0000\u0001'],
  ])('is refused when it is %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow(/It can't be read|It is no payment status report|no document type/);
  });
});
