import { parseDecimal } from '@tributary/shared/money';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import type { Demand } from './kinds.ts';

export type RuleKind = 'terms' | 'withdrawal' | 'adjustment' | 'batch' | 'closing';

/** Whether acts of a kind need a second person. */
export interface SecondPersonRule {
  readonly kind: RuleKind;
  readonly isOn: boolean;
  /** Of acts that move amounts: those above it, by unit, as decimals. A unit without one has no limit. */
  readonly limits: Readonly<Record<string, string>>;
}

/** Where nobody said otherwise: in live organizations, terms, payout batches and closings of programs need two; in sandboxes nothing does. */
const USUAL: readonly RuleKind[] = ['terms', 'batch', 'closing'];
const BY_AMOUNT: readonly RuleKind[] = ['withdrawal', 'adjustment'];

export const hasLimits = (kind: RuleKind) => BY_AMOUNT.includes(kind);

/**
 * What holds for a program: what was set for it last, else for the organization, else what is usual. Also for modules that keep
 * track of two people by themselves.
 */
export async function ruleFor(
  em: EntityManager,
  organizationId: string,
  programId: string | null,
  kind: RuleKind,
): Promise<SecondPersonRule> {
  const found = await row<{ is_on: boolean | null; limits: Record<string, string> | null; live: boolean }>(
    em,
    `select o.kind = 'live' as live, r.is_on, r.limits from organization o left join lateral (
       select is_on, limits from second_person_rule where organization_id = o.id and kind = $3 and (program_id is null or program_id = $2)
       order by program_id is null, id desc limit 1) r on true where o.id = $1`,
    [organizationId, programId, kind],
  );
  return { kind, isOn: found?.is_on ?? (found!.live && USUAL.includes(kind)), limits: found?.limits ?? {} };
}

/** Does an act need a second person? */
export async function needsSecondPerson(context: Context, kind: RuleKind, demand: Pick<Demand, 'programId' | 'amount'>): Promise<boolean> {
  const { isOn, limits } = await ruleFor(context.em, context.viewer.organizationId, demand.programId, kind);
  if (!isOn || !hasLimits(kind)) return isOn;
  const { amount } = demand;
  if (amount === undefined) return true;
  const limit = limits[amount.unit];
  if (limit === undefined) return false;
  if (demand.programId === null) return true;
  const terms = await context.services.intake.termsOf(context.em, demand.programId, context.viewer.organizationId);
  const minor = parseDecimal(limit, terms.versions.at(-1)!.compiled.rewardExponent) ?? 0n;
  return (amount.minor < 0n ? -amount.minor : amount.minor) > minor;
}

/** The person who acts, or the token of nobody in particular. Two tokens of one member are one person. */
export function actorOf({ viewer }: Context): string {
  return (viewer.memberId ?? viewer.tokenId ?? viewer.sessionId)!;
}
