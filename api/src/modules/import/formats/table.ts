import { type FileRow, UnreadableFile } from './format.ts';

/** Nobody's row is longer; a quote that is never closed would make one of all that follows. */
const LONGEST_ROW = 1024 * 1024;
const MISPLACED = 'A quote stands in it where none may stand.';

/** A row, and whether the file ends without an end of its line. */
export type TableRow = FileRow & { readonly isUnended?: boolean };

/** A row, and where the next begins. */
interface Found {
  readonly cells: string[];
  readonly problem?: string;
  readonly next: number;
  readonly isUnended: boolean;
}

/**
 * Rows of a table as RFC 4180 has them, piece by piece. Cells with a delimiter, a quote or a line break stand in quotes, which are doubled
 * within. Lines end as the first of them does. Rows are cut out of the text by looking for the next sign of which something follows, not
 * letter by letter: feeds have billions of letters.
 */
export class TableReader {
  /** Why nothing more can be read; what was read before is given out all the same. */
  failure: UnreadableFile | undefined;
  private readonly delimiter: string;
  private ending: string | undefined;
  private rest = '';
  /** Where what is left begins. */
  private line = 1;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  write(text: string): TableRow[] {
    this.rest = this.rest === '' ? text : this.rest + text;
    return this.take(false);
  }

  end(): TableRow[] {
    return this.take(true);
  }

  private take(isEnd: boolean): TableRow[] {
    const rows: TableRow[] = [];
    const text = this.rest;
    this.ending ??= endingOf(text, isEnd);
    if (this.ending === undefined && text.length > LONGEST_ROW) this.failLong();
    if (this.failure !== undefined || this.ending === undefined) return rows;
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      const end = text.indexOf(this.ending, at);
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      const isPlain = quote === -1 || (end !== -1 && quote > end);
      const row = isPlain ? this.plain(text, at, end, isEnd) : this.quoted(text, at, isEnd);
      const next = row?.next ?? text.length;
      if (next - at > LONGEST_ROW) this.failLong();
      if (row === undefined || this.failure !== undefined) break;
      const { cells, problem, isUnended } = row;
      if (cells.length > 1 || cells[0] !== '' || problem !== undefined)
        rows.push({ line: this.line, cells, ...(problem === undefined ? {} : { problem }), ...(isUnended && { isUnended }) });
      this.line += isPlain ? 1 : linesOf(text, at, next, this.ending);
      at = next;
    }
    this.rest = text.slice(at);
    return rows;
  }

  /** Undefined: it does not end here. */
  private plain(text: string, at: number, end: number, isEnd: boolean): Found | undefined {
    if (end === -1 && !isEnd) return undefined;
    const stop = end === -1 ? text.length : end;
    return { cells: text.slice(at, this.beforeReturn(text, at, stop)).split(this.delimiter), next: stop + 1, isUnended: end === -1 };
  }

  /** Undefined: it does not end here, or never. */
  private quoted(text: string, at: number, isEnd: boolean): Found | undefined {
    const cells: string[] = [];
    let problem: string | undefined;
    let place = at;
    for (;;) {
      const isQuoted = text.charCodeAt(place) === QUOTE;
      if (isQuoted) {
        const close = closingOf(text, place);
        if (close === -1 && isEnd) this.fail(`A quote is opened and never closed in line ${this.line}.`);
        // At the end of a piece a quote may be the first of two.
        if (close === -1 || (close === text.length - 1 && !isEnd)) return undefined;
        cells.push(text.slice(place + 1, close).replaceAll('""', '"'));
        place = close + 1;
      }
      const end = text.indexOf(this.ending as string, place);
      if (end === -1 && !isEnd) return undefined;
      const isUnended = end === -1;
      const stop = isUnended ? text.length : end;
      const line = text.slice(place, this.beforeReturn(text, place, stop));
      const length = line.indexOf(this.delimiter);
      const cell = length === -1 ? line : line.slice(0, length);
      if (!isQuoted) cells.push(cell);
      // Nothing may follow what stands in quotes; where something does, nobody knows where the next cell begins.
      const isBehind = isQuoted && cell !== '';
      if (isBehind || (!isQuoted && cell.includes('"'))) problem = MISPLACED;
      if (length === -1 || isBehind) return { cells, ...(problem === undefined ? {} : { problem }), next: stop + 1, isUnended };
      place += length + this.delimiter.length;
    }
  }

  private beforeReturn(text: string, at: number, stop: number): number {
    return this.ending === '\n' && stop > at && text.charCodeAt(stop - 1) === RETURN ? stop - 1 : stop;
  }

  private failLong(): void {
    this.fail(`A row is longer than ${LONGEST_ROW} letters in line ${this.line}; perhaps a quote is not closed.`);
  }

  private fail(message: string): void {
    this.failure ??= new UnreadableFile(message);
  }
}

const QUOTE = 34;
const RETURN = 13;

/** Undefined: what has come does not tell. */
function endingOf(text: string, isEnd: boolean): string | undefined {
  const [feed, back] = [text.indexOf('\n'), text.indexOf('\r')];
  if (back === -1 || (feed !== -1 && feed <= back + 1)) return feed !== -1 || isEnd ? '\n' : undefined;
  return back < text.length - 1 || isEnd ? '\r' : undefined;
}

/** -1: it is not closed here. */
function closingOf(text: string, opened: number): number {
  for (let close = opened + 1; ; close += 2) {
    close = text.indexOf('"', close);
    if (close === -1 || text.charCodeAt(close + 1) !== QUOTE) return close;
  }
}

function linesOf(text: string, at: number, next: number, ending: string): number {
  let lines = 1;
  for (let place = text.indexOf(ending, at); place !== -1 && place < next - 1; place = text.indexOf(ending, place + 1)) lines++;
  return lines;
}
