import { parsePercent } from '../../money/index.ts';
import type { RateClause } from '../document.ts';
import type { Draft } from '../draft.ts';
import { at, type Findings } from '../finding.ts';
import type { CheckContext } from './context.ts';
import { checkTable } from './table.ts';

type Rate<K extends RateClause['rate']['kind']> = Draft<Extract<RateClause['rate'], { kind: K }>>;

/** The insides of rate clauses. */
export function checkRates(context: CheckContext): void {
  for (const [i, clause] of (context.terms.rates ?? []).entries()) {
    const rate = clause?.rate;
    const path = at(at('rates', i), 'rate');
    if (rate?.kind === 'from-line') checkRange(context.findings, rate as Rate<'from-line'>, path);
    if (rate?.kind === 'place-tiers') checkTiers(context.findings, rate as Rate<'place-tiers'>, path);
    if (rate?.kind === 'table' && rate.table) checkTable(context, rate.table, at(path, 'table'));
  }
}

function checkRange(findings: Findings, rate: Rate<'from-line'>, path: string): void {
  const [least, most, missing] = [rate.atLeast, rate.atMost, rate.missing].map((text) => (text === undefined ? null : parsePercent(text)));
  if (typeof least !== 'bigint' || typeof most !== 'bigint') return;
  if (least > most) {
    findings.add('BAD_VALUE', at(path, 'atMost'), {
      found: rate.atMost,
      expected: `at least ${rate.atLeast}`,
      says: 'the bounds are the wrong way round',
    });
  } else if (typeof missing === 'bigint' && (missing < least || missing > most)) {
    const expected = `a percent from ${rate.atLeast} to ${rate.atMost}`;
    findings.add('OUT_OF_BOUNDS', at(path, 'missing'), {
      found: rate.missing,
      expected,
      says: 'a line without a rate would leave the bounds',
    });
  }
}

function checkTiers(findings: Findings, rate: Rate<'place-tiers'>, path: string): void {
  let last = 0;
  for (const [i, tier] of (rate.tiers ?? []).entries()) {
    const place = tier?.fromPlace;
    if (place === undefined) return;
    const where = at(at(at(path, 'tiers'), i), 'fromPlace');
    if (i === 0 && place !== 1)
      findings.add('GAP', where, { found: place, expected: '1', says: 'the places before the first tier have no rate' });
    if (i > 0 && place <= last)
      findings.add('OVERLAP', where, { found: place, expected: `more than ${last}`, says: 'the tiers do not rise' });
    last = place;
  }
}
