import type { CsvSettings } from '../../settings.ts';
import { describeAnswer, readCsv, writeCsv } from '../csv.ts';
import type { PaymentMethod } from '../method.ts';

const MOST_LINES = 50_000;

/** By a table that is uploaded by hand, with the columns that the settings name. */
export function westernUnion(settings: CsvSettings): PaymentMethod {
  return {
    kind: 'western-union',
    mostLines: MOST_LINES,
    unready: () => null,
    way: {
      file: {
        contentType: 'text/csv; charset=utf-8',
        extension: 'csv',
        answer: describeAnswer(settings),
        write: (part, lines) => writeCsv(settings, part, lines),
        read: (answer) => readCsv(settings, answer),
      },
    },
  };
}
