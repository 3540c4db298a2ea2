import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import { instantText } from './arrays.ts';
import { clientOf, type SqlItem } from './sql.ts';
import { isUniqueViolation, type Transaction } from './transaction.ts';

const CHUNK_LENGTH = 64 * 1024;
const SPECIAL = /[\\\n\r\t]/;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Somebody else wrote a row of the same key meanwhile: the transaction runs again on what is there now. */
class WrittenMeanwhile extends Error {
  readonly code = '40001';
}

/**
 * Writes new rows by COPY, which takes a third of what an INSERT of as many takes. The database works on the first of them while the last
 * are being put together. A row whose key is there already fails the transaction, which then runs again: whoever calls has looked before.
 *
 *     await copyRows(tx, 'product_version (slice, program_id, external_id)', rows.map(({ id }) => [sliceOf(id), programId, id]))
 */
export async function copyRows(transaction: Transaction, target: string, rows: Iterable<readonly SqlItem[]>): Promise<void> {
  const stream = clientOf(transaction).query(from(`copy ${target} from stdin`));
  try {
    await pipeline(Readable.from(chunksOf(rows)), stream);
  } catch (error) {
    if (isUniqueViolation(error)) throw new WrittenMeanwhile((error as Error).message);
    throw error;
  }
}

function* chunksOf(rows: Iterable<readonly SqlItem[]>): Generator<string> {
  let chunk = '';
  for (const values of rows) {
    for (let index = 0; index < values.length; index++) chunk += (index === 0 ? '' : '\t') + cellOf(values[index]);
    chunk += '\n';
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** In PostgreSQL's text format. */
function cellOf(value: SqlItem): string {
  if (typeof value === 'string') return SPECIAL.test(value) ? value.replaceAll(/[\\\n\r\t]/g, (sign) => ESCAPED[sign] as string) : value;
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return instantText(value);
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  return String(value);
}
