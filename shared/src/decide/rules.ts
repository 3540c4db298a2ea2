import type { ClauseEntry } from '../terms/compile.ts';

/** Notes that a clause, with the further rules that it carries out, was among those that decided. */
export function addRules(rules: Set<string>, entry: ClauseEntry): void {
  rules.add(entry.clause.id);
  if (entry.clause.also !== undefined) for (const rule of entry.clause.also) rules.add(rule);
}
