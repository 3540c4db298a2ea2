import type { Role } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { count, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { isLastAdmin } from '../identity/index.ts';
import { INVITATION_DAYS, invitationMail, passwordUrl } from './mails.ts';
import { makePasswordLink } from './password-links.ts';
import type { SignIn } from './sign-in.ts';
import { checkInvitation } from './staff.errors.ts';
import type { InviteStaffInput } from './staff.input.ts';

export interface Member {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly email: string;
  readonly hasSecondFactor: boolean;
  /** Did they ever set a password, or sign in with a company account? */
  readonly accepted: boolean;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

export interface Session {
  readonly id: string;
  readonly memberId: string;
  readonly startedAt: Date;
  readonly usedAt: Date;
  readonly endsAt: Date;
  readonly address: string | null;
  readonly device: string | null;
}

const MEMBER = `select m.id, m.organization_id as "organizationId", m.name, m.email, m.two_factor_enabled as "hasSecondFactor",
  exists (select from staff_account a where a.member_id = m.id) as accepted, m.created_at as "createdAt", m.disabled_at as "disabledAt"
  from staff_member m`;
const SESSION = `select s.id, s.member_id as "memberId", s.created_at as "startedAt", s.updated_at as "usedAt", s.expires_at as "endsAt",
  nullif(s.ip_address, '') as address, nullif(s.user_agent, '') as device from staff_session s`;

export interface NewMember {
  readonly organizationId: string;
  readonly name: string;
  readonly email: string;
  readonly invitedBy: string | null;
}

/** Who of staff there is. People belong to a live organization; whoever acts in a sandbox, or has its token, sees and invites nobody. */
export class StaffService {
  private readonly signIn: SignIn;

  constructor(signIn: SignIn) {
    this.signIn = signIn;
  }

  /** Within a transaction of the caller; undefined: somebody has that address. */
  async create(em: EntityManager, { organizationId, name, email, invitedBy }: NewMember): Promise<string | undefined> {
    const text = `insert into staff_member (id, organization_id, name, email, invited_by) values ($1, $2, $3, $4, $5)
      on conflict (email) do nothing returning id`;
    return (await row<{ id: string }>(em, text, [newId(), organizationId, name, email, invitedBy]))?.id;
  }

  /** Once more for somebody who has not accepted yet: another link. */
  async invite(context: Context, input: InviteStaffInput): Promise<Outcome<Member>> {
    const errors = checkInvitation(input, context.viewer.grants);
    if (errors.length > 0) return refused(...errors);
    const email = input.email.trim().toLowerCase();
    const name = input.name.trim();
    const outcome = await inTransaction<Outcome<Member>>(context.em, async (tx) => {
      const { organizationId } = context.viewer;
      if (!(await isLive(tx, organizationId))) return refused(userError('INVALID', 'A sandbox has no staff of its own'));
      const id = await this.create(tx, { organizationId, name, email, invitedBy: context.viewer.memberId });
      if (id) await grantRoles(tx, { organizationId, id }, input.roles, context.viewer.name);
      const member = id ? await findMember(tx, organizationId, id) : await findByEmail(tx, organizationId, email);
      if (!member || member.accepted || member.disabledAt) {
        return refused(userError('CONFLICT', 'Somebody has that e-mail address already', ['email']));
      }
      await this.sendInvitation(tx, member, context.viewer.name);
      noteChange(tx, { before: {}, after: { member: member.id, invited: true } });
      return done(member);
    });
    if (outcome.value) this.signIn.outbox.wake();
    return outcome;
  }

  /** Within a transaction of the caller. Answers the secret of the link that was mailed. */
  async sendInvitation(em: EntityManager, { id, name, email }: Pick<Member, 'id' | 'name' | 'email'>, by: string): Promise<string> {
    const token = await makePasswordLink(em, id, new Date(Date.now() + INVITATION_DAYS * 86_400_000));
    await this.signIn.outbox.put(em, invitationMail({ name, email, token, by, publicUrl: this.signIn.publicUrl() }));
    return token;
  }

  /**
   * Where nobody of staff can sign in yet: invites the first one, once more when an earlier link has ended. Answers the address of the
   * link, or nothing where there is nobody to invite.
   */
  async inviteFirst(em: EntityManager, { name, email }: { readonly name: string; readonly email: string }): Promise<string | undefined> {
    const token = await inTransaction(em, async (tx) => {
      // Of processes that start together one invites.
      const home = await row<{ id: string }>(tx, "select id from organization where kind = 'live' order by created_at limit 1 for update");
      const others = await row(
        tx,
        'select from staff_member m where m.email <> $1 or exists (select from staff_account where member_id = m.id)',
        [email],
      );
      if (!home || others) return undefined;
      const id = await this.create(tx, { organizationId: home.id, name, email, invitedBy: null });
      const member = (await findByEmail(tx, home.id, email))!;
      if (id) await grantRoles(tx, member, ['admin'], 'Tributary');
      const waiting = await row(tx, 'select from staff_verification where value = $1 and expires_at > $2', [member.id, new Date()]);
      return id || !waiting ? this.sendInvitation(tx, member, 'Tributary') : undefined;
    });
    if (token !== undefined) this.signIn.outbox.wake();
    return token && passwordUrl(this.signIn.publicUrl(), token);
  }

  /** Somebody with a role in all programs and a password: for trying. Nothing where the address is taken. */
  async createWithPassword(em: EntityManager, { role, password, ...member }: NewMember & { role: Role; password: string }): Promise<void> {
    const { $context } = await this.signIn.auth();
    // Slow, as it has to be: not within the transaction.
    const hash = await (await $context).password.hash(password);
    await inTransaction(em, async (tx) => {
      const id = await this.create(tx, member);
      if (!id) return;
      await grantRoles(tx, { organizationId: member.organizationId, id }, [role], 'Tributary');
      const text = `insert into staff_account (id, member_id, provider_id, account_id, password) values ($1, $2, 'credential', $3, $4)`;
      await rows(tx, text, [newId(), id, id, hash]);
    });
  }

  async find(context: Context, id: string): Promise<Member | undefined> {
    return isId(id) ? findMember(context.em, context.viewer.organizationId, id) : undefined;
  }

  /** In the order in which they came. */
  /** `only`: the one of this id, if there is one; null: all. */
  async list(context: Context, only: string | null, page: Page): Promise<Connection<Member>> {
    const { em, viewer } = context;
    const found = await rows<Member>(
      em,
      `${MEMBER} where m.organization_id = $1 and ($2::uuid is null or m.id > $2) and ($5::text is null or m.id::text = $5)
       order by m.id limit $3 offset $4`,
      [viewer.organizationId, page.after?.[0] ?? null, page.limit, page.offset, only],
    );
    return makeConnection({
      rows: found,
      page,
      cursor: ({ id }) => [id],
      node: (member) => member,
      count: () =>
        count(em, 'select count(*) from staff_member where organization_id = $1 and ($2::text is null or id::text = $2)', [
          viewer.organizationId,
          only,
        ]),
    });
  }

  /** A member who is disabled can't sign in, and all sessions end. */
  async setDisabled(context: Context, id: string, isDisabled: boolean): Promise<Outcome<Member>> {
    if (id === context.viewer.memberId) return refused(userError('INVALID', 'Nobody can do that to themselves', ['id']));
    const ended: string[] = [];
    const outcome = await inTransaction<Outcome<Member>>(context.em, async (tx) => {
      ended.length = 0;
      const member = isId(id) ? await findMember(tx, context.viewer.organizationId, id) : undefined;
      if (!member) return refused(userError('NOT_FOUND', `There is no member of staff ${id}`, ['id']));
      if (isDisabled && (await isLastAdmin(tx, member.organizationId, { memberId: id }))) {
        return refused(userError('INVALID', 'It is the last admin: without one nobody could grant anything any more', ['id']));
      }
      await rows(
        tx,
        `update staff_member set disabled_at = case when $2 then coalesce(disabled_at, $3) end, updated_at = $3 where id = $1`,
        [id, isDisabled, new Date()],
      );
      if (isDisabled) ended.push(...(await endAll(tx, id)));
      const now = (await findMember(tx, member.organizationId, id))!;
      noteChange(tx, { before: { disabledAt: member.disabledAt }, after: { disabledAt: now.disabledAt, endedSessions: ended } });
      return done(now);
    });
    if (outcome.value) context.services.authenticator.forget({ memberId: id });
    if (outcome.value) for (const sessionId of ended) this.signIn.sessions.forget({ sessionId });
    return outcome;
  }

  /** Those that still hold, the last used first. */
  sessionsOf(context: Context, memberId: string): Promise<Session[]> {
    const text = `${SESSION} where s.member_id = $1 and s.expires_at > $2 order by s.updated_at desc limit 100`;
    return rows<Session>(context.em, text, [memberId, new Date()]);
  }

  /** Ends one session: one's own, or with `any` anybody's of the organization. */
  async endSession(context: Context, id: string, any: boolean): Promise<Outcome<Session>> {
    const { viewer } = context;
    const text = `${SESSION} join staff_member m on m.id = s.member_id
      where s.id = $1 and (s.member_id = $2 or ($3 and m.organization_id = $4)) and s.expires_at > $5`;
    const values = [id, viewer.memberId, any, viewer.organizationId, new Date()];
    const outcome = await inTransaction<Outcome<Session>>(context.em, async (tx) => {
      const session = isId(id) ? await row<Session>(tx, text, values) : undefined;
      if (!session) return refused(userError('NOT_FOUND', `There is no session ${id}`, ['id']));
      await rows(tx, 'delete from staff_session where id = $1', [id]);
      noteChange(tx, { before: { session: id, member: session.memberId }, after: { session: null } });
      return done(session);
    });
    if (outcome.value) this.signIn.sessions.forget({ sessionId: id });
    return outcome;
  }
}

export function findMember(em: EntityManager, organizationId: string, id: string): Promise<Member | undefined> {
  return row<Member>(em, `${MEMBER} where m.id = $1 and m.organization_id = $2`, [id, organizationId]);
}

function findByEmail(em: EntityManager, organizationId: string, email: string): Promise<Member | undefined> {
  return row<Member>(em, `${MEMBER} where m.email = $1 and m.organization_id = $2`, [email, organizationId]);
}

/** Within a transaction of the caller: the ids of the sessions that end. */
export async function endAll(em: EntityManager, memberId: string): Promise<string[]> {
  const ended = await rows<{ id: string }>(em, 'delete from staff_session where member_id = $1 returning id', [memberId]);
  await rows(em, 'delete from staff_verification where value = $1', [memberId]);
  return ended.map(({ id }) => id);
}

/** In all programs, within a transaction of the caller. */
export async function grantRoles(
  em: EntityManager,
  { organizationId, id }: Pick<Member, 'organizationId' | 'id'>,
  roles: readonly Role[],
  by: string,
): Promise<void> {
  const all = [...new Set(roles)];
  await rows(
    em,
    `insert into staff_grant (id, organization_id, member_id, role, granted_by)
     select id, $1, $2, role, $3 from unnest($4::uuid[], $5::text[]) as g (id, role)`,
    [organizationId, id, by, all.map(() => newId()), all],
  );
}

async function isLive(em: EntityManager, organizationId: string): Promise<boolean> {
  return (await row(em, "select from organization where id = $1 and kind = 'live'", [organizationId])) !== undefined;
}
