import { parsePercent } from '../../money/index.ts';
import { countriesMeant, countryCodes } from '../codes.ts';
import type { RateTable } from '../document.ts';
import type { Draft } from '../draft.ts';
import { at } from '../finding.ts';
import { type CheckContext, factAt, type KnownFact } from './context.ts';

type Table = Draft<RateTable>;
type Cells = Record<string, unknown>;

/** A table of rates: every case has exactly one cell, and every cell lies inside the stated bounds. */
export function checkTable(context: CheckContext, table: Table, path: string): void {
  const by = (table.by ?? []).map((name, i) => factAt(context, name, at(at(path, 'by'), i)));
  checkKeys(context, by, at(path, 'by'));
  // Without its facts nobody can say what the cells stand for.
  if (by.length === 0) return;
  checkGroups(context, table, by[0], at(path, 'groups'));
  const bounds = boundsOf(context, table, by, at(path, 'bounds'));
  for (const [i, group] of (table.groups ?? []).entries()) {
    const cells = at(at(at(path, 'groups'), i), 'cells');
    const named = new Map<string, string[]>();
    if (by[0] && group?.in)
      named.set(
        by[0].path,
        group.in.filter((value) => value !== undefined),
      );
    if (group?.cells) checkCells(context, group.cells as Cells, by.slice(1), cells, named, bounds);
  }
}

function checkKeys({ findings }: CheckContext, by: (KnownFact | undefined)[], path: string): void {
  const seen = new Set<string>();
  for (const [i, fact] of by.entries()) {
    if (!fact?.type) continue;
    const where = at(path, i);
    if (seen.has(fact.path))
      findings.add('DUPLICATE', where, { found: fact.path, expected: 'each fact once', says: 'the fact picks the cell twice' });
    seen.add(fact.path);
    if (i === 0 && fact.type !== 'text' && fact.type !== 'country') {
      findings.add('WRONG_TYPE', where, {
        found: fact.path,
        expected: 'a fact of type text or country',
        says: `it is of type ${fact.type}`,
      });
    }
    if (i > 0 && !(fact.values && fact.always)) {
      const says = 'its values are not all known, so some would have no cell';
      findings.add('GAP', where, { found: fact.path, expected: 'affiliate.class of a program with classes, or a derived fact', says });
    }
  }
}

function checkGroups({ findings }: CheckContext, table: Table, fact: KnownFact | undefined, path: string): void {
  const groups = table.groups ?? [];
  const others = groups.filter((group) => group?.other === true).length;
  if (others === 0 && !groups.includes(undefined)) {
    findings.add('GAP', path, { expected: 'one group with other: true', says: 'values in no group have no rate' });
  }
  const seen = new Set<string>();
  let other = false;
  for (const [i, group] of groups.entries()) {
    const where = at(path, i);
    if (group?.other === true && other) {
      findings.add('DUPLICATE', at(where, 'other'), {
        found: true,
        expected: 'one such group',
        says: 'there are two groups for all others',
      });
    }
    other ||= group?.other === true;
    for (const [j, value] of (group?.in ?? []).entries()) {
      if (value === undefined) continue;
      const place = at(at(where, 'in'), j);
      if (seen.has(value))
        findings.add('DUPLICATE', place, { found: value, expected: 'each value in one group', says: 'the value is grouped twice' });
      seen.add(value);
      if (!(fact?.type === 'country' ? countryCodes.has(value) : (fact?.values?.includes(value) ?? true))) {
        const among = fact?.type === 'country' ? countriesMeant(value) : (fact?.values ?? []);
        const says = `${fact?.path} never has this value`;
        findings.add('BAD_VALUE', place, { found: value, expected: 'a value that the fact can have', among, says });
      }
    }
  }
}

interface Bounds {
  fact: string;
  ranges: ReadonlyMap<string, { least: bigint; most: bigint; words: string }>;
}

function boundsOf(context: CheckContext, table: Table, by: (KnownFact | undefined)[], path: string): Bounds | undefined {
  const { bounds } = table;
  if (bounds?.by === undefined) return undefined;
  const names = by.filter((fact) => fact !== undefined).map((fact) => fact.path);
  const fact = by.find((one) => one?.path === bounds.by);
  if (!fact) {
    const expected = `one of ${names.join(', ')}`;
    context.findings.add('BAD_VALUE', at(path, 'by'), {
      found: bounds.by,
      expected,
      among: names,
      says: 'the table does not go by this fact',
    });
    return undefined;
  }
  const ranges = new Map<string, { least: bigint; most: bigint; words: string }>();
  for (const [value, range] of Object.entries(bounds.ranges ?? {})) {
    const where = at(at(path, 'ranges'), value);
    if (fact.values && !fact.values.includes(value)) {
      const says = `${fact.path} never has this value`;
      context.findings.add('BAD_VALUE', where, { found: value, expected: `one of ${fact.values.join(', ')}`, among: fact.values, says });
    }
    const [least, most] = [parsePercent(range?.atLeast ?? ''), parsePercent(range?.atMost ?? '')];
    if (least === null || most === null) continue;
    if (least > most) {
      const expected = `at least ${range?.atLeast}`;
      context.findings.add('BAD_VALUE', at(where, 'atMost'), {
        found: range?.atMost,
        expected,
        says: 'the bounds are the wrong way round',
      });
    }
    ranges.set(value, { least, most, words: `a percent from ${range?.atLeast} to ${range?.atMost}` });
  }
  checkGapsInBounds(context, fact, ranges, at(path, 'ranges'));
  return { fact: fact.path, ranges };
}

function checkGapsInBounds({ findings }: CheckContext, fact: KnownFact, ranges: Bounds['ranges'], path: string): void {
  for (const value of fact.values ?? []) {
    const where = at(path, value);
    if (ranges.has(value) || findings.touch(where)) continue;
    findings.add('GAP', where, { expected: `a range for ${value}`, says: `no bounds are stated where ${fact.path} is ${value}` });
  }
}

/** Cells for the remaining facts, nested in their order. `picked` says by which values one came here. */
function checkCells(
  context: CheckContext,
  cells: Cells,
  facts: (KnownFact | undefined)[],
  path: string,
  picked: ReadonlyMap<string, string[]>,
  bounds: Bounds | undefined,
): void {
  const [fact, ...rest] = facts;
  const { findings } = context;
  for (const value of fact?.values ?? []) {
    if (Object.hasOwn(cells, value) || findings.touch(at(path, value))) continue;
    findings.add('GAP', at(path, value), { expected: `a cell for ${value}`, says: `there is no rate where ${fact?.path} is ${value}` });
  }
  for (const [value, cell] of Object.entries(cells)) {
    const where = at(path, value);
    if (fact?.values && !fact.values.includes(value)) {
      const expected = `one of ${fact.values.join(', ')}`;
      findings.add('UNREACHABLE', where, { found: value, expected, among: fact.values, says: `${fact.path} never has this value` });
    }
    const now = fact ? new Map([...picked, [fact.path, [value]]]) : picked;
    if (rest.length === 0 && facts.length > 0) checkCell(context, cell, where, now, bounds);
    else if (typeof cell === 'string') {
      const expected = `cells by ${rest.map((one) => one?.path ?? 'the next fact').join(' and ')}`;
      findings.add('WRONG_TYPE', where, { found: cell, expected, says: 'the table goes by one more fact' });
    } else checkCells(context, cell as Cells, rest, where, now, bounds);
  }
}

function checkCell(
  { findings }: CheckContext,
  cell: unknown,
  path: string,
  picked: ReadonlyMap<string, string[]>,
  bounds: Bounds | undefined,
): void {
  if (typeof cell !== 'string') {
    findings.add('WRONG_TYPE', path, { found: cell, expected: 'a percent', says: 'the table goes by no further fact' });
    return;
  }
  const percent = parsePercent(cell);
  for (const value of bounds ? (picked.get(bounds.fact) ?? []) : []) {
    const range = bounds?.ranges.get(value);
    if (!range || percent === null || (percent >= range.least && percent <= range.most)) continue;
    findings.add('OUT_OF_BOUNDS', path, { found: cell, expected: range.words, says: `outside the range that is stated for ${value}` });
  }
}
