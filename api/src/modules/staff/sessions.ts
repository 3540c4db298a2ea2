import type { IncomingHttpHeaders } from 'node:http';
import { type GrantedRole, type Grants, grantsOf, NOTHING } from '../../access/index.ts';
import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { forbidden } from '../../platform/graphql/errors.ts';
import { isId } from '../../platform/ids.ts';
import type { Key } from '../../platform/keys.ts';
import { isSameOrigin } from '../../platform/same-origin.ts';
import { grantedTo } from '../identity/index.ts';
import type { Auth } from './auth.ts';
import { readCookies, signAnew } from './cookies.ts';

/** How long another process's revocation may stay unseen here. */
const CACHE_MS = 5_000;
const USED_EVERY_MS = 60_000;
const MAX_CACHED = 10_000;
/** Names the sandbox to act in. */
export const ACTING_HEADER = 'x-tributary-organization';
/** Says that a page asks by itself, with nobody at work: the session is not used by that. */
export const QUIET_HEADER = 'x-tributary-quiet';

/** Who signed in, and where they act. */
export interface SignedIn {
  readonly sessionId: string;
  readonly memberId: string;
  readonly name: string;
  readonly organizationId: string;
  readonly grants: Grants;
  /** Nothing is permitted before they set up a second factor. */
  readonly needsSecondFactor: boolean;
}

interface Cached {
  readonly member: SignedIn;
  readonly until: number;
}

interface SessionRow {
  readonly name: string;
  readonly organization_id: string;
  readonly expires_at: Date;
  readonly ends_at: Date;
  readonly updated_at: Date;
  readonly granted: readonly GrantedRole[];
  /** Has a password, and nothing besides. */
  readonly has_one_factor: boolean;
}

export interface SessionsOptions {
  readonly orm: Orm;
  readonly auth: () => Promise<Auth>;
  readonly keys: readonly Key[];
  readonly publicUrl: () => string;
  readonly idleMinutes: number;
  readonly secondFactorRequired: boolean;
}

/** Says who sends a request with a cookie. Answers from memory for a few seconds. */
export class Sessions {
  private readonly cache = new Map<string, Cached>();
  /** Grows whenever a session ends here: what was read before is then not kept. */
  private ended = 0;
  private readonly options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.options = options;
  }

  /** `__Secure-` where it travels by https only. */
  get cookieName(): string {
    return `${this.options.publicUrl().startsWith('https:') ? '__Secure-' : ''}tributary.session_token`;
  }

  /** The cookies that the library may see, as it verifies them. */
  cookieHeader(header: string | undefined, wanted: (name: string) => boolean): string {
    return [...readCookies(header)]
      .filter(([name]) => wanted(name))
      .map(([name, value]) => `${name}=${signAnew(value, this.options.keys)}`)
      .join('; ');
  }

  /** Null: no session, or none that is valid. Throws where a cookie comes from a page of somebody else. */
  async signedIn(headers: IncomingHttpHeaders): Promise<SignedIn | null> {
    const cookie = readCookies(headers.cookie).get(this.cookieName);
    if (!cookie) return null;
    if (!isSameOrigin({ headers, publicUrl: this.options.publicUrl() })) throw forbidden('A session counts for pages of this server only');
    const acting = headers[ACTING_HEADER];
    const key = `${cookie} ${acting ?? ''}`;
    const isQuiet = headers[QUIET_HEADER] !== undefined;
    const now = Date.now();
    const cached = this.cache.get(key);
    if (cached && cached.until > now) return cached.member;
    this.cache.delete(key);
    const before = this.ended;
    const member = await this.find(headers, acting, now);
    if (!member || before !== this.ended) return member;
    if (this.cache.size >= MAX_CACHED) this.cache.clear();
    // What was read quietly noted no use: whoever works is looked for anew.
    if (!isQuiet) this.cache.set(key, { member, until: now + CACHE_MS });
    return member;
  }

  /** An end in this process, or other roles of a member, hold at once. */
  forget({ sessionId, memberId }: { readonly sessionId?: string; readonly memberId?: string }): void {
    this.ended += 1;
    for (const [key, { member }] of this.cache) {
      if (member.sessionId === sessionId || member.memberId === memberId) this.cache.delete(key);
    }
  }

  private async find(headers: IncomingHttpHeaders, acting: string | string[] | undefined, now: number): Promise<SignedIn | null> {
    const { api } = await this.options.auth();
    const cookie = this.cookieHeader(headers.cookie, (name) => name === this.cookieName);
    const found = await api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } });
    if (!found) return null;
    const { id } = found.session;
    const em = this.options.orm.em.fork() as EntityManager;
    const session = await row<SessionRow>(
      em,
      `select m.name, m.organization_id, s.expires_at, s.ends_at, s.updated_at, ${grantedTo('member_id = m.id')} as granted,
         not m.two_factor_enabled and exists (select from staff_account a where a.member_id = m.id and a.provider_id = 'credential') as has_one_factor
       from staff_session s join staff_member m on m.id = s.member_id
       where s.id = $1 and m.disabled_at is null and s.expires_at > $2`,
      [id, new Date(now)],
    );
    if (!session) return null;
    const organizationId = await placeOf(em, session.organization_id, acting);
    const isUse = headers[QUIET_HEADER] === undefined;
    if (isUse && now - session.updated_at.getTime() > USED_EVERY_MS) await this.noteUse(em, id, session, now);
    const needsSecondFactor = this.options.secondFactorRequired && session.has_one_factor;
    const grants = needsSecondFactor ? NOTHING : grantsOf(session.granted);
    return { sessionId: id, memberId: found.user.id, name: session.name, organizationId, grants, needsSecondFactor };
  }

  private async noteUse(em: EntityManager, id: string, { ends_at }: SessionRow, now: number): Promise<void> {
    const expiresAt = new Date(Math.min(now + this.options.idleMinutes * 60_000, ends_at.getTime()));
    await rows(em, 'update staff_session set expires_at = $2, updated_at = $3 where id = $1', [id, expiresAt, new Date(now)]);
  }
}

/** The member's own organization, or one of its sandboxes. */
async function placeOf(em: EntityManager, own: string, acting: string | string[] | undefined): Promise<string> {
  if (acting === undefined || acting === '' || acting === own) return own;
  const id = String(acting);
  const sandbox = isId(id) ? await row(em, 'select from organization where id = $1 and parent_id = $2', [id, own]) : undefined;
  if (!sandbox) throw forbidden(`The header ${ACTING_HEADER} names no sandbox of your organization`);
  return id;
}
