import { type FontName, fontRuns } from '../../platform/letters/index.ts';
import { qrCode } from './qr.ts';

/** What a poster says. */
export interface Poster {
  readonly program: string;
  readonly headline: string;
  readonly text: string;
  readonly code: string;
  /** What the QR code leads to. */
  readonly url: string;
  /** The same for people to type. */
  readonly shortUrl: string;
  readonly language: string;
}

/** A4 in points, 72 to an inch. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
const MARGIN = 48;
const WIDTH = PAGE.width - 2 * MARGIN;
const QR_SIDE = 390;
const INK = '#14213d';
const LIGHT = '#ffffff';
const FAINT = '#56607a';
const BAND = '#14213d';

/** What is drawn, in this order. Positions are points from the upper left; a text's `y` is its baseline. */
export type Item =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly colour: string;
    }
  | {
      readonly kind: 'path';
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly path: string;
      readonly colour: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly font: FontName;
      readonly colour: string;
      readonly text: string;
    };

/** How wide a text is in points. */
export type Measure = (text: string, font: FontName, size: number) => number;

interface Style {
  readonly weight: 'plain' | 'strong';
  readonly size: number;
  readonly colour: string;
}

/** Where everything on a poster stands. Long words make letters smaller, so that nothing is cut off. */
export function layOut(poster: Poster, measure: Measure): Item[] {
  const { size, path } = qrCode(poster.url);
  const words = wordsIn(poster.language);
  const put = (text: string, style: Style, y: number, most: number) => paragraph({ text, style, y, most, words, measure });
  const program = put(poster.program, { weight: 'strong', size: 20, colour: LIGHT }, 74, 1);
  const headline = put(poster.headline, { weight: 'strong', size: 40, colour: INK }, 186, 2);
  const qrTop = headline.bottom + 12;
  const text = put(poster.text, { weight: 'plain', size: 18, colour: INK }, qrTop + QR_SIDE + 22, 3);
  const code = put(poster.code, { weight: 'strong', size: 36, colour: INK }, text.bottom + 54, 1);
  const url = put(poster.shortUrl, { weight: 'plain', size: 12, colour: FAINT }, PAGE.height - 36, 1);
  return [
    { kind: 'box', x: 0, y: 0, width: PAGE.width, height: PAGE.height, colour: LIGHT },
    { kind: 'box', x: 0, y: 0, width: PAGE.width, height: 120, colour: BAND },
    ...program.items,
    ...headline.items,
    { kind: 'path', x: (PAGE.width - QR_SIDE) / 2, y: qrTop, scale: QR_SIDE / size, path, colour: '#000000' },
    ...text.items,
    ...code.items,
    ...url.items,
  ];
}

interface Paragraph {
  readonly text: string;
  readonly style: Style;
  /** Of the first line. */
  readonly y: number;
  /** So many lines. */
  readonly most: number;
  readonly words: Intl.Segmenter;
  readonly measure: Measure;
}

const SMALLEST = 5;

/** Centred lines. */
function paragraph({ text, style, y, most, words, measure }: Paragraph): { items: Item[]; bottom: number } {
  const widthOf = (line: string, size: number) =>
    fontRuns(line, style.weight).reduce((sum, run) => sum + measure(run.text, run.font, size), 0);
  let { size } = style;
  let lines = linesOf(text, words, (line) => widthOf(line, size));
  while (size > SMALLEST && (lines.length > most || lines.some((line) => widthOf(line, size) > WIDTH))) {
    size *= 0.92;
    lines = linesOf(text, words, (line) => widthOf(line, size));
  }
  const items = lines.flatMap((line, index): Item[] => {
    let x = (PAGE.width - widthOf(line, size)) / 2;
    return fontRuns(line, style.weight).map(({ text: run, font }): Item => {
      const item: Item = { kind: 'text', x, y: y + index * size * 1.35, size, font, colour: style.colour, text: run };
      x += measure(run, font, size);
      return item;
    });
  });
  return { items, bottom: y + (lines.length - 1) * size * 1.35 };
}

/** As few lines as the words need; languages that put no spaces between words are broken between them, too. */
function linesOf(text: string, words: Intl.Segmenter, widthOf: (line: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { segment } of words.segment(text)) {
    if (line !== '' && widthOf((line + segment).trimEnd()) > WIDTH) {
      lines.push(line.trim());
      line = segment.trimStart();
    } else {
      line += segment;
    }
  }
  return [...lines, line.trim()].filter((each) => each !== '');
}

const wordsIn = (language: string) => new Intl.Segmenter(language, { granularity: 'word' });
