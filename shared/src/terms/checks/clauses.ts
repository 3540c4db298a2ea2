import { clauseProperties } from '../catalogue/shape.ts';
import { dateMillis } from '../codes.ts';
import type { Clause, Condition } from '../document.ts';
import type { Draft } from '../draft.ts';
import { at } from '../finding.ts';
import type { CheckContext } from './context.ts';
import { canonical, conditionKey, covers, isPartOf, overlap, type Period, periodOf } from './periods.ts';

/** A clause of a section, made comparable. */
interface Comparable {
  path: string;
  /** Empty: it holds for everything. */
  key: string;
  period: Period;
  /** What follows from it. */
  conclusion: string;
}

/** Clauses against each other: what can never be reached, what says two things of one case, what is left open. */
export function checkClauses(context: CheckContext): void {
  const { terms, findings } = context;
  const windows = terms.attribution?.windows;
  checkFirstWins(context, comparable(context, 'rates', terms.rates, 'when'), 'rates', terms.rates);
  checkFirstWins(context, comparable(context, 'attribution.windows', windows, 'when'), 'attribution.windows', windows);
  checkAllApply(context, comparable(context, 'traffic', terms.traffic, 'when'), 'UNREACHABLE');
  checkAllApply(context, comparable(context, 'qualification', terms.qualification, 'rejectWhen'), 'UNREACHABLE');
  checkAllApply(context, comparable(context, 'exclusions', terms.exclusions, 'excludeWhen'), 'UNREACHABLE');
  checkAllApply(context, comparable(context, 'adjustments', terms.adjustments, 'when'), 'OVERLAP');
  checkAllApply(context, comparable(context, 'caps', terms.caps, undefined), 'UNREACHABLE');
  for (const [i, clause] of (terms.traffic ?? []).entries()) {
    if (clause?.onConfirmation !== undefined && clause.opensCase !== true) {
      const says = 'there is never a case to confirm';
      findings.add('MISSING', at(at('traffic', i), 'opensCase'), { expected: 'true', says });
    }
    if (clause?.bars !== false || clause.opensCase === true || clause.warns === true) continue;
    const says = 'nothing follows from the clause';
    findings.add('MISSING', at('traffic', i), { expected: 'bars, opensCase or warns to be true', says });
  }
}

/** Conditions as texts that are equal where they say the same; conclusions are all that is neither condition nor common to clauses. */
function comparable(
  context: CheckContext,
  section: string,
  clauses: readonly (Draft<Clause> | undefined)[] | undefined,
  condition: string | undefined,
): Comparable[] {
  return (clauses ?? []).flatMap((clause, i) => {
    const path = at(section, i);
    // A clause with a fault of its own would be compared by what is left of it.
    if (clause === undefined || context.findings.touch(path)) return [];
    const members: Record<string, unknown> = { ...clause };
    const when = condition === undefined ? undefined : (members[condition] as Draft<Condition> | undefined);
    // What is false is as good as left out.
    const conclusion = Object.entries(members).filter(
      ([key, value]) => key !== condition && !Object.hasOwn(clauseProperties, key) && value !== false,
    );
    return [{ path, key: conditionKey(when), period: periodOf(context, clause), conclusion: canonical(Object.fromEntries(conclusion)) }];
  });
}

/** The first clause that holds decides. An earlier one with the same condition may hold for a part of the time: an exception. */
function checkFirstWins({ findings }: CheckContext, clauses: Comparable[], section: string, all: readonly unknown[] | undefined): void {
  for (const [i, clause] of clauses.entries()) {
    const earlier = clauses.slice(0, i);
    const rival = earlier.find(
      (other) =>
        other.key === clause.key &&
        other.conclusion !== clause.conclusion &&
        overlap(other.period, clause.period) &&
        !isPartOf(other.period, clause.period),
    );
    const before = earlier.filter((other) => other.key === '' || other.key === clause.key);
    if (rival) {
      const says = `${rival.path} says something else of the same case at the same time`;
      findings.add('CONTRADICTION', clause.path, { expected: 'one conclusion for one condition, or dates that do not overlap', says });
    } else if (
      covers(
        before.map((other) => other.period),
        clause.period,
      )
    ) {
      const says = `it can never be reached, since ${before.map((other) => other.path).join(', ')} decides first`;
      findings.add('UNREACHABLE', clause.path, { expected: 'a place before what decides first, or another condition or dates', says });
    }
  }
  // With a broken clause nobody can say what is left open; that finding comes when it is mended.
  if (all === undefined || clauses.length < all.length) return;
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const lasts = clauses.filter((clause) => clause.key === '').map((clause) => clause.period);
  if (covers(lasts, always)) return;
  const says = 'it is left open what holds when no condition does';
  findings.add('OPEN', section, { expected: 'a last clause without condition and dates', says });
}

/** Every clause that holds applies. */
function checkAllApply({ findings }: CheckContext, clauses: Comparable[], repeated: 'UNREACHABLE' | 'OVERLAP'): void {
  for (const [i, clause] of clauses.entries()) {
    const rival = clauses.slice(0, i).find((other) => other.key === clause.key && overlap(other.period, clause.period));
    if (!rival) continue;
    if (rival.conclusion !== clause.conclusion) {
      const says = `${rival.path} says something else of the same case at the same time`;
      findings.add('CONTRADICTION', clause.path, { expected: 'one conclusion for one condition, or dates that do not overlap', says });
    } else if (repeated === 'OVERLAP' || covers([rival.period], clause.period)) {
      const says = `${rival.path} says the same already`;
      findings.add(repeated, clause.path, { expected: 'one clause, naming further rules in `also`', says });
    } else {
      const says = `${rival.path} says the same for a part of the time`;
      findings.add('OVERLAP', clause.path, { expected: 'dates that do not overlap', says });
    }
  }
}

/** Where a clause may hold for a time only. Elsewhere a date would not be looked at, so it is refused. */
const DATED = /^(attribution\.windows|traffic|qualification|exclusions|rates|adjustments|lists\..*|lists\[.*\])\[\d+\]$/;

/** Dates of clauses and list entries, wherever they stand. */
export function checkDates(context: CheckContext): void {
  walk(context, context.terms, '');
}

function walk(context: CheckContext, value: unknown, path: string): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(context, item, at(path, i));
  else if (value !== null && typeof value === 'object') {
    const { from, until } = value as { from?: unknown; until?: unknown };
    if (typeof from === 'string' || typeof until === 'string') checkPeriod(context, from, until, path);
    for (const [key, member] of Object.entries(value)) {
      // The keys of cells are values of facts, `from` among them if someone likes.
      if (key !== 'cells') walk(context, member, at(path, key));
    }
  }
}

function checkPeriod({ findings, calendar }: CheckContext, from: unknown, until: unknown, path: string): void {
  const millis: Record<string, number> = {};
  for (const [key, text] of Object.entries({ from, until })) {
    if (typeof text !== 'string') continue;
    const where = at(path, key);
    if (!DATED.test(path)) {
      findings.add('NOT_ALLOWED_HERE', where, { found: text, expected: 'no date', says: 'this clause holds as long as the document does' });
    }
    const instant = dateMillis(text, calendar);
    if (instant === undefined) {
      const expected = 'a day that exists, in the years 1990 to 2199';
      findings.add('BAD_VALUE', where, { found: text, expected, says: 'there is no such day or instant' });
    } else millis[key] = instant;
  }
  if (millis['from'] !== undefined && millis['until'] !== undefined && millis['from'] >= millis['until']) {
    const expected = `a date after ${String(from)}`;
    findings.add('BAD_VALUE', at(path, 'until'), { found: until, expected, says: 'it would end before it begins' });
  }
}
