import { readCsv } from './csv.ts';
import type { ReadList } from './format.ts';
import { readUnXml } from './un-xml.ts';

/** Formats of published lists, by the names that addresses have for them. */
export const FORMATS: Readonly<Record<string, ReadList>> = { 'un-xml': readUnXml, csv: readCsv };
export { BadList, type ReadEntry } from './format.ts';
