import { setTimeout as sleep } from 'node:timers/promises';
import { formatDecimal } from '@tributary/shared/money';
import { formatInstant } from '@tributary/shared/time';
import PDFDocument from 'pdfkit';
import { isLatin, REWRITTEN, type Weight, writeLine } from '../../platform/letters/index.ts';
import type { StatementPiece } from './statement.lines.ts';
import type { StatementHead } from './statement.service.ts';

const MARGIN = 56;
const ROW = 17;
const INK = '#1a1a1a';
const FAINT = '#6b6b6b';
const LINE = '#d0d0d0';
/** Pages wait in memory for a slow reader, but no more than this. */
const MOST_WAITING = 512 * 1024;

interface Column {
  readonly title: string;
  /** From the left edge of the table. */
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

interface Cell extends Omit<Column, 'title' | 'align'> {
  readonly height: number;
  readonly size: number;
  readonly align?: Column['align'];
  readonly weight: Weight;
  readonly color: string;
}

const COLUMNS: readonly Column[] = [
  { title: 'Date', x: 0, width: 118, align: 'left' },
  { title: 'Movement', x: 118, width: 105, align: 'left' },
  { title: 'Reference', x: 223, width: 115, align: 'left' },
  { title: 'Change', x: 338, width: 67, align: 'right' },
  { title: 'Balance', x: 405, width: 78, align: 'right' },
];
const WIDTH = 483;

/** A statement to read and to print. Its pages are there as soon as they are full. */
export function statementPdf(head: StatementHead, pieces: AsyncIterable<StatementPiece>): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    autoFirstPage: false,
    info: {
      Title: `Statement of ${head.affiliate.externalId}`,
      Producer: 'Tributary',
      Creator: 'Tributary',
      CreationDate: new Date(head.madeAt),
    },
  });
  new Pages(document, head).write(pieces).catch((error: Error) => document.destroy(error));
  return document;
}

class Pages {
  private readonly document: PDFKit.PDFDocument;
  private readonly head: StatementHead;
  private page = 0;
  /** Was something printed with other letters than it has? */
  private isRewritten = false;
  private y = 0;

  constructor(document: PDFKit.PDFDocument, head: StatementHead) {
    this.document = document;
    this.head = head;
  }

  async write(pieces: AsyncIterable<StatementPiece>): Promise<void> {
    this.newPage();
    this.title();
    for await (const piece of pieces) {
      this.put(piece);
      while (this.document.readableLength > MOST_WAITING && !this.document.destroyed) await sleep(10);
      if (this.document.destroyed) return;
    }
    if (this.isRewritten) this.print(REWRITTEN, { x: MARGIN, width: WIDTH, height: 11, size: 8, weight: 'plain', color: FAINT });
    this.document.end();
  }

  private put(piece: StatementPiece): void {
    const { unit, exponent } = piece.unit;
    const amount = (minor: bigint) => formatDecimal(minor, exponent);
    if (piece.piece === 'opening') {
      this.section(unit);
      this.row(['', 'Opening balance', '', '', amount(piece.amount)], true);
    } else if (piece.piece === 'closing') {
      this.rule();
      this.row(['', 'Closing balance', '', '', amount(piece.amount)], true);
      this.y += ROW;
    } else {
      const { at, kind, reference, change, balance } = piece.line;
      this.row([dateOf(at), wordsOf(kind), reference ?? '', amount(change), amount(balance)], false);
    }
  }

  private title(): void {
    const { document, head } = this;
    const { program, affiliate, from, to, madeAt } = head;
    document.font('Helvetica-Bold').fontSize(18).fillColor(INK).text('Statement', MARGIN, this.y, { lineBreak: false });
    this.y += 32;
    const facts: [string, string][] = [
      ['Program', program.name],
      ['Affiliate', affiliate.externalId],
      ['Period', `${dateOf(from)} to ${dateOf(to)} (not included)`],
      ['Made', dateOf(madeAt)],
    ];
    for (const [name, value] of facts) {
      document.font('Helvetica').fontSize(9).fillColor(FAINT).text(name, MARGIN, this.y, { lineBreak: false });
      this.print(value, { x: MARGIN + 70, width: WIDTH - 70, height: 12, size: 9, weight: 'plain', color: INK });
      this.y += 15;
    }
    this.y += 16;
  }

  private section(unit: string): void {
    if (this.y > this.bottom - 5 * ROW) this.newPage();
    this.print(unit, { x: MARGIN, width: WIDTH, height: 14, size: 11, weight: 'strong', color: INK });
    this.y += 20;
    this.headings();
  }

  private headings(): void {
    this.cells(
      COLUMNS.map(({ title }) => title),
      'plain',
      FAINT,
    );
    this.rule();
  }

  private row(texts: readonly string[], isStrong: boolean): void {
    if (this.y > this.bottom) {
      this.newPage();
      this.headings();
    }
    this.cells(texts, isStrong ? 'strong' : 'plain', INK);
  }

  private cells(texts: readonly string[], weight: Weight, color: string): void {
    for (const [index, { x, width, align }] of COLUMNS.entries()) {
      const text = texts[index] as string;
      if (text !== '') this.print(text, { x: MARGIN + x, width: width - 6, height: 11, size: 8.5, align, weight, color });
    }
    this.y += ROW;
  }

  /** In one line. Latin letters need no fonts of ours. */
  private print(text: string, { x, width, height, size, align = 'left', weight, color }: Cell): void {
    const { document, y } = this;
    document.fillColor(color);
    if (isLatin(text)) {
      document.font(weight === 'strong' ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
      document.text(text, x, y, { width, height, align, ellipsis: true });
    } else {
      const isRewritten = writeLine(document, text, { x, y, width, weight, size });
      this.isRewritten ||= isRewritten;
    }
  }

  private rule(): void {
    const y = this.y - 5;
    this.document
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + WIDTH, y)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke();
  }

  private newPage(): void {
    const { document, head } = this;
    document.addPage();
    this.page += 1;
    this.y = document.page.height - 40;
    const { y } = this;
    const place = { x: MARGIN, width: WIDTH - 60, height: 10, size: 8, weight: 'plain', color: FAINT } as const;
    this.print(`${head.program.name}, ${head.affiliate.externalId}`, place);
    document.font('Helvetica').fontSize(8).fillColor(FAINT);
    document.text(`Page ${this.page}`, MARGIN, y, { width: WIDTH, height: 10, align: 'right' });
    this.y = MARGIN;
  }

  private get bottom(): number {
    return this.document.page.height - 72;
  }
}

function dateOf(at: number): string {
  return formatInstant(at)
    .replace('T', ' ')
    .replace('Z', ' UTC')
    .replace(/\.\d+ /, ' ');
}

function wordsOf(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
