import { stringify } from 'csv-stringify/sync';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { type Import, type ImportRefusal, REFUSAL_COLUMNS } from './import.entity.ts';

const AT_ONCE = 1_000;

/** Rows that were turned away, each with why and with what was read of it: to be put right and handed in again. */
export async function* refusalsCsv(fork: () => EntityManager, { id, settings }: Import): AsyncGenerator<string> {
  const fields = (settings?.columns ?? []).flatMap(({ field }) => (field === null ? [] : [field]));
  yield write([['line', 'field', 'code', 'message', ...fields]]);
  let [line, place] = [0, 0];
  for (;;) {
    const found = await rows<ImportRefusal>(
      fork(),
      `select ${REFUSAL_COLUMNS} from import_refusal r where r.import_id = $1 and (r.line, r.place) > ($2::int, $3::int) order by r.line, r.place limit ${AT_ONCE}`,
      [id, line, place],
    );
    const last = found.at(-1);
    if (last === undefined) return;
    yield write(found.map((refusal) => rowOf(refusal, fields)));
    [line, place] = [last.line, last.place];
  }
}

function rowOf({ line, field, code, message, fields, cells }: ImportRefusal, all: readonly string[]): string[] {
  return [String(line), field ?? '', code, message, ...all.map((name) => cells[fields.indexOf(name)] ?? '')].map(textOf);
}

/** What a spreadsheet would take for a formula is text; a plain number is a number. */
function textOf(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function write(table: string[][]): string {
  return stringify(table, { record_delimiter: 'windows' });
}
