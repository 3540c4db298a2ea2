import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { count, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { factorRemovedMail } from './mails.ts';
import type { SignIn } from './sign-in.ts';
import { checkReason } from './staff.errors.ts';
import type { DecideFactorResetInput, RequestFactorResetInput } from './staff.input.ts';
import { endAll, findMember } from './staff.service.ts';

export interface FactorReset {
  readonly id: string;
  readonly memberId: string;
  readonly organizationId: string;
  readonly reason: string;
  readonly askedById: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly confirmed: boolean | null;
}

const RESET = `select r.id, r.member_id as "memberId", m.organization_id as "organizationId", r.reason, r.asked_by as "askedById", a.name as "askedBy",
  r.asked_at as "askedAt", d.name as "decidedBy", r.decided_at as "decidedAt", r.confirmed
  from factor_reset r join staff_member m on m.id = r.member_id join staff_member a on a.id = r.asked_by left join staff_member d on d.id = r.decided_by`;

/** A lost second factor is removed by two admins. Nobody does it alone, and nobody for themselves: the database refuses it, too. */
export class FactorResetService {
  private readonly signIn: SignIn;

  constructor(signIn: SignIn) {
    this.signIn = signIn;
  }

  async request(context: Context, { member: id, reason }: RequestFactorResetInput): Promise<Outcome<FactorReset>> {
    const { memberId: asker, organizationId } = context.viewer;
    if (!asker) return refused(userError('INVALID', 'Only a member of staff can ask for it, not a token of nobody'));
    const errors = checkReason(reason);
    if (errors.length > 0) return refused(...errors);
    if (id === asker) return refused(userError('INVALID', 'Nobody can ask for it for themselves', ['member']));
    return inTransaction<Outcome<FactorReset>>(context.em, async (tx) => {
      const member = isId(id) ? await findMember(tx, organizationId, id) : undefined;
      if (!member) return refused(userError('NOT_FOUND', `There is no member of staff ${id}`, ['member']));
      if (!member.hasSecondFactor) return refused(userError('CONFLICT', 'The member has no second factor', ['member']));
      const text = `insert into factor_reset (id, member_id, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5)
        on conflict (member_id) where decided_at is null do nothing returning id`;
      const made = await row<{ id: string }>(tx, text, [newId(), id, reason.trim(), asker, new Date()]);
      if (!made) return refused(userError('CONFLICT', 'A request for the member waits already', ['member']));
      noteChange(tx, { before: {}, after: { request: made.id } });
      return done((await findReset(tx, organizationId, made.id))!);
    });
  }

  async decide(context: Context, { id, confirm }: DecideFactorResetInput): Promise<Outcome<FactorReset>> {
    const { memberId: decider, organizationId } = context.viewer;
    if (!decider) return refused(userError('INVALID', 'Only a member of staff can decide it, not a token of nobody'));
    const ended: string[] = [];
    const outcome = await inTransaction<Outcome<FactorReset>>(context.em, async (tx) => {
      if (isId(id)) await row(tx, 'select from factor_reset where id = $1 for update', [id]);
      const reset = isId(id) ? await findReset(tx, organizationId, id) : undefined;
      if (!reset) return refused(userError('NOT_FOUND', `There is no request ${id}`, ['id']));
      if (reset.decidedAt) return refused(userError('CONFLICT', 'It was decided already', ['id']));
      if (reset.memberId === decider) return refused(userError('INVALID', 'Nobody can decide it for themselves'));
      if (confirm && reset.askedById === decider)
        return refused(userError('INVALID', 'Another admin than the one who asked has to confirm it'));
      await rows(tx, 'update factor_reset set decided_by = $2, decided_at = $3, confirmed = $4 where id = $1', [
        id,
        decider,
        new Date(),
        confirm,
      ]);
      if (confirm) ended.push(...(await this.remove(tx, reset)));
      noteChange(tx, { before: { member: reset.memberId, confirmed: null }, after: { confirmed: confirm, endedSessions: ended } });
      return done((await findReset(tx, organizationId, id))!);
    });
    for (const sessionId of ended) this.signIn.sessions.forget({ sessionId });
    if (outcome.value) this.signIn.outbox.wake();
    return outcome;
  }

  /** The newest first. */
  async list(context: Context, page: Page): Promise<Connection<FactorReset>> {
    const { em, viewer } = context;
    const found = await rows<FactorReset>(
      em,
      `${RESET} where m.organization_id = $1 and ($2::uuid is null or r.id < $2) order by r.id desc limit $3 offset $4`,
      [viewer.organizationId, page.after?.[0] ?? null, page.limit, page.offset],
    );
    const all = 'select count(*) from factor_reset r join staff_member m on m.id = r.member_id where m.organization_id = $1';
    return makeConnection({
      rows: found,
      page,
      cursor: ({ id }) => [id],
      node: (reset) => reset,
      count: () => count(em, all, [viewer.organizationId]),
    });
  }

  private async remove(em: EntityManager, { memberId, organizationId }: FactorReset): Promise<string[]> {
    const member = (await findMember(em, organizationId, memberId))!;
    await rows(em, 'delete from staff_two_factor where member_id = $1', [memberId]);
    await rows(em, 'update staff_member set two_factor_enabled = false, updated_at = $2 where id = $1', [memberId, new Date()]);
    await this.signIn.outbox.put(em, factorRemovedMail({ name: member.name, email: member.email, publicUrl: this.signIn.publicUrl() }));
    return endAll(em, memberId);
  }
}

function findReset(em: EntityManager, organizationId: string, id: string): Promise<FactorReset | undefined> {
  return row<FactorReset>(em, `${RESET} where r.id = $1 and m.organization_id = $2`, [id, organizationId]);
}
