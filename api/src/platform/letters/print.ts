import { FONTS, fontRuns, UNSPACED, type Weight } from './fonts.ts';
import { printable } from './letters.ts';

type Document = PDFKit.PDFDocument;

/** Between the baselines of two lines, in sizes of the letters: the highest font has room in it. */
const LINE = 1.45;
/** Above the baseline, as letters stand that are written by their upper edge. */
const ASCENT = 0.718;

interface Run {
  readonly text: string;
  /** Its file, which is read when something is first written with it. */
  readonly font: string;
}

interface Runs {
  readonly runs: readonly Run[];
  readonly isRewritten: boolean;
}

/** Of Chinese letters one weight must do: to cut those that are used out of thirty thousand takes a tenth of a second and more, for each font. */
function runsOf(document: Document, text: string, weight: Weight): Runs {
  const { text: shown, isRewritten } = printable(text);
  const runs = fontRuns(shown, weight).map(({ text: run, font }) => {
    const file = FONTS[font === 'strongChinese' ? 'plainChinese' : font].file();
    return canBeSet(document.font(file), run) ? { text: run, font: file } : { text: unsettable(run), font: FONTS[weight].file() };
  });
  return { runs, isRewritten };
}

/** Marks that a font foresees at none of its letters cannot be placed at all. */
function canBeSet(document: Document, run: string): boolean {
  try {
    document.widthOfString(run);
    return true;
  } catch {
    return false;
  }
}

const unsettable = (run: string) => run.replaceAll(/\p{M}/gu, '').replaceAll(/[^\s\p{ASCII}]/gu, '?');

interface Flow {
  readonly weight: Weight;
  readonly size: number;
  /** What is written next goes on behind it. */
  readonly continued: boolean;
}

/** Letters of any writing as a flow of text, one baseline to a line whatever fonts are in it. */
export function writeFlow(document: Document, text: string, { weight, size, continued }: Flow): void {
  const words = runsOf(document, text, weight).runs.flatMap(wordsOf);
  for (const [index, { text: word, font }] of words.entries()) {
    document.font(font).fontSize(size);
    const lineGap = size * LINE - document.currentLineHeight(true);
    document.text(word, { lineGap, baseline: 'alphabetic', continued: continued || index < words.length - 1 });
  }
}

/** Moves down to the first baseline of a flow. */
export function beginFlow(document: Document, size: number): void {
  document.y += size;
}

/** And from its last baseline to where a next text begins by its upper edge. */
export function endFlow(document: Document, size: number): void {
  document.y -= size * ASCENT;
}

/** A line ends between words also where no space tells them apart. */
function wordsOf(run: Run): Run[] {
  if (!UNSPACED.test(run.text)) return [run];
  const words = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(run.text);
  return [...words].map(({ segment }) => ({ ...run, text: segment }));
}

interface Place {
  readonly x: number;
  /** The upper edge. */
  readonly y: number;
  readonly width: number;
  readonly weight: Weight;
  readonly size: number;
}

/** Letters of any writing in one line, cut where there is no more room. Answers whether it is printed with other letters than it has. */
export function writeLine(document: Document, text: string, { x, y, width, weight, size }: Place): boolean {
  const { runs, isRewritten } = runsOf(document, text.replaceAll('\n', ' '), weight);
  let at = x;
  for (const { text: run, font } of runs) {
    document.font(font).fontSize(size);
    const room = x + width - at;
    const isCut = document.widthOfString(run) > room;
    const shown = isCut ? cut(run, (part) => document.widthOfString(`${part}…`) <= room) : run;
    if (shown !== '') document.text(shown, at, y + size * ASCENT, { lineBreak: false, baseline: 'alphabetic' });
    if (isCut) break;
    at += document.widthOfString(run);
  }
  return isRewritten;
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As much of a text as has room with a sign behind it that it was cut; nothing where there is none for that. To measure a text takes its length. */
function cut(text: string, fits: (part: string) => boolean): string {
  const letters = [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
  let [most, tooMany] = [0, letters.length + 1];
  while (tooMany - most > 1) {
    const middle = (most + tooMany) >> 1;
    if (fits(letters.slice(0, middle).join(''))) most = middle;
    else tooMany = middle;
  }
  return most === 0 ? '' : `${letters.slice(0, most).join('')}…`;
}
