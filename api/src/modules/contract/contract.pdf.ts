import { setImmediate as othersTurn } from 'node:timers/promises';
import { formatInstant } from '@tributary/shared/time';
import PDFDocument from 'pdfkit';
import { beginFlow, endFlow, isLatin, printable, REWRITTEN, type Weight, writeFlow } from '../../platform/letters/index.ts';
import type { Contract } from './contract.entity.ts';

const MARGIN = 56;
/** Letters that are laid out before others have their turn; a millisecond each. */
const AT_ONCE = 500;
/** Longer words are cut where the line ends: finding that place takes their length squared. */
const LONGEST_WORD = 60;
const ATTACHED = 'contract.txt';

/**
 * A contract to read, to print and to keep: its words, when it was sent and signed, and the hash by which all of that can be checked. The words are
 * also attached as they are, since what is printed is what there are letters for.
 */
export function contractPdf(contract: Contract): PDFKit.PDFDocument {
  const [title, ...paragraphs] = contract.text.split('\n\n') as [string, ...string[]];
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
  const isPlain = isLatin(contract.text);
  await writeParagraph(document, title, { weight: 'strong', size: 16, isPlain });
  document.moveDown();
  for (const paragraph of paragraphs) {
    await writeParagraph(document, paragraph, { weight: 'plain', size: 9.5, isPlain });
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
    ...(printable(text).isRewritten ? [`${REWRITTEN} The words as they hold are attached as ${ATTACHED}.`] : []),
    `SHA-256 of the words: ${hash}`,
  ];
}

interface Style {
  readonly weight: Weight;
  readonly size: number;
  /** Latin letters only: they need no fonts of ours. */
  readonly isPlain: boolean;
}

/** Piece by piece, as one flow of text. */
async function writeParagraph(document: PDFKit.PDFDocument, paragraph: string, { weight, size, isPlain }: Style): Promise<void> {
  const pieces = piecesOf(paragraph.replaceAll(LONG_WORD, '$& '));
  const latin = weight === 'strong' ? 'Helvetica-Bold' : 'Helvetica';
  if (!isPlain) beginFlow(document, size);
  for (const [index, piece] of pieces.entries()) {
    const continued = index < pieces.length - 1;
    if (isPlain) document.font(latin).fontSize(size).text(piece, { lineGap: 1.5, continued });
    else writeFlow(document, piece, { weight, size, continued });
    await othersTurn();
  }
  if (!isPlain) endFlow(document.font(latin).fontSize(size), size);
}

/** Not in writings that put no spaces between words: those are broken anywhere, or by their words. */
const IN_WORDS = String.raw`[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Lao}\p{Script=Thai}]`;
const LONG_WORD = new RegExp(`${IN_WORDS}{${LONGEST_WORD}}(?=${IN_WORDS})`, 'gu');

/** Cut behind spaces. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const space = text.length - start <= AT_ONCE ? text.length : text.lastIndexOf(' ', start + AT_ONCE) + 1;
    const end = space > start ? space : endOfLetter(text, start + AT_ONCE);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces.length === 0 ? [''] : pieces;
}

/** Letters beyond the first plane are two units: none is cut in half. */
const endOfLetter = (text: string, at: number) => (/[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at + 1 : at);

const dateOf = (at: Date) => formatInstant(at.getTime()).replace('T', ' ').replace('Z', ' UTC');
