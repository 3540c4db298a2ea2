import { mayGive } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { type Authenticator, isLastAdmin } from '../identity/index.ts';
import { noProgram } from '../program/index.ts';
import { GRANT_COLUMNS, type RoleGrant } from './grant.entity.ts';
import type { GrantRoleInput } from './grant.input.ts';

/** Who of staff has which role. */
export class GrantService {
  private readonly authenticator: Authenticator;

  constructor(authenticator: Authenticator) {
    this.authenticator = authenticator;
  }

  /** From now on; in other processes within seconds. What is held already stays as it is. */
  async grant(context: Context, input: GrantRoleInput): Promise<Outcome<RoleGrant>> {
    const { viewer } = context;
    if ((input.member == null) === (input.token == null)) {
      return refused(userError('INVALID', 'A role is given to a member or to a token', ['member']));
    }
    const program = input.program == null ? null : await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program ?? ''));
    if (!mayGive(viewer.grants, { role: input.role, program: program?.id ?? null })) {
      return refused(userError('INVALID', 'Nobody gives a role that they do not have', ['role']));
    }
    const outcome = await inTransaction<Outcome<RoleGrant>>(context.em, async (tx) => {
      if (!(await isHolder(tx, viewer.organizationId, input))) {
        const [path, what] = input.token == null ? ['member', 'member of staff'] : ['token', 'token of staff'];
        return refused(userError('NOT_FOUND', `There is no such ${what}`, [path!]));
      }
      const held = [input.token ?? null, input.member ?? null, program?.id ?? null, input.role];
      await rows(
        tx,
        `insert into staff_grant (id, organization_id, token_id, member_id, program_id, role, granted_by) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (token_id, member_id, program_id, role) where revoked_at is null do nothing`,
        [newId(), viewer.organizationId, ...held, viewer.name],
      );
      const found = await row<RoleGrant>(
        tx,
        `select ${GRANT_COLUMNS} from staff_grant g where g.token_id is not distinct from $1 and g.member_id is not distinct from $2
         and g.program_id is not distinct from $3 and g.role = $4 and g.revoked_at is null`,
        held,
      );
      noteChange(tx, { before: {}, after: { grant: found!.id, role: found!.role } });
      return done(found!);
    });
    if (outcome.value) this.forget(outcome.value);
    return outcome;
  }

  async revoke(context: Context, id: string): Promise<Outcome<RoleGrant>> {
    const { organizationId, name } = context.viewer;
    const missing = refused(userError('NOT_FOUND', `There is no such grant`, ['grant']));
    if (!isId(id)) return missing;
    const outcome = await inTransaction<Outcome<RoleGrant>>(context.em, async (tx) => {
      if (await isLastAdmin(tx, organizationId, { grantId: id })) {
        return refused(userError('INVALID', 'It is the last admin: without one nobody could grant anything any more', ['grant']));
      }
      const text =
        'update staff_grant set revoked_at = now(), revoked_by = $3 where organization_id = $1 and id = $2 and revoked_at is null';
      await rows(tx, text, [organizationId, id, name]);
      const select = `select ${GRANT_COLUMNS} from staff_grant g where g.organization_id = $1 and g.id = $2`;
      const found = await row<RoleGrant>(tx, select, [organizationId, id]);
      if (found) noteChange(tx, { before: { grant: id, role: found.role }, after: { revokedAt: found.revokedAt } });
      return found ? done(found) : missing;
    });
    if (outcome.value) this.forget(outcome.value);
    return outcome;
  }

  list(
    context: Context,
    filter: { member?: string | null; token?: string | null; revoked: boolean },
    page: Page,
  ): Promise<Connection<RoleGrant>> {
    const list = new List({ select: GRANT_COLUMNS, from: 'staff_grant g', sort: [['g.id', 'uuid']], descending: true });
    list.where('g.organization_id = ?', context.viewer.organizationId);
    for (const [column, id] of [
      ['g.member_id', filter.member],
      ['g.token_id', filter.token],
    ] as const) {
      if (id != null) list.where(`${column} = ?`, isId(id) ? id : null);
    }
    if (!filter.revoked) list.where('g.revoked_at is null');
    return list.read<RoleGrant, RoleGrant>(context.em, page, { cursor: ({ id }) => [id], node: (grant) => grant });
  }

  private forget({ tokenId, memberId }: RoleGrant): void {
    if (tokenId !== null) this.authenticator.forget({ tokenIds: [tokenId] });
    if (memberId !== null) this.authenticator.forget({ memberId });
  }
}

async function isHolder(em: EntityManager, organizationId: string, { member, token }: GrantRoleInput): Promise<boolean> {
  const id = token ?? member ?? '';
  if (!isId(id)) return false;
  const text =
    token == null
      ? 'select 1 from staff_member where id = $1 and organization_id = $2 and disabled_at is null'
      : "select 1 from api_token where id = $1 and organization_id = $2 and kind = 'staff' and revoked_at is null";
  return (await row(em, text, [id, organizationId])) !== undefined;
}
