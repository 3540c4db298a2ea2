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
}

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
  /** All rows as they come; throws an {@link UnreadableFile}. */
  read(file: AsyncIterable<Buffer>, settings: ReadSettings): AsyncIterable<FileRow>;
}

/** UTF-8, whatever the file is in. */
export async function* toUtf8(file: AsyncIterable<Buffer>, encoding: string): AsyncIterable<Buffer> {
  if (encoding === 'utf-8') return yield* file;
  const decoder = new TextDecoder(encoding);
  for await (const chunk of file) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
