import { catalogue, type Level, type OperatorEntry, operatorNamed } from '../catalogue.ts';
import { countriesMeant, countryCodes, currencyCodes, currencyExponent } from '../codes.ts';
import type { Condition, FactTest } from '../document.ts';
import type { Draft } from '../draft.ts';
import { at } from '../finding.ts';
import { type CheckContext, factAt, type KnownFact, type ListUse, useList } from './context.ts';

/** A condition of the document with its place. */
interface Site {
  section: string;
  levels: readonly Level[];
  condition: Draft<Condition> | undefined;
  path: string;
  /** Inside derived facts: place of the one that is computed. */
  derivedAt?: number;
}

/** Every test of every condition: facts, operators, values, lists. */
export function checkConditions(context: CheckContext): void {
  for (const site of sitesOf(context)) checkCondition(context, site, site.condition, site.path);
}

function sitesOf({ terms }: CheckContext): Site[] {
  return catalogue.sections.flatMap((section) =>
    membersAt(terms, section.conditions.split('.'), '', []).map(({ value, path, indexes }) => ({
      section: section.name,
      levels: section.levels,
      condition: value as Draft<Condition> | undefined,
      path,
      ...(section.name === 'derived' && indexes[0] !== undefined ? { derivedAt: indexes[0] } : {}),
    })),
  );
}

/** All values at a path with `*` for every index. */
function membersAt(
  value: unknown,
  steps: string[],
  path: string,
  indexes: number[],
): { value: unknown; path: string; indexes: number[] }[] {
  const [step, ...rest] = steps;
  if (value === undefined || value === null) return [];
  if (step === undefined) return [{ value, path, indexes }];
  if (step === '*') {
    return Array.isArray(value) ? value.flatMap((item, i) => membersAt(item, rest, at(path, i), [...indexes, i])) : [];
  }
  return membersAt((value as Record<string, unknown>)[step], rest, at(path, step), indexes);
}

function checkCondition(context: CheckContext, site: Site, condition: Draft<Condition> | undefined, path: string): void {
  if (condition === undefined) return;
  if ('all' in condition)
    for (const [i, part] of (condition.all ?? []).entries()) checkCondition(context, site, part, at(at(path, 'all'), i));
  else if ('any' in condition)
    for (const [i, part] of (condition.any ?? []).entries()) checkCondition(context, site, part, at(at(path, 'any'), i));
  else if ('not' in condition) checkCondition(context, site, condition.not, at(path, 'not'));
  else checkTest(context, site, condition as Draft<FactTest>, path);
}

function checkTest(context: CheckContext, site: Site, test: Draft<FactTest>, path: string): void {
  const fact = allowedFact(context, site, test.fact, at(path, 'fact'));
  for (const [name, operand] of Object.entries(test)) {
    const operator = operatorNamed(name);
    if (!operator) continue;
    const where = at(path, name);
    if (fact?.type && !operator.types.includes(fact.type)) {
      const fitting = catalogue.operators.filter((other) => other.types.includes(fact.type as never)).map((other) => other.name);
      const says = `${name} does not fit ${fact.path}, which is of type ${fact.type}`;
      context.findings.add('WRONG_TYPE', where, { found: name, expected: `one of ${fitting.join(', ')}`, says });
    } else checkOperand(context, site, fact, operator, operand, where);
  }
}

/** The fact, if the section may read it. */
function allowedFact(context: CheckContext, site: Site, name: string | undefined, path: string): KnownFact | undefined {
  const fact = factAt(context, name, path);
  if (!fact) return undefined;
  if (!site.levels.includes(fact.level)) {
    const says = `${site.section} cannot read a fact of the ${fact.level}`;
    context.findings.add('NOT_ALLOWED_HERE', path, { found: fact.path, expected: `a fact of ${site.levels.join(', ')}`, says });
  }
  if (site.derivedAt !== undefined && fact.derivedAt !== undefined && fact.derivedAt > site.derivedAt) {
    const says = 'this fact is derived only further down';
    context.findings.add('NOT_ALLOWED_HERE', path, { found: fact.path, expected: 'a derived fact that stands before this one', says });
  }
  return fact;
}

function checkOperand(
  context: CheckContext,
  site: Site,
  fact: KnownFact | undefined,
  operator: OperatorEntry,
  operand: unknown,
  path: string,
): void {
  switch (operator.operand) {
    case 'scalar-or-fact':
      if (operand !== null && typeof operand === 'object')
        checkOtherFact(context, site, fact, (operand as { fact?: string }).fact, at(path, 'fact'));
      else checkScalar(context, fact, operand, path);
      return;
    case 'list':
      if (typeof operand === 'string') checkNamedList(context, fact, operand, path);
      else if (Array.isArray(operand)) checkInlineList(context, fact, operand, path);
      return;
    case 'list-name':
      if (typeof operand === 'string') useList(context, operand, operator.name === 'near' ? 'words' : 'hosts', path);
      return;
    case 'decimal':
      checkBound(context, fact, operand as string, path);
      return;
    case 'span-of': {
      const other = allowedFact(context, site, (operand as { of?: string }).of, at(path, 'of'));
      if (other?.type && other.type !== 'instant') wrongFact(context, other, 'instant', at(path, 'of'));
      if (other && other === fact) sameFact(context, other, at(path, 'of'));
    }
  }
}

function checkOtherFact(context: CheckContext, site: Site, fact: KnownFact | undefined, name: string | undefined, path: string): void {
  const other = allowedFact(context, site, name, path);
  if (!other || !fact) return;
  if (other === fact) sameFact(context, other, path);
  else if (other.type && fact.type && other.type !== fact.type) wrongFact(context, other, fact.type, path);
}

function wrongFact(context: CheckContext, fact: KnownFact, type: string, path: string): void {
  context.findings.add('WRONG_TYPE', path, {
    found: fact.path,
    expected: `a fact of type ${type}`,
    says: `the fact is of type ${fact.type}`,
  });
}

function sameFact(context: CheckContext, fact: KnownFact, path: string): void {
  context.findings.add('BAD_VALUE', path, { found: fact.path, expected: 'another fact', says: 'the fact is compared with itself' });
}

function checkScalar(context: CheckContext, fact: KnownFact | undefined, value: unknown, path: string): void {
  if (!fact?.type) return;
  const wanted = fact.type === 'boolean' ? 'boolean' : fact.type === 'integer' ? 'number' : 'string';
  if (typeof value !== wanted) {
    const expected = wanted === 'boolean' ? 'true or false' : wanted === 'number' ? 'a whole number' : 'a text';
    context.findings.add('WRONG_TYPE', path, { found: value, expected, says: `${fact.path} is of type ${fact.type}` });
    return;
  }
  if (typeof value !== 'string') return;
  if (fact.type === 'country' ? countryCodes.has(value) : (fact.values?.includes(value) ?? true)) return;
  const among = fact.type === 'country' ? countriesMeant(value) : (fact.values ?? []);
  const expected = fact.type === 'country' ? 'a country code of ISO 3166-1' : `one of ${among.join(', ')}`;
  context.findings.add('BAD_VALUE', path, { found: value, expected, among, says: `${fact.path} never has this value` });
}

function checkInlineList(context: CheckContext, fact: KnownFact | undefined, values: unknown[], path: string): void {
  const seen = new Set<unknown>();
  for (const [i, value] of values.entries()) {
    if (value === undefined) continue;
    checkScalar(context, fact, value, at(path, i));
    if (seen.has(value))
      context.findings.add('DUPLICATE', at(path, i), { found: value, expected: 'each value once', says: 'the value stands here twice' });
    seen.add(value);
  }
}

function checkNamedList(context: CheckContext, fact: KnownFact | undefined, name: string, path: string): void {
  const use: ListUse = fact?.type === 'country' ? 'countries' : 'texts';
  if (!useList(context, name, use, path) || !fact?.values) return;
  for (const [i, entry] of (context.terms.lists?.[name] ?? []).entries()) {
    const value = typeof entry === 'string' ? entry : entry?.value;
    if (value !== undefined) checkScalar(context, fact, value, at(at('lists', name), i));
  }
}

/** A bound may not be finer than the fact: it could never be met exactly, or would be misread. */
function checkBound(context: CheckContext, fact: KnownFact | undefined, bound: string, path: string): void {
  if (!fact?.type) return;
  const places = bound.split('.')[1]?.length ?? 0;
  const most = placesOf(context, fact);
  if (places <= most) return;
  const expected = most === 0 ? 'a whole number' : `at most ${most} decimal places`;
  context.findings.add('BAD_VALUE', path, { found: bound, expected, says: `finer than ${fact.path} can be` });
}

const MONEY = new Set(['order.price', 'order.goods', 'order.shipping', 'line.price']);

function placesOf(context: CheckContext, fact: KnownFact): number {
  if (fact.type === 'integer') return 0;
  const currency = context.terms.program?.currency;
  if (!MONEY.has(fact.path) || currency === undefined || !currencyCodes.has(currency)) return 6;
  return currencyExponent(currency);
}
