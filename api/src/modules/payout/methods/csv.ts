import { Readable } from 'node:stream';
import { formatDecimal } from '@tributary/shared/money';
import { type CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import type { CsvSettings } from '../settings.ts';
import { type PaymentLine, type PaymentPart, type Result, type SaidAmount, UnreadableResult } from './method.ts';

const LINES_AT_ONCE = 500;
const LONGEST_RECORD = 100_000;

/** What a column can show. */
const VALUES: Readonly<Record<string, (line: PaymentLine, part: PaymentPart) => string>> = {
  id: ({ id }) => id,
  amount: ({ amount }, { exponent }) => formatDecimal(amount, exponent),
  currency: (_, { currency }) => currency,
  'payee-currency': ({ payeeCurrency }) => payeeCurrency,
  account: ({ account }) => account,
  holder: ({ holder }) => holder ?? '',
  bank: ({ bank }) => bank ?? '',
  purpose: ({ purpose }) => purpose,
  program: (_, { program }) => program,
  batch: (_, { batch }) => batch,
  day: (_, { day }) => day,
};
export const CSV_VALUES = Object.keys(VALUES);

/** A table as spreadsheets open it: what would be a formula there is text. */
export async function* writeCsv(
  { columns, delimiter }: CsvSettings,
  part: PaymentPart,
  lines: AsyncIterable<PaymentLine>,
): AsyncGenerator<string> {
  const write = (records: string[][]) => stringify(records, { delimiter, escape_formulas: true, record_delimiter: 'windows' });
  yield write([columns.map(({ title }) => title)]);
  let records: string[][] = [];
  for await (const line of lines) {
    records.push(columns.map(({ value }) => VALUES[value]!(line, part)));
    if (records.length < LINES_AT_ONCE) continue;
    yield write(records);
    records = [];
  }
  if (records.length > 0) yield write(records);
}

/** The file that went out, with one column more, is such an answer. */
export function describeAnswer({ result: { id, status, words } }: CsvSettings): string {
  return `A table with the columns ${id}, as in the payment file, and ${status}, which says for each payment one of: ${Object.keys(words).join(', ')}.`;
}

/** The answer of whoever pays by such tables: a line each, with what became of it in their words. */
export async function* readCsv({ result, delimiter }: CsvSettings, answer: AsyncIterable<Uint8Array>): AsyncGenerator<Result> {
  const parser = parse({ delimiter, columns: true, bom: true, trim: true, skip_empty_lines: true, max_record_size: LONGEST_RECORD });
  const source = Readable.from(answer);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let number = 1;
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      number += 1;
      const id = record[result.id];
      const status = record[result.status];
      if (id === undefined || status === undefined) throw new UnreadableResult(`It needs the columns ${result.id} and ${result.status}.`);
      const outcome = result.words[status.toLowerCase()];
      if (outcome === undefined) {
        const words = Object.keys(result.words).join(', ');
        throw new UnreadableResult(`Line ${number} says ${JSON.stringify(status.slice(0, 40))}; it may say ${words}.`);
      }
      const reason = (result.reason === undefined ? undefined : record[result.reason]) || null;
      yield {
        line: id.replace(/^'/, '').toLowerCase(),
        outcome,
        amount: amountOf(record),
        reason: reason?.slice(0, 500) ?? null,
        said: status.slice(0, 40),
      };
    }
    if (number === 1) throw new UnreadableResult('It has no line that says what became of a payment.');
  } catch (error) {
    if (error instanceof UnreadableResult || !(error as CsvError).code) throw error;
    throw new UnreadableResult(`It can't be read as CSV: ${(error as Error).message}`);
  }

  function amountOf(record: Record<string, string>): SaidAmount | undefined {
    const text = result.amount === undefined ? undefined : record[result.amount];
    if (!text) return undefined;
    return { text, currency: (result.currency === undefined ? undefined : record[result.currency]) || undefined };
  }
}
