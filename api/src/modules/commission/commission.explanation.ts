import type { Context } from '../../context.ts';
import type { Derivation } from './commission.entity.ts';

const ATTRIBUTION = new Set(['staff', 'coupon', 'tie', 'click', 'nobody']);

/** Ids of the rules by which a decision found whom the order is attributed to. */
export async function attributionRules(
  { em, services, viewer }: Context,
  { programId, termsVersionId, steps }: Derivation,
): Promise<string[]> {
  const { versions } = await services.intake.termsOf(em, programId, viewer.organizationId);
  const { clauses } = versions.find(({ id }) => id === termsVersionId)!.compiled;
  return [...new Set(steps.filter(([kind]) => ATTRIBUTION.has(kind)).map(([, clause]) => clauses[clause]!.clause.id))];
}
