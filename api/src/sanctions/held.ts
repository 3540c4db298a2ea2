import type { EntityManager } from '../platform/database/orm.ts';
import { hotRows, rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { type UserError, userError } from '../platform/graphql/user-error.ts';

/** Of a table or alias with `affiliate_id`: may its affiliate be on a sanctions list? */
export const heldOn = (alias: string): string =>
  `exists (select from sanctions_match s where s.affiliate_id = ${alias}.affiliate_id and s.status in ('held', 'confirmed'))`;

/** What it is called where money stops for it. Whom it stops for learns no more than that. */
export const UNDER_REVIEW = 'The affiliate is under review; nothing is paid until that is settled.';

const UNDER_REVIEW_APART = 'The affiliate is under review and takes part in nothing further.';

/** For whom of them nothing leaves. */
export async function heldAmong(em: EntityManager, affiliateIds: readonly string[]): Promise<Set<string>> {
  const text = `select a.affiliate_id as id from unnest($1::uuid[]) as a (affiliate_id) where ${heldOn('a')}`;
  return new Set((await hotRows<{ id: string }>(em, text, [affiliateIds])).map(({ id }) => id));
}

export const underReview = (): UserError => userError('UNDER_REVIEW', UNDER_REVIEW, ['affiliate']);

/** Why nothing leaves for an affiliate; null: it may. */
export async function whyHeld(em: EntityManager, affiliateId: string): Promise<UserError | null> {
  return (await heldAmong(em, [affiliateId])).size === 0 ? null : underReview();
}

/**
 * Why somebody takes part in nothing any more; null: they may. The rows are locked, so that whoever confirms a match sees what began before.
 */
export async function whyBarred(tx: Transaction, affiliateId: string): Promise<UserError | null> {
  const found = await rows<{ status: string }>(tx, 'select status from sanctions_match where affiliate_id = $1 for share', [affiliateId]);
  return found.some(({ status }) => status === 'confirmed') ? userError('UNDER_REVIEW', UNDER_REVIEW_APART, ['affiliate']) : null;
}
