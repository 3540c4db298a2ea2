import { ALL_ROLES, type Permission, ROLES } from '../../access/index.ts';
import { row } from '../../platform/database/sql.ts';
import { isId } from '../../platform/ids.ts';
import type { Act } from '../affiliate/index.ts';

const ANSWERING = ALL_ROLES.filter((role) => (ROLES[role].permissions as readonly Permission[]).includes('request.answer'));

/** A member of staff who may answer requests of the program. In a sandbox: of the organization that it belongs to, by a role for all programs. */
export async function findAssignee({ tx, program }: Act, memberId: string): Promise<{ id: string; name: string } | undefined> {
  if (!isId(memberId)) return undefined;
  return row<{ id: string; name: string }>(
    tx,
    `select m.id, m.name from organization o join staff_member m on m.organization_id = coalesce(o.parent_id, o.id)
     where o.id = $1 and m.id = $2 and m.disabled_at is null and exists (
       select from staff_grant g where g.member_id = m.id and g.revoked_at is null and g.role = any($3::text[])
         and (g.program_id is null or g.program_id = $4))`,
    [program.organizationId, memberId, ANSWERING, program.id],
  );
}
