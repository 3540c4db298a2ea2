import { type Property, type Shape, shapeNamed, type ValueKind } from '../catalogue.ts';
import { at, type Details, type FindingCode, type Findings } from '../finding.ts';
import { readCondition } from './condition.ts';
import { isObject } from './object.ts';
import { expectations, problemOfText } from './values.ts';

type Plain = Record<string, unknown>;
type Of<K extends ValueKind['kind']> = Extract<ValueKind, { kind: K }>;

/**
 * Reads a value by the catalogue's shapes. What does not fit is reported and left out of the result, so that the static checks can
 * still look at everything else and a reader gets all findings at once.
 */
export class StructureReader {
  readonly findings: Findings;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  read(kind: ValueKind, value: unknown, path: string): unknown {
    switch (kind.kind) {
      case 'object':
        return this.#object(shapeNamed(kind.shape), value, path);
      case 'variant':
        return this.#variant(kind, value, path);
      case 'array':
        return this.#array(kind, value, path);
      case 'map':
        return this.#map(kind, value, path);
      case 'either':
        return this.read(isObject(value) ? kind.object : kind.plain, value, path);
      case 'condition':
        return readCondition(value, path, this);
      default:
        return this.#plain(kind, value, path);
    }
  }

  #plain(kind: ValueKind, value: unknown, path: string): unknown {
    switch (kind.kind) {
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#wrongType(path, value, 'true or false');
      case 'boolean-or-text':
        if (typeof value === 'boolean') return value;
        if (typeof value !== 'string') return this.#wrongType(path, value, 'true, or a text');
        return this.#text({ kind: 'text' }, value, path);
      case 'integer':
        return this.#integer(kind, value, path);
      case 'choice':
        return this.#choice(kind, value, path);
      default: {
        const expected = expectations[kind.kind] ?? 'a text';
        return typeof value === 'string' ? this.#text(kind, value, path) : this.#wrongType(path, value, expected);
      }
    }
  }

  #text(kind: ValueKind, value: string, path: string): string | undefined {
    const problem = problemOfText(kind.kind, value);
    if (!problem) return value;
    const expected = expectations[kind.kind] ?? 'another value';
    return this.#refuse(problem.code, path, {
      found: value,
      expected,
      says: problem.says,
      ...(problem.among ? { among: problem.among } : {}),
    });
  }

  #integer(kind: Of<'integer'>, value: unknown, path: string): number | undefined {
    const expected = `a whole number from ${kind.min} to ${kind.max}`;
    if (typeof value !== 'number' || !Number.isInteger(value)) return this.#wrongType(path, value, expected);
    if (value >= kind.min && value <= kind.max) return value;
    return this.#refuse('OUT_OF_BOUNDS', path, { found: value, expected, says: 'the number is out of bounds' });
  }

  #choice(kind: Of<'choice'>, value: unknown, path: string): unknown {
    if (kind.values.some((allowed) => allowed === value)) return value;
    const expected = kind.values.length === 1 ? String(kind.values[0]) : `one of ${kind.values.join(', ')}`;
    if (typeof value !== 'string') return this.#wrongType(path, value, expected);
    return this.#refuse('BAD_VALUE', path, { found: value, expected, among: kind.values.map(String), says: 'no such word here' });
  }

  #array(kind: Of<'array'>, value: unknown, path: string): unknown[] | undefined {
    if (!Array.isArray(value)) return this.#wrongType(path, value, 'a list');
    if (value.length < kind.min) {
      const expected = `at least ${kind.min}`;
      return this.#refuse('MISSING', path, { found: value, expected, says: 'the list is too short' });
    }
    if (value.length > kind.max) {
      const code = kind.max < 50 ? 'OUT_OF_BOUNDS' : 'TOO_LARGE';
      return this.#refuse(code, path, { found: value, expected: `at most ${kind.max}`, says: 'the list is too long' });
    }
    return value.map((item, i) => this.read(kind.of, item, at(path, i)));
  }

  #map(kind: Of<'map'>, value: unknown, path: string): Plain | undefined {
    if (!isObject(value)) return this.#wrongType(path, value, 'an object');
    const keys = Object.keys(value);
    if (keys.length > kind.max) {
      return this.#refuse('TOO_LARGE', path, { found: value, expected: `at most ${kind.max} entries`, says: 'the object is too large' });
    }
    const result: Plain = {};
    for (const key of keys) {
      const problem = problemOfText(kind.keys, key);
      if (problem) {
        this.findings.add(problem.code, at(path, key), { found: key, expected: expectations[kind.keys] ?? 'a name', says: problem.says });
      }
      const read = this.read(kind.of, value[key], at(path, key));
      if (read !== undefined) result[key] = read;
    }
    return result;
  }

  #variant(kind: Of<'variant'>, value: unknown, path: string): Plain | undefined {
    if (!isObject(value)) return this.#wrongType(path, value, 'an object');
    const names = Object.keys(kind.shapes);
    const chosen = value[kind.by];
    if (typeof chosen === 'string' && Object.hasOwn(kind.shapes, chosen)) {
      return this.#object(shapeNamed(kind.shapes[chosen] as string), value, path);
    }
    const shapes = Object.values(kind.shapes).map(shapeNamed);
    this.#unknownKeys(
      shapes.flatMap((shape) => Object.keys(shape.properties)),
      value,
      path,
    );
    const expected = `one of ${names.join(', ')}`;
    if (chosen === undefined) return this.#refuse('MISSING', at(path, kind.by), { expected, says: 'the kind is missing' });
    return this.#refuse('BAD_VALUE', at(path, kind.by), { found: chosen, expected, among: names, says: 'no such kind' });
  }

  #object(shape: Shape, value: unknown, path: string): Plain | undefined {
    if (!isObject(value)) return this.#wrongType(path, value, `an object (${shape.description.replace(/\.$/, '')})`);
    this.#unknownKeys(Object.keys(shape.properties), value, path);
    const result: Plain = {};
    for (const [key, property] of Object.entries(shape.properties)) {
      if (!Object.hasOwn(value, key)) {
        if (property.required) this.#missing(property, at(path, key));
        continue;
      }
      const read = this.read(property.value, value[key], at(path, key));
      if (read !== undefined) result[key] = read;
    }
    for (const group of shape.oneOf) this.#oneOf(group, value, path);
    return result;
  }

  #missing(property: Property, path: string): void {
    const expected = property.description.replace(/\.$/, '');
    if (property.required === 'open') {
      this.findings.add('OPEN', path, { expected, says: 'the document leaves this open, and it must not' });
    } else {
      this.findings.add('MISSING', path, { expected, says: 'it is missing' });
    }
  }

  #oneOf(group: readonly string[], value: Plain, path: string): void {
    const present = group.filter((key) => Object.hasOwn(value, key));
    if (present.length === 1) return;
    const expected = `exactly one of ${group.join(', ')}`;
    if (present.length === 0) this.findings.add('MISSING', path, { expected, says: 'something is missing' });
    else this.findings.add('BAD_VALUE', path, { found: present.join(', '), expected, says: 'these exclude each other' });
  }

  #unknownKeys(known: string[], value: Plain, path: string): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const details = { found: key, expected: `one of ${[...new Set(known)].join(', ')}`, among: known, says: 'no such field here' };
      this.findings.add('UNKNOWN_FIELD', at(path, key), details);
    }
  }

  #wrongType(path: string, value: unknown, expected: string): undefined {
    return this.#refuse('WRONG_TYPE', path, { found: value === null ? 'nothing (null)' : value, expected, says: 'not of the right type' });
  }

  #refuse(code: FindingCode, path: string, details: Details): undefined {
    this.findings.add(code, path, details);
    return undefined;
  }
}
