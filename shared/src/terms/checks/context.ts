import { type Calendar, calendarOf } from '../../time/index.ts';
import { builtInFact, catalogue, type Level } from '../catalogue.ts';
import { isTimeZone } from '../codes.ts';
import type { DeclaredFact, DerivedFact, FactType, Terms } from '../document.ts';
import type { Draft } from '../draft.ts';
import type { Findings } from '../finding.ts';

/** What a document's conditions can know of a fact. */
export interface KnownFact {
  path: string;
  level: Level;
  /** Undefined where its declaration is broken: then nothing more is said of it. */
  type: FactType | undefined;
  /** All its values, where they are a closed set. */
  values?: string[];
  /** It always has one of its values. */
  always: boolean;
  /** Place among the derived facts; these are computed in this order. */
  derivedAt?: number;
}

/** What the entries of a list are used as, and therefore must be. */
export type ListUse = 'countries' | 'hosts' | 'words' | 'texts';

/** What all checks share. */
export interface CheckContext {
  terms: Draft<Terms>;
  findings: Findings;
  calendar: Calendar;
  facts: ReadonlyMap<string, KnownFact>;
  /** Uses of lists, found while conditions are checked; the lists are checked last. */
  listUses: Map<string, Set<ListUse>>;
}

export function contextOf(terms: Draft<Terms>, findings: Findings): CheckContext {
  const zone = terms.program?.timeZone;
  const calendar = calendarOf(zone !== undefined && isTimeZone(zone) ? zone : 'UTC');
  return { terms, findings, calendar, facts: knownFacts(terms, (path) => findings.touch(path)), listUses: new Map() };
}

function knownFacts(terms: Draft<Terms>, hasFault: (path: string) => boolean): Map<string, KnownFact> {
  const facts = new Map<string, KnownFact>();
  for (const { path, level, type, values } of catalogue.facts) {
    facts.set(path, { path, level, type, always: false, ...(values ? { values: [...values] } : {}) });
  }
  const names = terms.classes?.names?.filter((name) => name !== undefined);
  if (!names && !hasFault('classes')) facts.delete('affiliate.class');
  if (names) facts.set('affiliate.class', { path: 'affiliate.class', level: 'affiliate', type: 'text', values: names, always: true });
  const documents = terms.onboarding?.documents?.filter((name) => name !== undefined) ?? [];
  if (!hasFault('onboarding'))
    facts.set('affiliate.documents', { path: 'affiliate.documents', level: 'affiliate', type: 'set', values: documents, always: true });
  for (const fact of terms.facts ?? []) addDeclared(facts, fact);
  for (const [i, fact] of (terms.derived ?? []).entries()) addDerived(facts, fact, i);
  return facts;
}

function addDeclared(facts: Map<string, KnownFact>, fact: Draft<DeclaredFact> | undefined): void {
  if (fact?.level === undefined || fact.name === undefined) return;
  const path = `${fact.level}.${fact.name}`;
  if (!builtInFact(path)) facts.set(path, { path, level: fact.level, type: fact.type, always: false });
}

function addDerived(facts: Map<string, KnownFact>, fact: Draft<DerivedFact> | undefined, derivedAt: number): void {
  const path = fact?.fact;
  if (path === undefined || facts.has(path)) return;
  const values = [...(fact?.cases ?? []).map((item) => item?.is), fact?.otherwise].filter((value) => value !== undefined);
  const level: Level = path.startsWith('order.') ? 'order' : 'customer';
  facts.set(path, { path, level, type: 'text', values: [...new Set(values)], always: true, derivedAt });
}

/** Notes that a list is used; false when there is none of that name. */
export function useList(context: CheckContext, name: string, use: ListUse, path: string): boolean {
  const lists = context.terms.lists ?? {};
  if (!Object.hasOwn(lists, name)) {
    const expected = 'the name of one of the document’s lists';
    context.findings.add('UNKNOWN_LIST', path, { found: name, expected, among: Object.keys(lists), says: 'no such list' });
    return false;
  }
  const uses = context.listUses.get(name) ?? new Set();
  context.listUses.set(name, uses.add(use));
  return true;
}

/** The fact of that path, or a finding. */
export function factAt(context: CheckContext, path: string | undefined, where: string): KnownFact | undefined {
  if (path === undefined) return undefined;
  const fact = context.facts.get(path);
  if (!fact && path === 'affiliate.class') {
    context.findings.add('UNKNOWN_FACT', where, {
      found: path,
      expected: 'another fact, or a section `classes`',
      says: 'the program has no classes',
    });
  } else if (!fact) {
    const expected = 'a built-in fact, or one that the document declares or derives';
    context.findings.add('UNKNOWN_FACT', where, { found: path, expected, among: context.facts.keys(), says: 'no such fact' });
  }
  return fact;
}
