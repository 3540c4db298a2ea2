import { buffer } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { beginFlow, fontRuns, hasLetters, printable, writeFlow, writeLine } from './index.ts';

const NAMES = [
  'Nguyễn Thị Hương',
  'Иван Петров',
  'Ελένη',
  'Հայկ Պետրոսյան',
  'გიორგი ბერიძე',
  'สมชาย ใจดี',
  'ພັນທະ',
  '陈小明',
  '陳龔䶮',
  'ひらがな',
  'Müller & Söhne',
];

describe('letters', () => {
  it.each(NAMES)('of %s are there, and printed as they are', (name) => {
    expect([hasLetters(name), printable(name)]).toEqual([true, { text: name, isRewritten: false }]);
  });

  it.each([
    ['محمد علي', 'mhmd ely'],
    ['한국', '??'],
    ['a 😀 b', 'a ? b'],
    ['ភាសា', '????'],
    ['陈 and 한', '陈 and ?'],
    ['𠮷田', '?田'],
  ])('that are not are rewritten, and it is known: %s', (text, written) => {
    expect([hasLetters(text), printable(text)]).toEqual([false, { text: written, isRewritten: true }]);
  });

  it('that cannot be seen are left out where a font has none', () => {
    expect(printable('陈\ufe0f小\u{e0100}明')).toEqual({ text: '陈小明', isRewritten: false });
  });

  it('are written by the font of their writing, with what stands among them', () => {
    expect(fontRuns('Ann สมชาย, 陈（小）明!', 'plain')).toEqual([
      { text: 'Ann ', font: 'plain' },
      { text: 'สมชาย', font: 'plainThai' },
      { text: ', ', font: 'plain' },
      { text: '陈（小）明', font: 'plainChinese' },
      { text: '!', font: 'plain' },
    ]);
    expect(fontRuns('', 'strong')).toEqual([]);
  });
});

describe('a PDF', () => {
  /** The letters that its fonts bring, by the tables that tell readers of them. */
  async function lettersIn(write: (document: PDFKit.PDFDocument) => void): Promise<string> {
    const document = new PDFDocument({ size: 'A4', margin: 50 });
    write(document);
    document.end();
    const text = (await buffer(document)).toString('latin1');
    const tables = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body]) => {
      try {
        return [inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')].filter((stream) => stream.includes('beginbfrange'));
      } catch {
        return [];
      }
    });
    const hex = tables.flatMap((table) =>
      [...table.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list]) => [...list!.matchAll(/<([0-9a-f]*)>/g)]),
    );
    return hex.map(([, one]) => Buffer.from(one!, 'hex').swap16().toString('utf16le')).join('');
  }

  it('has the letters of what flows in it, line after line', async () => {
    let height = 0;
    const found = await lettersIn((document) => {
      beginFlow(document, 10);
      for (const name of NAMES) writeFlow(document, `${name} `.repeat(20), { weight: 'plain', size: 10, continued: true });
      writeFlow(document, 'end', { weight: 'plain', size: 10, continued: false });
      height = document.y;
    });
    for (const letter of 'ễИλՀგสພ陈䶮ひü') expect([letter, found.includes(letter)]).toEqual([letter, true]);
    expect(height).toBeGreaterThan(20 * 10);
  });

  it('has as much of a line as there is room for', async () => {
    const long = '订'.repeat(40);
    const cut = await lettersIn((document) => writeLine(document, long, { x: 50, y: 50, width: 60, weight: 'plain', size: 10 }));
    expect(cut).toContain('…');
    const none = await lettersIn((document) => writeLine(document, long, { x: 50, y: 50, width: 3, weight: 'plain', size: 10 }));
    expect(none).not.toContain('订');
  });

  it('is soon written however much of a line is cut off', async () => {
    let measured = 0;
    await lettersIn((document) => {
      const { widthOfString } = document;
      document.widthOfString = (text) => {
        measured += text.length;
        return widthOfString.call(document, text);
      };
      writeLine(document, 'ก'.repeat(1_000), { x: 50, y: 50, width: 60, weight: 'plain', size: 10 });
    });
    expect(measured).toBeLessThan(5_000);
  });

  it('is made of marks that no letter carries, too', async () => {
    const marks = `x${'\u0301\u0327\u0361\u0489'.repeat(5)} ж\u0488\u20dd`;
    await expect(lettersIn((document) => writeFlow(document, marks, { weight: 'plain', size: 10, continued: false }))).resolves.toBeTypeOf(
      'string',
    );
  });
});
