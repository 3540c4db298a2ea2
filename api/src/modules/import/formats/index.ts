import { csv } from './csv.ts';
import type { FileFormat } from './format.ts';

export { type FileFormat, type FileRow, UnreadableFile } from './format.ts';

/** By the names that callers use. */
export const FORMATS: Readonly<Record<string, FileFormat>> = { csv };
