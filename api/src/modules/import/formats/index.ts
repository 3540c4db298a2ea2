import { csv } from './csv.ts';
import type { FileFormat } from './format.ts';
import { jsonl } from './jsonl.ts';
import { xml } from './xml.ts';

export { type FileFormat, type FileRow, UnreadableFile } from './format.ts';

/** By the names that callers use. */
export const FORMATS: Readonly<Record<string, FileFormat>> = { csv, xml, jsonl };

/** By the first sign that is none of space. */
export function guessFormat(sample: string): string {
  const [first] = sample.replace(/^\ufeff/, '').trimStart();
  return first === '<' ? 'xml' : first === '{' ? 'jsonl' : 'csv';
}
