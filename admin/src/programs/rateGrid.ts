/** A document as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Steps = readonly (string | number)[];

export interface Cell {
  /** Where it stands in the document. */
  readonly steps: Steps;
  readonly column: string;
  readonly value: string;
}

export interface Grid {
  /** Where its clause stands in the document, as clauses in words name it. */
  readonly path: string;
  readonly rule: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[];
}

const isRecord = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: Json | undefined): value is string => typeof value === 'string' && /^\d+(\.\d+)?$/.test(value);

/** The rates of a document as grids, one for each clause: rows are groups, columns are what rates go by. */
export function gridsOf(document: Json): readonly Grid[] {
  const rates = isRecord(document) ? document['rates'] : undefined;
  if (!Array.isArray(rates)) return [];
  return rates.flatMap((clause: Json, index) => {
    if (!isRecord(clause)) return [];
    const { rate } = clause;
    if (!isRecord(rate)) return [];
    const rows = isRecord(rate['table'])
      ? tableRows(rate['table'], ['rates', index, 'rate', 'table'])
      : [{ label: '', cells: leavesOf(rate, ['rates', index, 'rate'], []) }];
    const columns = [...new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)))];
    return columns.length > 0 ? [{ path: `rates[${index}]`, rule: String(clause['id'] ?? ''), columns, rows }] : [];
  });
}

function tableRows(table: { readonly [name: string]: Json }, steps: Steps): Grid['rows'] {
  const { groups, cells } = table;
  if (!Array.isArray(groups)) return [{ label: '', cells: leavesOf(cells ?? null, [...steps, 'cells'], []) }];
  return groups.flatMap((group: Json, index) => {
    if (!isRecord(group)) return [];
    const names = Array.isArray(group['in']) ? group['in'].join(', ') : '';
    return [{ label: names, cells: leavesOf(group['cells'] ?? null, [...steps, 'groups', index, 'cells'], []) }];
  });
}

function leavesOf(value: Json, steps: Steps, names: readonly string[]): readonly Cell[] {
  if (isNumber(value)) return [{ steps, column: names.join(' · '), value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...steps, name], [...names, name]));
}

/** The document with another value at a place. */
export function withValue(document: Json, [step, ...rest]: Steps, value: string): Json {
  if (step === undefined) return value;
  if (Array.isArray(document)) return document.map((inner: Json, index) => (index === step ? withValue(inner, rest, value) : inner));
  if (!isRecord(document)) return document;
  return { ...document, [step]: withValue(document[step] ?? null, rest, value) };
}

/** Every percent that differs, cell by cell; clauses are known by their place. */
export function rateChanges(
  before: Json,
  after: Json,
): readonly { rule: string; cell: string; before: string | null; after: string | null }[] {
  const cellsOf = (document: Json) =>
    new Map(
      gridsOf(document).flatMap(({ rule, rows }) =>
        rows.flatMap(({ label, cells }) =>
          cells.map(
            ({ steps, column, value }) => [steps.join('.'), { rule, cell: [label, column].filter(Boolean).join(', '), value }] as const,
          ),
        ),
      ),
    );
  const [old, now] = [cellsOf(before), cellsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((place) => {
    const [was, is] = [old.get(place), now.get(place)];
    if (was?.value === is?.value) return [];
    return [{ rule: (is ?? was)?.rule ?? '', cell: (is ?? was)?.cell ?? '', before: was?.value ?? null, after: is?.value ?? null }];
  });
}
