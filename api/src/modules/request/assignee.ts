import { ALL_ROLES, type Permission, ROLES } from '../../access/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { isId } from '../../platform/ids.ts';
import type { Act } from '../affiliate/index.ts';
import type { Program } from '../program/index.ts';

const ANSWERING = ALL_ROLES.filter((role) => (ROLES[role].permissions as readonly Permission[]).includes('request.answer'));

export interface Assignee {
  readonly id: string;
  readonly name: string;
}

const MOST_SHOWN = 500;

/** Members of staff who may answer requests of a program. In a sandbox: of the organization that it belongs to, by a role for all programs. */
const WHO = `select m.id, m.name from organization o join staff_member m on m.organization_id = coalesce(o.parent_id, o.id)
   where o.id = $1 and m.disabled_at is null and exists (
     select from staff_grant g where g.member_id = m.id and g.revoked_at is null and g.role = any($2::text[])
       and (g.program_id is null or g.program_id = $3))`;

export async function findAssignee({ tx, program }: Act, memberId: string): Promise<Assignee | undefined> {
  if (!isId(memberId)) return undefined;
  return row<Assignee>(tx, `${WHO} and m.id = $4`, [program.organizationId, ANSWERING, program.id, memberId]);
}

/** By name. */
export function assigneesOf(em: EntityManager, program: Pick<Program, 'id' | 'organizationId'>): Promise<Assignee[]> {
  return rows<Assignee>(em, `${WHO} order by m.name, m.id limit ${MOST_SHOWN}`, [program.organizationId, ANSWERING, program.id]);
}
