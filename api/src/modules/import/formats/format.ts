/** Nothing of the file can be read from here on; says why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** A row of a file: its cells in the order of the columns, or what is wrong with it. */
export interface FileRow {
  /** Where it begins, from 1 on. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem?: string;
  /** The file ends in the middle of it. */
  readonly isCut?: true;
}

/** What is said of a row in which a file ends, and of the file. */
export const CUT_ROW = 'The file ends in the middle of this row.';
export const CUT_FILE = 'The file ends in the middle of a row: it was cut off. Hand in all of it.';

export interface ReadSettings {
  readonly encoding: string;
  readonly delimiter: string | null;
  /** The names of the columns, as `columnsOf` told them. */
  readonly columns: readonly string[];
}

/** A way to write rows into a file. */
export interface FileFormat {
  /** What stands between cells, where the format knows such a thing. */
  delimiterOf(sample: string): string | null;
  /** The columns, told from the beginning of a file; throws an {@link UnreadableFile}. */
  columnsOf(sample: Buffer, settings: Omit<ReadSettings, 'columns'>): Promise<readonly string[]>;
  /** All rows as they come, some at a time; throws an {@link UnreadableFile} after those before it. */
  read(file: AsyncIterable<Buffer>, settings: ReadSettings): AsyncIterable<readonly FileRow[]>;
}

/** So much is read at once: rows that wait for their turn take many times the memory of their text. */
const PIECE_BYTES = 64 * 1024;

/** What a file says, piece by piece; a mark of its encoding is left out. */
export async function* toText(file: AsyncIterable<Buffer>, encoding: string): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of file)
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield decoder.decode(chunk.subarray(at, at + PIECE_BYTES), { stream: true });
  yield decoder.decode();
}
