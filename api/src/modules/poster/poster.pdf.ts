import PDFDocument from 'pdfkit';
import { FONTS, type FontName } from '../../platform/letters/index.ts';
import { layOut, type Measure, PAGE, type Poster } from './poster.layout.ts';

function newDocument(poster: Poster, madeAt: Date): PDFKit.PDFDocument {
  return new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    lang: poster.language,
    info: {
      Title: `${poster.program}: ${poster.headline}`,
      Subject: poster.code,
      Producer: 'Tributary',
      Creator: 'Tributary',
      CreationDate: madeAt,
    },
  });
}

const measureWith =
  (document: PDFKit.PDFDocument): Measure =>
  (text, font, size) =>
    document.font(FONTS[font].file()).fontSize(size).widthOfString(text);

/** A document remembers every word that it has measured. */
const MOST_MEASURED = 1_000;
let measured = 0;
let ruler: Measure | undefined;

/** Widths as the PDF has them, by fonts that are opened once for many posters. */
export function measureFor(poster: Poster): Measure {
  if (ruler === undefined || ++measured % MOST_MEASURED === 0) ruler = measureWith(newDocument(poster, new Date(0)));
  return ruler;
}

/** Letters and modules are shapes: it prints sharp in any size. */
export function posterPdf(poster: Poster, madeAt: Date): PDFKit.PDFDocument {
  const document = newDocument(poster, madeAt);
  for (const item of layOut(poster, measureWith(document))) {
    if (item.kind === 'box') document.rect(item.x, item.y, item.width, item.height).fill(item.colour);
    else if (item.kind === 'path') document.save().translate(item.x, item.y).scale(item.scale).path(item.path).fill(item.colour).restore();
    else writeText(document, item);
  }
  document.end();
  return document;
}

function writeText(
  document: PDFKit.PDFDocument,
  { x, y, size, font, colour, text }: { x: number; y: number; size: number; font: FontName; colour: string; text: string },
): void {
  document.font(FONTS[font].file()).fontSize(size).fillColor(colour).text(text, x, y, { baseline: 'alphabetic', lineBreak: false });
}
