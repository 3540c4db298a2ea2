import { spanMs } from '../../time/index.ts';
import type { Span } from '../document.ts';
import type { Draft } from '../draft.ts';
import { at } from '../finding.ts';
import { type CheckContext, factAt } from './context.ts';
import { repeated } from './program.ts';

const SHORTEST_YEAR_DAYS = 365;

/** When a commission is usable and when it is gone. */
export function checkLifecycle(context: CheckContext): void {
  const { lifecycle, expiry } = context.terms;
  const { findings } = context;
  const after = lifecycle?.available?.after ?? [];
  for (const [i, name] of after.entries()) {
    const where = at('lifecycle.available.after', i);
    const fact = factAt(context, name, where);
    if (!fact?.type) continue;
    if (fact.type !== 'instant') {
      findings.add('WRONG_TYPE', where, { found: name, expected: 'an instant of the order', says: `the fact is of type ${fact.type}` });
    } else if (fact.level !== 'order') {
      findings.add('NOT_ALLOWED_HERE', where, {
        found: name,
        expected: 'an instant of the order',
        says: `it is a fact of the ${fact.level}`,
      });
    }
  }
  repeated(context, after, 'lifecycle.available.after');
  const earnsFrom = factAt(context, lifecycle?.earnsFrom?.fact, 'lifecycle.earnsFrom.fact');
  if (earnsFrom && earnsFrom.level !== 'order') {
    const says = `it is a fact of the ${earnsFrom.level}`;
    findings.add('NOT_ALLOWED_HERE', 'lifecycle.earnsFrom.fact', { found: earnsFrom.path, expected: 'a fact of the order', says });
  }
  const lock = lengthOf(lifecycle?.available?.plus);
  const life = expiry?.at?.kind === 'span' ? lengthOf((expiry.at as { span?: Draft<Span> }).span) : undefined;
  if (lock !== undefined && life !== undefined && life < lock) {
    const says = 'earnings would be kept for a shorter time than they are locked';
    findings.add('CONTRADICTION', 'expiry.at.span', { expected: 'at least as long as lifecycle.available.plus', says });
  }
}

function lengthOf(span: Draft<Span> | undefined): number | undefined {
  if (span === undefined) return undefined;
  const { years, ...rest } = span as { years?: number; days?: number; hours?: number; minutes?: number };
  return spanMs({ ...rest, days: (rest.days ?? 0) + (years ?? 0) * SHORTEST_YEAR_DAYS });
}
