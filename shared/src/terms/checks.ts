import { checkAttribution } from './checks/attribution.ts';
import { checkClauses, checkDates } from './checks/clauses.ts';
import { checkConditions } from './checks/conditions.ts';
import { contextOf } from './checks/context.ts';
import { checkFacts } from './checks/facts.ts';
import { checkLifecycle } from './checks/lifecycle.ts';
import { checkLists } from './checks/lists.ts';
import { checkProgram } from './checks/program.ts';
import { checkRates } from './checks/rates.ts';
import type { Terms } from './document.ts';
import type { Draft } from './draft.ts';
import type { Findings } from './finding.ts';

/**
 * What can be said of a document without an order: what is open, contradictory, cyclic, unreachable or out of bounds.
 * Works on what is left of a document with faults, so that these findings come together with those of its form.
 */
export function checkTerms(terms: Draft<Terms>, findings: Findings): void {
  const context = contextOf(terms, findings);
  checkDates(context);
  checkProgram(context);
  checkFacts(context);
  checkConditions(context);
  checkAttribution(context);
  checkRates(context);
  checkLifecycle(context);
  // These two look at what the others found and used.
  checkClauses(context);
  checkLists(context);
}
