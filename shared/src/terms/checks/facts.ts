import { builtInFact } from '../catalogue.ts';
import type { Condition } from '../document.ts';
import type { Draft } from '../draft.ts';
import { at } from '../finding.ts';
import type { CheckContext } from './context.ts';
import { conditionKey } from './periods.ts';

/** Declared and derived facts: names that are free, cases that can be reached, no circles. */
export function checkFacts(context: CheckContext): void {
  checkDeclared(context);
  checkDerived(context);
  checkCycles(context);
}

function checkDeclared({ terms, findings }: CheckContext): void {
  const seen = new Set<string>();
  for (const [i, fact] of (terms.facts ?? []).entries()) {
    if (fact?.level === undefined || fact.name === undefined) continue;
    const path = `${fact.level}.${fact.name}`;
    const where = at(at('facts', i), 'name');
    if (builtInFact(path)) findings.add('DUPLICATE', where, { found: path, expected: 'another name', says: 'this fact is built in' });
    else if (seen.has(path))
      findings.add('DUPLICATE', where, { found: path, expected: 'each fact once', says: 'this fact is declared twice' });
    seen.add(path);
  }
}

function checkDerived({ terms, findings }: CheckContext): void {
  const declared = new Set((terms.facts ?? []).map((fact) => `${fact?.level}.${fact?.name}`));
  const seen = new Set<string>();
  for (const [i, derived] of (terms.derived ?? []).entries()) {
    const where = at('derived', i);
    const name = derived?.fact;
    if (name !== undefined) {
      const path = at(where, 'fact');
      if (!/^(order|customer)\.[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name)) {
        const expected = 'order.name or customer.name: it is computed from facts of these';
        findings.add('BAD_VALUE', path, { found: name, expected, says: 'no name for a derived fact' });
      } else if (builtInFact(name) || declared.has(name) || seen.has(name)) {
        findings.add('DUPLICATE', path, { found: name, expected: 'another name', says: 'there is such a fact already' });
      }
      seen.add(name);
    }
    checkCases({ findings }, derived?.cases ?? [], at(where, 'cases'));
  }
}

type Cases = (Draft<{ when: Condition; is: string }> | undefined)[];

function checkCases({ findings }: Pick<CheckContext, 'findings'>, cases: Cases, path: string): void {
  const seen = new Map<string, string | undefined>();
  for (const [i, item] of cases.entries()) {
    const where = at(path, i);
    if (item?.when === undefined || findings.touch(at(where, 'when'))) continue;
    const key = conditionKey(item.when);
    if (!seen.has(key)) seen.set(key, item.is);
    else if (seen.get(key) === item.is) {
      findings.add('UNREACHABLE', where, { found: item.is, expected: 'a condition of its own', says: 'an earlier case says the same' });
    } else {
      const says = `an earlier case with the same condition gives ${JSON.stringify(seen.get(key))}`;
      findings.add('CONTRADICTION', where, { found: item.is, expected: 'one value for one condition', says });
    }
  }
}

/** Derived facts that are computed from each other have no value. */
function checkCycles({ terms, findings }: CheckContext): void {
  const reads = new Map<string, string[]>();
  for (const derived of terms.derived ?? []) {
    if (derived?.fact !== undefined) reads.set(derived.fact, factsIn((derived.cases ?? []).map((item) => item?.when)));
  }
  for (const [i, derived] of (terms.derived ?? []).entries()) {
    const start = derived?.fact;
    const circle = start === undefined ? undefined : circleFrom(start, reads);
    if (!circle) continue;
    const expected = 'facts that do not depend on themselves';
    findings.add('CYCLE', at(at('derived', i), 'fact'), { found: circle.join(' -> '), expected, says: 'the fact is computed from itself' });
  }
}

function circleFrom(start: string, reads: ReadonlyMap<string, string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let fact = queue.shift(); fact !== undefined; fact = queue.shift()) {
    for (const next of reads.get(fact) ?? []) {
      if (next === start) {
        const way = [start];
        for (let step: string | undefined = fact; step !== undefined && step !== start; step = cameFrom.get(step)) way.unshift(step);
        return [start, ...way];
      }
      if (cameFrom.has(next) || !reads.has(next)) continue;
      cameFrom.set(next, fact);
      queue.push(next);
    }
  }
  return undefined;
}

/** Names of all facts that the conditions read. */
function factsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(factsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) =>
    (key === 'fact' || key === 'of') && typeof member === 'string' ? [member] : factsIn(member),
  );
}
