import { setImmediate as othersTurn } from 'node:timers/promises';
import transliterate from '@sindresorhus/transliterate';
import { formatInstant } from '@tributary/shared/time';
import PDFDocument from 'pdfkit';
import type { Contract } from './contract.entity.ts';

const MARGIN = 56;
/** Letters that are laid out before others have their turn; a millisecond each. */
const AT_ONCE = 500;
/** Longer words are cut where the line ends: finding that place takes their length squared. */
const LONGEST_WORD = 60;
const ATTACHED = 'contract.txt';

/**
 * A contract to read, to print and to keep: its words, when it was sent and signed, and the hash by which all of that can be checked. The words are
 * also attached as they are, since what is printed has Latin letters only.
 */
export function contractPdf(contract: Contract): PDFKit.PDFDocument {
  const [title, ...paragraphs] = readable(contract.text).split('\n\n') as [string, ...string[]];
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: title.slice(0, 200), Producer: 'Tributary', Creator: 'Tributary', CreationDate: contract.sentAt },
  });
  document.file(Buffer.from(contract.text), {
    name: ATTACHED,
    type: 'text/plain',
    creationDate: contract.sentAt,
    modifiedDate: contract.sentAt,
  });
  write(document, contract, title, paragraphs).catch((error: Error) => document.destroy(error));
  return document;
}

async function write(document: PDFKit.PDFDocument, contract: Contract, title: string, paragraphs: readonly string[]): Promise<void> {
  await writeParagraph(document.font('Helvetica-Bold').fontSize(16), title);
  document.moveDown().font('Helvetica').fontSize(9.5);
  for (const paragraph of paragraphs) {
    await writeParagraph(document, paragraph);
    if (document.destroyed) return;
    document.moveDown(0.7);
  }
  document.moveDown().fontSize(8.5).fillColor('#6b6b6b');
  for (const line of footOf(contract)) document.text(line);
  document.end();
}

function footOf({ text, hash, termsVersion, sentAt, signedAt }: Contract): string[] {
  return [
    `Version ${termsVersion} of the terms. Sent ${dateOf(sentAt)}.`,
    signedAt === null ? 'Not signed yet.' : `Signed ${dateOf(signedAt)}.`,
    ...(isLatin(text) ? [] : [`Letters that are not Latin are rewritten above. The words as they hold are attached as ${ATTACHED}.`]),
    `SHA-256 of the words: ${hash}`,
  ];
}

/** Piece by piece, as one flow of text. */
async function writeParagraph(document: PDFKit.PDFDocument, paragraph: string): Promise<void> {
  const pieces = piecesOf(paragraph.replaceAll(LONG_WORD, '$& '));
  for (const [index, piece] of pieces.entries()) {
    document.text(piece, { lineGap: 1.5, continued: index < pieces.length - 1 });
    await othersTurn();
  }
}

const LONG_WORD = new RegExp(`\\S{${LONGEST_WORD}}(?=\\S)`, 'g');

/** Cut behind spaces. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const space = text.length - start <= AT_ONCE ? text.length : text.lastIndexOf(' ', start + AT_ONCE) + 1;
    const end = space > start ? space : start + AT_ONCE;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces.length === 0 ? [''] : pieces;
}

const dateOf = (at: Date) => formatInstant(at.getTime()).replace('T', ' ').replace('Z', ' UTC');

const isLatin = (text: string) => /^[\n\u0020-\u007e\u00a0-\u00ff]*$/.test(text);

/** The fonts that every reader of PDF has know Latin letters only. */
function readable(text: string): string {
  return isLatin(text) ? text : transliterate(text).replaceAll(/[^\n\u0020-\u007e\u00a0-\u00ff]/g, '?');
}
