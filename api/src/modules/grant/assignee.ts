import { ALL_ROLES, type Permission, ROLES } from '../../access/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { isId } from '../../platform/ids.ts';
import type { Program } from '../program/index.ts';

/** Somebody of staff to whom work can be handed. */
export interface Assignee {
  readonly id: string;
  readonly name: string;
}

const MOST_ASSIGNEES = 200;

/** `$1`: the organization, `$2`: roles, `$3`: the program. In a sandbox those of the organization that it belongs to, by roles for all programs. */
const HOLDING = `from organization o join staff_member m on m.organization_id = coalesce(o.parent_id, o.id)
  where o.id = $1 and m.disabled_at is null and exists (
    select from staff_grant g where g.member_id = m.id and g.revoked_at is null and g.role = any($2::text[])
      and (g.program_id is null or g.program_id = $3))`;

const rolesWith = (permission: Permission) =>
  ALL_ROLES.filter((role) => (ROLES[role].permissions as readonly Permission[]).includes(permission));

/** A member of staff who holds a permission in the program, by our id. */
export async function findAssignee(
  tx: Transaction,
  program: Program,
  memberId: string,
  permission: Permission,
): Promise<Assignee | undefined> {
  if (!isId(memberId)) return undefined;
  const { organizationId, id } = program;
  return row<Assignee>(tx, `select m.id, m.name ${HOLDING} and m.id = $4`, [organizationId, rolesWith(permission), id, memberId]);
}

/** All members of staff who hold a permission in the program, by name. */
export function assigneesOf(em: EntityManager, { organizationId, id }: Program, permission: Permission): Promise<Assignee[]> {
  const text = `select m.id, m.name ${HOLDING} order by m.name, m.id limit ${MOST_ASSIGNEES}`;
  return rows<Assignee>(em, text, [organizationId, rolesWith(permission), id]);
}
