import type { FastifyRequest } from 'fastify';
import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { appendAudit } from '../audit/index.ts';
import { readCookies } from './cookies.ts';
import { hashIdentifier } from './identifier.ts';
import { ACTING_HEADER, type Sessions } from './sessions.ts';
import type { Body, Step } from './steps.ts';

/** Who it is about, as far as it is known. */
export interface Signing {
  readonly memberId: string;
  readonly name: string;
  readonly organizationId: string;
  /** The session that it happened in. */
  readonly sessionId?: string;
  /** Did they ever sign in, or could they? */
  readonly accepted: boolean;
}

export interface SigningEntry {
  readonly act: string;
  readonly who: Signing | undefined;
  /** Why it was refused; none: it was done. */
  readonly code?: string | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

const LONGEST = 200;
const NOBODY = 'somebody unknown';
const MEMBER = `select m.id as "memberId", m.name, m.organization_id as "organizationId",
  exists (select from staff_account a where a.member_id = m.id) as accepted from staff_member m`;

/** Has sign-ins, and what members do about them, written down in the audit log of their organization: ids, never addresses or secrets. */
export class SignInLog {
  private readonly orm: Orm;
  private readonly sessions: Sessions;

  constructor(orm: Orm, sessions: Sessions) {
    this.orm = orm;
    this.sessions = sessions;
  }

  /** Asked before a step is made: it may end the session, the link or the challenge by which its member is known. */
  async whoTakes({ cookies, takes }: Step, body: Body, request: FastifyRequest): Promise<Signing | undefined> {
    if (cookies === 'session') return this.inSession(request);
    if (cookies === 'challenge') return this.byChallenge(request);
    if ('token' in takes) return this.byVerification(`reset-password:${String(body['token'])}`);
    return row<Signing>(this.em(), `${MEMBER} where m.email = $1`, [String(body['email'])]);
  }

  /** By the cookie of the session that a step began. */
  async whoseCookie(lines: readonly string[]): Promise<Signing | undefined> {
    const value = readCookies(lines.map((line) => line.split(';', 1)[0]).join('; ')).get(this.sessions.cookieName);
    const token = value && tokenOf(value);
    if (!token) return undefined;
    const text = `select s.id as "sessionId", who.* from staff_session s join (${MEMBER}) who on who."memberId" = s.member_id where s.token = $1`;
    return row<Signing>(this.em(), text, [token]);
  }

  async write({ act, who, code, after }: SigningEntry, { id, ip, headers }: FastifyRequest): Promise<void> {
    const organizationId = who?.organizationId ?? (await this.home());
    const acting = { organizationId, actorId: who?.memberId ?? null, actor: who?.name ?? NOBODY, businessAt: Date.now() };
    const details = {
      requestId: id,
      address: ip,
      userAgent: headers['user-agent']?.slice(0, LONGEST),
      sessionId: who?.sessionId,
      ...(code === undefined ? { after } : { codes: [code] }),
    };
    const subject = who ? { member: who.memberId } : {};
    const outcome = code === undefined ? 'done' : 'refused';
    await inTransaction(this.em(), (tx) => appendAudit(tx, acting, { act, subject, outcome, details }));
  }

  private async inSession({ headers }: FastifyRequest): Promise<Signing | undefined> {
    // What somebody does about the own sign-in belongs to no sandbox.
    const { [ACTING_HEADER]: _, ...own } = headers;
    const member = await this.sessions.signedIn(own);
    return member ? { ...member, accepted: true } : undefined;
  }

  private async byChallenge({ headers }: FastifyRequest): Promise<Signing | undefined> {
    const [value] = [...readCookies(headers.cookie)].filter(([name]) => isChallenge(name)).map(([, text]) => text);
    const token = value && tokenOf(value);
    return token ? this.byVerification(token) : undefined;
  }

  private byVerification(identifier: string): Promise<Signing | undefined> {
    const text = `${MEMBER} join staff_verification v on v.value = m.id::text where v.identifier = $1 and v.expires_at > $2`;
    return row<Signing>(this.em(), text, [hashIdentifier(identifier), new Date()]);
  }

  /** Where tries of people whom nobody knows are kept. */
  private async home(): Promise<string> {
    const found = await row<{ id: string }>(this.em(), "select id from organization where kind = 'live' order by created_at limit 1");
    return found!.id;
  }

  private em(): EntityManager {
    return this.orm.em.fork() as EntityManager;
  }
}

/** The cookie of a sign-in that waits for its second factor. */
export const isChallenge = (name: string): boolean => /tributary\.two_factor$/.test(name);

/** What stands before the signature. */
function tokenOf(value: string): string | undefined {
  try {
    return /^(.+)\./.exec(decodeURIComponent(value))?.[1];
  } catch {
    return undefined;
  }
}
