import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';

const PART_BYTES = 1024 * 1024;

/** `offset`: how much of the file is here now. `long`: it is longer than may be kept; `elsewhere`: somebody else adds to it, or it has started. */
export interface Stored {
  readonly offset: number;
  readonly trouble?: 'long' | 'elsewhere';
}

/** Adds what comes to a file, part by part, each committed by itself: what breaks off goes on where it was. */
export async function storeParts(
  em: EntityManager,
  importId: string,
  { offset, limit }: { offset: number; limit: number },
  bytes: AsyncIterable<Buffer>,
): Promise<Stored> {
  let at = offset;
  let waiting: Buffer[] = [];
  let length = 0;
  const store = async () => {
    const text = `with file as (update import_job set bytes = bytes + $3, parts = parts + 1 where id = $1 and status = 'uploaded' and bytes = $2 returning parts)
      insert into import_part (import_id, number, content) select $1, parts, $4 from file returning number`;
    const added = await rows(em, text, [importId, at, length, Buffer.concat(waiting)]);
    if (added.length === 0) return false;
    at += length;
    waiting = [];
    length = 0;
    return true;
  };
  for await (const chunk of bytes) {
    waiting.push(chunk);
    length += chunk.length;
    if (at + length > limit) return { offset: at, trouble: 'long' };
    if (length >= PART_BYTES && !(await store())) return { offset: at, trouble: 'elsewhere' };
  }
  if (length > 0 && !(await store())) return { offset: at, trouble: 'elsewhere' };
  return { offset: at };
}

/** A file from its beginning, a part at a time. `onRead` hears how much of it was read. */
export async function* readParts(
  fork: () => EntityManager,
  importId: string,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  for (let number = 1; ; number++) {
    const part = await row<{ content: Buffer }>(fork(), 'select content from import_part where import_id = $1 and number = $2', [
      importId,
      number,
    ]);
    if (part === undefined) return;
    onRead(part.content.length);
    yield part.content;
  }
}

/** The beginning of a file: a megabyte of it, however small the pieces are in which it came. */
export async function readSample(em: EntityManager, importId: string): Promise<Buffer> {
  const read: Buffer[] = [];
  let length = 0;
  for await (const part of readParts(() => em, importId)) {
    read.push(part);
    length += part.length;
    if (length >= PART_BYTES) break;
  }
  return Buffer.concat(read);
}
