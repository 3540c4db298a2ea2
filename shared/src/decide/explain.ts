import type { CompiledTerms } from '../terms/compile.ts';
import type { Clause } from '../terms/document.ts';
import { describeClause, LANGUAGES, type Language } from '../terms/words.ts';
import { click, coupon, nobody, staff, tie } from './explain/attribution.ts';
import { earn, exclude, rate } from './explain/lines.ts';
import { available, breach, cap, derived, misfit, program, qualification, quality, removed, self, share, unpaid } from './explain/order.ts';
import type { ExplainContext, Scope, Told } from './explain/told.ts';
import type { SeenFact } from './explain/values.ts';
import { STEP_WORDS } from './explain/words/index.ts';
import type { Step, StepKind } from './types.ts';

export type { ExplainContext } from './explain/told.ts';
export type { SeenFact } from './explain/values.ts';

/** One step of a decision, for people and for programs. */
export interface ExplainedStep {
  kind: StepKind;
  /** The rule that the clause carries, and further ones that it carries out. */
  rule: string;
  also: string[];
  /** Document and place that the clause rests on. */
  source: string | null;
  /** True, or why, where the published document is silent. */
  assumed: boolean | string;
  /** What the clause says, in the abstract. */
  clauseText: string;
  /** The line's SKU or the click's id; null: it is about the order. */
  subject: string | null;
  facts: SeenFact[];
  /** A word that stays the same, whatever the sentence says. */
  conclusion: string;
  sentence: string;
  /** What the subject earns after this step, in minor units of the reward; null: the step does not say. */
  amountAfter: bigint | null;
}

const TELLERS: Record<StepKind, (scope: Scope) => Told> = {
  staff,
  coupon,
  tie,
  click,
  nobody,
  derived,
  program,
  self,
  misfit,
  order: qualification,
  breach,
  exclude,
  rate,
  share,
  quality,
  earn,
  cap,
  unpaid,
  removed,
  available,
};

/** Turns a stored derivation into steps with facts and sentences, by the terms that it was made with (ALL-03). */
export function explain(compiled: CompiledTerms, steps: readonly Step[], context: ExplainContext): ExplainedStep[] {
  return steps.map((step) => explainStep(compiled, steps, step, context));
}

function explainStep(compiled: CompiledTerms, steps: readonly Step[], step: Step, context: ExplainContext): ExplainedStep {
  const [kind, number, ...values] = step;
  const entry = compiled.clauses[number]!;
  const { language = LANGUAGES[0] } = context;
  const told = TELLERS[kind]({ ...context, language, words: STEP_WORDS[language], compiled, entry, steps, values });
  const { subject = null, facts = [], conclusion, amountAfter = null } = told;
  const rules = told.rules ?? [entry.clause.id];
  // What a proven breach rests on is another clause than that which tells of it.
  const clause =
    rules[0] === entry.clause.id ? entry.clause : (compiled.clauses.find((item) => item.clause.id === rules[0])?.clause ?? entry.clause);
  return {
    kind,
    rule: rules[0] ?? clause.id,
    also: [...new Set([...rules.slice(1), ...(clause.also ?? [])])],
    source: clause.source ?? null,
    assumed: clause.assumed ?? false,
    clauseText: textOf(compiled, clause, language),
    subject,
    facts,
    conclusion,
    sentence: `${told.sentence} (${rules.join(', ')})`,
    amountAfter,
  };
}

const texts = new WeakMap<CompiledTerms, Map<Clause, Partial<Record<Language, string>>>>();

/** To find a clause's place the whole document is looked through, so that its words are kept. */
function textOf(compiled: CompiledTerms, clause: Clause, language: Language): string {
  const known = texts.get(compiled) ?? new Map<Clause, Partial<Record<Language, string>>>();
  texts.set(compiled, known);
  const said = known.get(clause) ?? {};
  known.set(clause, said);
  said[language] ??= describeClause(compiled.terms, clause, language);
  return said[language];
}
