import { bothOf, type GrantedRole, type Grants, grantsOf, scopedTo } from '../../access/index.ts';
import type { Viewer, ViewerKind } from '../../context.ts';
import type { Orm } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { hashSecret, readSecret } from './secret.ts';

/** How long another process's revocation may stay unseen here. */
const CACHE_MS = 5_000;
const USED_EVERY_MS = 60_000;
const MAX_CACHED = 10_000;

interface Cached {
  readonly viewer: Viewer;
  readonly until: number;
}

interface TokenRow {
  readonly id: string;
  readonly organization_id: string;
  readonly kind: ViewerKind;
  readonly affiliate_id: string | null;
  readonly person_id: string | null;
  readonly name: string;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly member_id: string | null;
  readonly scopes: readonly string[] | null;
  readonly program_ids: readonly string[] | null;
  readonly granted: readonly GrantedRole[];
  readonly granted_to_member: readonly GrantedRole[];
  readonly last_used_from: string | null;
}

/** Says who sends a request. Answers from memory for a few seconds, so that a busy caller's token costs nothing. */
export class Authenticator {
  private readonly cache = new Map<string, Cached>();
  /** Counts what was forgotten: an answer read before that is not kept. */
  private forgotten = 0;
  private readonly orm: Orm;
  private readonly memberChanged: (memberId: string) => void;

  /** `memberChanged`: what is remembered of the member elsewhere is to be forgotten, too. */
  constructor(orm: Orm, memberChanged: (memberId: string) => void = () => {}) {
    this.orm = orm;
    this.memberChanged = memberChanged;
  }

  /** Null: no token, or none that is valid. `from` is the address that it came from. */
  async viewerOf(header: string | undefined, from: string): Promise<Viewer | null> {
    const secret = readSecret(header);
    if (!secret) return null;
    const hash = hashSecret(secret);
    const key = hash.toString('base64');
    const now = Date.now();
    const cached = this.cache.get(key);
    if (cached && cached.until > now) return cached.viewer;
    this.cache.delete(key);
    const { forgotten } = this;
    const token = await this.find(hash);
    if (!token || (token.expires_at && token.expires_at.getTime() <= now)) return null;
    const viewer: Viewer = {
      kind: token.kind,
      organizationId: token.organization_id,
      name: token.name,
      affiliateId: token.affiliate_id,
      personId: token.person_id,
      tokenId: token.id,
      sessionId: null,
      memberId: token.member_id,
      grants: grantsOfToken(token),
    };
    if (this.cache.size >= MAX_CACHED) this.cache.clear();
    const until = Math.min(now + CACHE_MS, token.expires_at?.getTime() ?? Number.POSITIVE_INFINITY);
    if (forgotten === this.forgotten) this.cache.set(key, { viewer, until });
    const isNews = now - (token.last_used_at?.getTime() ?? 0) > USED_EVERY_MS || token.last_used_from !== from;
    if (isNews) await this.noteUse(token.id, from);
    return viewer;
  }

  /** Was it a valid token a while ago? Says nothing of now. */
  knows(header: string | undefined): boolean {
    const secret = readSecret(header);
    return secret !== undefined && this.cache.has(hashSecret(secret).toString('base64'));
  }

  /** What was revoked or changed of tokens or a member, or dies sooner than it was to, does so at once in this process. */
  forget({ tokenIds, memberId }: { readonly tokenIds?: readonly string[]; readonly memberId?: string }): void {
    this.forgotten++;
    for (const [key, { viewer }] of this.cache) {
      const isMeant =
        (viewer.tokenId !== null && tokenIds?.includes(viewer.tokenId)) || (memberId !== undefined && viewer.memberId === memberId);
      if (isMeant) this.cache.delete(key);
    }
    if (memberId !== undefined) this.memberChanged(memberId);
  }

  private find(hash: Buffer): Promise<TokenRow | undefined> {
    const text = `select t.id, t.organization_id, t.kind, t.affiliate_id, t.person_id, t.name, t.expires_at, t.last_used_at, t.last_used_from, t.member_id, t.scopes, t.program_ids,
        ${grantedTo('token_id = t.id')} as granted, ${grantedTo('member_id = t.member_id')} as granted_to_member
      from api_token t where t.secret_hash = $1 and t.revoked_at is null
        and not exists (select from staff_member m where m.id = t.member_id and m.disabled_at is not null)`;
    return row<TokenRow>(this.orm.em.fork(), text, [hash]);
  }

  private async noteUse(id: string, from: string): Promise<void> {
    await rows(this.orm.em.fork(), 'update api_token set last_used_at = now(), last_used_from = $2 where id = $1', [id, from]);
  }
}

/** The roles that stand, as one column of a row: who somebody is and what they may do is read in one statement. */
export function grantedTo(condition: string): string {
  return `(select coalesce(json_agg(json_build_object('role', role, 'program', program_id)), '[]') from staff_grant where ${condition} and revoked_at is null)`;
}

function grantsOfToken({ kind, member_id, scopes, program_ids, granted, granted_to_member }: TokenRow): Grants {
  if (kind !== 'staff') return scopedTo(kind, scopes, program_ids);
  const own = grantsOf(granted);
  return member_id === null ? own : bothOf(own, grantsOf(granted_to_member));
}
