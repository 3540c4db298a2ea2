import { row } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';

export interface Leaving {
  readonly grantId?: string;
  readonly tokenId?: string;
  readonly memberId?: string;
}

/**
 * Would a live organization be without an admin of all its programs? Asked before a role or a token is revoked, or a member disabled,
 * in the transaction that does it: the organization's row is locked, so that of two who remove each other one stays.
 */
export async function isLastAdmin(tx: Transaction, organizationId: string, { grantId, tokenId, memberId }: Leaving): Promise<boolean> {
  const organization = await row<{ kind: string }>(tx, 'select kind from organization where id = $1 for no key update', [organizationId]);
  if (organization?.kind !== 'live') return false;
  const found = await row<{ leaving: boolean; staying: boolean }>(
    tx,
    `select coalesce(bool_or(leaves), false) as leaving, coalesce(bool_or(not leaves), false) as staying from (
       select coalesce(g.id = $2 or g.token_id = $3 or t.member_id = $4 or g.member_id = $4, false) as leaves
       from staff_grant g left join api_token t on t.id = g.token_id
       where g.organization_id = $1 and g.role = 'admin' and g.program_id is null and g.revoked_at is null
         and (g.token_id is null or (t.revoked_at is null and (t.expires_at is null or t.expires_at > now())))
         and not exists (select from staff_member m where m.id = coalesce(g.member_id, t.member_id) and m.disabled_at is not null)) admins`,
    [organizationId, grantId ?? null, tokenId ?? null, memberId ?? null],
  );
  return found!.leaving && !found!.staying;
}
