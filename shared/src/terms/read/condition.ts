import { spanUnits } from '../catalogue/shapes-program.ts';
import { catalogue, type OperandKind, operatorNamed } from '../catalogue.ts';
import { at, type Findings } from '../finding.ts';
import { isObject } from './object.ts';
import type { StructureReader } from './structure.ts';

type Plain = Record<string, unknown>;

const COMBINERS = ['all', 'any', 'not'];
const operatorNames = catalogue.operators.map((operator) => operator.name);
const EVERY_KEY = [...COMBINERS, 'fact', ...operatorNames];
/** Tests of the largest `all` or `any`. */
const MOST_PARTS = 200;

/** A condition as far as it has the right form; facts, lists and types are looked up by the static checks. */
export function readCondition(value: unknown, path: string, reader: StructureReader): unknown {
  const { findings } = reader;
  if (!isObject(value)) {
    findings.add('WRONG_TYPE', path, { found: value, expected: 'an object with all, any, not or fact', says: 'not a condition' });
    return undefined;
  }
  const heads = [...COMBINERS, 'fact'].filter((key) => Object.hasOwn(value, key));
  const head = heads[0];
  if (head === undefined) return headless(value, path, findings);
  if (heads.length > 1) {
    findings.add('BAD_VALUE', path, {
      found: heads.join(', '),
      expected: 'exactly one of all, any, not, fact',
      says: 'these exclude each other',
    });
  }
  if (head === 'fact') return readTest(value, path, reader);
  for (const key of Object.keys(value)) {
    if (COMBINERS.includes(key) || key === 'fact') continue;
    findings.add('UNKNOWN_FIELD', at(path, key), { found: key, expected: `nothing beside ${head}`, says: 'no such field here' });
  }
  if (head === 'not') return { not: readCondition(value['not'], at(path, 'not'), reader) };
  return { [head]: readParts(value[head], at(path, head), reader) };
}

function headless(value: Plain, path: string, findings: Findings): undefined {
  for (const key of Object.keys(value)) {
    const details = { found: key, expected: 'all, any, not or fact', among: EVERY_KEY, says: 'no such field here' };
    if (!operatorNames.includes(key)) findings.add('UNKNOWN_FIELD', at(path, key), details);
  }
  findings.add('MISSING', path, { expected: 'all, any, not or fact', says: 'the condition tests nothing' });
  return undefined;
}

function readParts(value: unknown, path: string, reader: StructureReader): unknown[] | undefined {
  const { findings } = reader;
  if (!Array.isArray(value)) {
    findings.add('WRONG_TYPE', path, { found: value, expected: 'a list of conditions', says: 'not of the right type' });
    return undefined;
  }
  if (value.length === 0 || value.length > MOST_PARTS) {
    const code = value.length === 0 ? 'MISSING' : 'TOO_LARGE';
    findings.add(code, path, { found: value, expected: `1 to ${MOST_PARTS} conditions`, says: 'the list has no such length' });
    return undefined;
  }
  return value.map((part, i) => readCondition(part, at(path, i), reader));
}

function readTest(value: Plain, path: string, reader: StructureReader): Plain {
  const { findings } = reader;
  const result: Plain = {};
  const fact = reader.read({ kind: 'fact' }, value['fact'], at(path, 'fact'));
  if (fact !== undefined) result['fact'] = fact;
  const keys = Object.keys(value).filter((key) => key !== 'fact' && !COMBINERS.includes(key));
  if (keys.length === 0) {
    findings.add('MISSING', path, { expected: `an operator: ${operatorNames.join(', ')}`, says: 'the test has no operator' });
  }
  const known = keys.filter((key) => operatorNamed(key));
  if (known.length > 1) {
    findings.add('BAD_VALUE', path, { found: known.join(', '), expected: 'exactly one operator', says: 'the test has several operators' });
  }
  for (const key of keys) {
    const operator = operatorNamed(key);
    if (!operator) {
      const expected = `one of ${operatorNames.join(', ')}`;
      findings.add('UNKNOWN_OPERATOR', at(path, key), { found: key, expected, among: operatorNames, says: 'no such operator' });
      continue;
    }
    const operand = readOperand(operator.operand, value[key], at(path, key), reader);
    if (operand !== undefined) result[key] = operand;
  }
  return result;
}

function readOperand(kind: OperandKind, value: unknown, path: string, reader: StructureReader): unknown {
  switch (kind) {
    case 'boolean':
      return reader.read({ kind: 'boolean' }, value, path);
    case 'decimal':
      return reader.read({ kind: 'decimal' }, value, path);
    case 'list-name':
      return reader.read({ kind: 'list' }, value, path);
    case 'list':
      return Array.isArray(value) ? readScalars(value, path, reader.findings) : reader.read({ kind: 'list' }, value, path);
    case 'span-of':
      return readSpanOf(value, path, reader);
    case 'scalar-or-fact':
      return isObject(value) ? readOtherFact(value, path, reader) : readScalar(value, path, reader.findings);
  }
}

function readScalar(value: unknown, path: string, findings: Findings): unknown {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value))) return value;
  if (typeof value === 'string' && value.trim() !== '') return value;
  findings.add('WRONG_TYPE', path, { found: value, expected: 'a text, a whole number, true or false', says: 'not a value of a fact' });
  return undefined;
}

function readScalars(values: unknown[], path: string, findings: Findings): unknown[] | undefined {
  if (values.length === 0 || values.length > MOST_PARTS) {
    findings.add('OUT_OF_BOUNDS', path, { found: values, expected: `1 to ${MOST_PARTS} values`, says: 'the list has no such length' });
    return undefined;
  }
  return values.map((value, i) => readScalar(value, at(path, i), findings));
}

function readOtherFact(value: Plain, path: string, reader: StructureReader): Plain {
  rejectOthers(value, ['fact'], path, reader.findings);
  const fact = reader.read({ kind: 'fact' }, value['fact'], at(path, 'fact'));
  return fact === undefined ? {} : { fact };
}

function readSpanOf(value: unknown, path: string, reader: StructureReader): Plain | undefined {
  if (!isObject(value)) {
    reader.findings.add('WRONG_TYPE', path, {
      found: value,
      expected: 'an object with of and days, hours, minutes or years',
      says: 'not of the right type',
    });
    return undefined;
  }
  const units = Object.keys(spanUnits);
  rejectOthers(value, ['of', ...units], path, reader.findings);
  const result: Plain = {};
  const of = reader.read({ kind: 'fact' }, value['of'], at(path, 'of'));
  if (of !== undefined) result['of'] = of;
  const { of: _, ...span } = value;
  const kept = Object.fromEntries(Object.entries(span).filter(([key]) => units.includes(key)));
  return { ...result, ...(reader.read({ kind: 'object', shape: 'Span' }, kept, path) as Plain) };
}

function rejectOthers(value: Plain, known: string[], path: string, findings: Findings): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    findings.add('UNKNOWN_FIELD', at(path, key), {
      found: key,
      expected: `one of ${known.join(', ')}`,
      among: known,
      says: 'no such field here',
    });
  }
}
