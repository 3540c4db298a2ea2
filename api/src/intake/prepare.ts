import {
  normaliseActivity,
  normaliseClick,
  normaliseOrder,
  normaliseOrderEvent,
  normaliseRegistration,
  type Refusal,
} from '@tributary/shared/facts';
import { formOf, type ProgramTerms, versionAt } from './programTerms.ts';
import type { Prepared, Ready, Told } from './types.ts';

/** Brings a fact into normal form, or says what is wrong with it. Nothing is read for that: what is refused here touches no row. */
export function prepare(terms: ProgramTerms, told: Told): Ready | Refusal {
  const { now, by, call } = told;
  const fact = normalised(terms, told);
  return 'code' in fact ? fact : { fact, now, by, call };
}

function normalised(terms: ProgramTerms, { fact, now }: Told): Prepared | Refusal {
  const form = formOf(versionAt(terms, now));
  switch (fact.kind) {
    case 'click': {
      const normal = normaliseClick(fact.input, form, now);
      if (!normal.ok) return normal.refusal;
      const { kind, isFirst = false, isLate = false, through } = fact;
      return { kind, content: normal.content, at: normal.at, isFirst, isLate, through };
    }
    case 'registration': {
      const normal = normaliseRegistration(fact.input, form, now);
      return normal.ok ? { kind: fact.kind, content: normal.content, at: normal.at } : normal.refusal;
    }
    case 'order': {
      const normal = normaliseOrder(fact.input, form, now);
      return normal.ok ? { kind: fact.kind, content: normal.content, at: normal.at } : normal.refusal;
    }
    case 'event': {
      const normal = normaliseOrderEvent(fact.input, form, now);
      return normal.ok ? { kind: fact.kind, content: normal.content, at: normal.at } : normal.refusal;
    }
    case 'activity': {
      const normal = normaliseActivity(fact.input, form, now);
      return normal.ok ? { kind: fact.kind, content: normal.content, at: normal.at } : normal.refusal;
    }
    default:
      return fact;
  }
}
