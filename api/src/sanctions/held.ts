import type { EntityManager } from '../platform/database/orm.ts';
import { row } from '../platform/database/sql.ts';
import { type UserError, userError } from '../platform/graphql/user-error.ts';

/** Of a table or alias with `affiliate_id`: may its affiliate be on a sanctions list? */
export const heldOn = (alias: string): string =>
  `exists (select from sanctions_match s where s.affiliate_id = ${alias}.affiliate_id and s.status in ('held', 'confirmed'))`;

/** What it is called where money stops for it. Whom it stops for learns no more than that. */
export const UNDER_REVIEW = 'The affiliate is under review; nothing is paid until that is settled.';

/** Why nothing leaves for an affiliate; null: it may. */
export async function whyHeld(em: EntityManager, affiliateId: string): Promise<UserError | null> {
  const held = await row(em, `select 1 from (select $1::uuid as affiliate_id) a where ${heldOn('a')}`, [affiliateId]);
  return held === undefined ? null : userError('UNDER_REVIEW', UNDER_REVIEW, ['affiliate']);
}
