import type { EntityManager } from '../platform/database/orm.ts';
import { row, rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { type UserError, userError } from '../platform/graphql/user-error.ts';

/** Of a table or alias with `affiliate_id`: may its affiliate be on a sanctions list? */
export const heldOn = (alias: string): string =>
  `exists (select from sanctions_match s where s.affiliate_id = ${alias}.affiliate_id and s.status in ('held', 'confirmed'))`;

/** What it is called where money stops for it. Whom it stops for learns no more than that. */
export const UNDER_REVIEW = 'The affiliate is under review; nothing is paid until that is settled.';

const UNDER_REVIEW_APART = 'The affiliate is under review and takes part in nothing further.';

/** Why nothing leaves for an affiliate; null: it may. */
export async function whyHeld(em: EntityManager, affiliateId: string): Promise<UserError | null> {
  const held = await row(em, `select 1 from (select $1::uuid as affiliate_id) a where ${heldOn('a')}`, [affiliateId]);
  return held === undefined ? null : userError('UNDER_REVIEW', UNDER_REVIEW, ['affiliate']);
}

/**
 * Why somebody takes part in nothing any more; null: they may. The rows are locked, so that whoever confirms a match sees what began before.
 */
export async function whyBarred(tx: Transaction, affiliateId: string): Promise<UserError | null> {
  const found = await rows<{ status: string }>(tx, 'select status from sanctions_match where affiliate_id = $1 for share', [affiliateId]);
  return found.some(({ status }) => status === 'confirmed') ? userError('UNDER_REVIEW', UNDER_REVIEW_APART, ['affiliate']) : null;
}
