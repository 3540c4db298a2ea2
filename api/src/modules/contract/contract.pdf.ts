import transliterate from '@sindresorhus/transliterate';
import { formatInstant } from '@tributary/shared/time';
import PDFDocument from 'pdfkit';
import type { Contract } from './contract.entity.ts';

const MARGIN = 56;

/** A contract to read, to print and to keep: its words, when it was sent and signed, and the hash by which all of that can be checked. */
export function contractPdf({ text, hash, termsVersion, sentAt, signedAt }: Contract): PDFKit.PDFDocument {
  const [title, ...paragraphs] = readable(text).split('\n\n') as [string, ...string[]];
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: title, Producer: 'Tributary', Creator: 'Tributary', CreationDate: sentAt },
  });
  document.font('Helvetica-Bold').fontSize(16).text(title).moveDown();
  document.font('Helvetica').fontSize(9.5);
  for (const paragraph of paragraphs) document.text(paragraph, { lineGap: 1.5 }).moveDown(0.7);
  document.moveDown().fontSize(8.5).fillColor('#6b6b6b');
  for (const line of [
    `Version ${termsVersion} of the terms. Sent ${dateOf(sentAt)}.`,
    signedAt === null ? 'Not signed yet.' : `Signed ${dateOf(signedAt)}.`,
    `SHA-256 of the words: ${hash}`,
  ])
    document.text(line);
  document.end();
  return document;
}

const dateOf = (at: Date) => formatInstant(at.getTime()).replace('T', ' ').replace('Z', ' UTC');

/** The fonts that every reader of PDF has know Latin letters only. */
function readable(text: string): string {
  return /^[\n\u0020-\u007e\u00a0-\u00ff]*$/.test(text) ? text : transliterate(text).replaceAll(/[^\n\u0020-\u007e\u00a0-\u00ff]/g, '?');
}
