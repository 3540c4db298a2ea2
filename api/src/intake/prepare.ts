import {
  normaliseActivity,
  normaliseClick,
  normaliseOrder,
  normaliseOrderEvent,
  normaliseRegistration,
  type Refusal,
} from '@tributary/shared/facts';
import { formOf, type ProgramTerms, versionAt } from './programTerms.ts';
import type { Ready, Told } from './types.ts';

/** Brings a fact into normal form, or says what is wrong with it. Nothing is read for that: what is refused here touches no row. */
export function prepare(terms: ProgramTerms, { fact, now, by }: Told): Ready | Refusal {
  const form = formOf(versionAt(terms, now));
  switch (fact.kind) {
    case 'click': {
      const normal = normaliseClick(fact.input, form, now);
      if (!normal.ok) return normal.refusal;
      return { fact: { kind: fact.kind, content: normal.content, at: normal.at, isFirst: fact.isFirst ?? false }, now, by };
    }
    case 'registration': {
      const normal = normaliseRegistration(fact.input, form, now);
      return normal.ok ? { fact: { kind: fact.kind, content: normal.content, at: normal.at }, now, by } : normal.refusal;
    }
    case 'order': {
      const normal = normaliseOrder(fact.input, form, now);
      return normal.ok ? { fact: { kind: fact.kind, content: normal.content, at: normal.at }, now, by } : normal.refusal;
    }
    case 'event': {
      const normal = normaliseOrderEvent(fact.input, form, now);
      return normal.ok ? { fact: { kind: fact.kind, content: normal.content, at: normal.at }, now, by } : normal.refusal;
    }
    case 'activity': {
      const normal = normaliseActivity(fact.input, form, now);
      return normal.ok ? { fact: { kind: fact.kind, content: normal.content, at: normal.at }, now, by } : normal.refusal;
    }
    default:
      return { fact, now, by };
  }
}
