import { type GrantedRole, mayGive, type Role } from '../../access/index.ts';
import type { Context, ViewerKind } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { count, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import type { Authenticator } from './authenticator.ts';
import { Token } from './identity.entity.ts';
import { checkNewToken, checkRotation, noToken } from './identity.errors.ts';
import type { CreateTokenInput, RotateTokenInput } from './identity.input.ts';
import { isLastAdmin } from './last-admin.ts';
import { findToken, isOfSomebodyElse, isReplaced, managesTokens, nextExpiry, rolesHeld } from './rotation.ts';
import { newSecret } from './secret.ts';

export interface NewToken {
  readonly organizationId: string;
  readonly kind: ViewerKind;
  readonly affiliateId: string | null;
  /** Which of the affiliate's people holds it. */
  readonly personId?: string | null;
  readonly name: string;
  readonly expiresAt: Date | null;
  /** What a token of staff may do. */
  readonly roles?: readonly GrantedRole[];
  readonly by?: string;
  readonly replacesId?: string | null;
  /** The member of staff whose it is. */
  readonly memberId?: string | null;
  /** What a token of others may do, where it is limited. */
  readonly scopes?: string[] | null;
  readonly programIds?: string[] | null;
}

export interface IssuedToken {
  readonly token: Token;
  /** Known only now. */
  readonly secret: string;
}

export interface RotatedToken extends IssuedToken {
  /** It goes on until it expires. */
  readonly replaced: Token;
}

export class TokenService {
  private readonly authenticator: Authenticator;

  constructor(authenticator: Authenticator) {
    this.authenticator = authenticator;
  }

  /** Within a transaction of the caller. */
  async issue(em: EntityManager, { roles = [], by = 'Tributary', ...given }: NewToken): Promise<IssuedToken> {
    const { text, hash, prefix } = newSecret(given.kind);
    const { organizationId } = given;
    const token = {
      id: newId(),
      personId: null,
      replacesId: null,
      memberId: null,
      scopes: null,
      programIds: null,
      ...given,
      prefix,
      secretHash: hash,
      createdAt: new Date(),
      revokedAt: null,
      lastUsedAt: null,
      lastUsedFrom: null,
    };
    await em.insert(Token, token);
    await rows(
      em,
      `insert into staff_grant (id, organization_id, token_id, program_id, role, granted_by)
       select id, $1, $2, program, role, $3 from unnest($4::uuid[], $5::uuid[], $6::text[]) as g (id, program, role)`,
      [organizationId, token.id, by, roles.map(() => newId()), roles.map(({ program }) => program), roles.map(({ role }) => role)],
    );
    return { token: token as unknown as Token, secret: text };
  }

  async create(context: Context, input: CreateTokenInput): Promise<Outcome<IssuedToken>> {
    const errors = checkNewToken(input, Date.now());
    if (errors.length > 0) return refused(...errors);
    const { organizationId } = context.viewer;
    return inTransaction(context.em, async (transaction) => {
      const affiliateId = input.affiliate == null ? null : await findAffiliate(transaction, organizationId, input.affiliate);
      if (affiliateId === undefined) return refused(userError('NOT_FOUND', `There is no affiliate ${input.affiliate}`, ['affiliate']));
      const programs = await programIdsOf(transaction, organizationId, input.programs);
      if (programs.errors) return programs;
      const roles = rolesOf(context, input.role, programs.value);
      if (roles.errors) return roles;
      const expiresAt = input.expiresAt == null ? null : new Date(input.expiresAt);
      const limits = input.kind === 'staff' ? {} : { scopes: input.scopes ?? null, programIds: programs.value };
      const token = { organizationId, kind: input.kind, affiliateId, name: input.name, expiresAt, ...limits };
      const issued = await this.issue(transaction, { ...token, roles: roles.value, by: context.viewer.name });
      noteChange(transaction, { before: {}, after: { token: issued.token.id, prefix: issued.token.prefix } });
      return done(issued);
    });
  }

  /**
   * A new token takes over from another, which goes on for the overlap and then dies. Whoever rotates the own token
   * keeps the day on which it ends: a stolen token can't prolong itself.
   */
  async rotate(context: Context, input: RotateTokenInput): Promise<Outcome<RotatedToken>> {
    const { viewer } = context;
    const wallClock = Date.now();
    const errors = checkRotation(input, managesTokens(viewer), wallClock);
    if (errors.length > 0) return refused(...errors);
    const outcome = await inTransaction<Outcome<RotatedToken>>(context.em, async (transaction) => {
      const old = await findToken(transaction, viewer, input.id);
      if (!old) return refused(noToken(input.id));
      if (old.revokedAt || (old.expiresAt && old.expiresAt.getTime() <= wallClock)) {
        return refused(userError('CONFLICT', 'The token is dead already; make a new one', ['id']));
      }
      if (await isReplaced(transaction, old.id)) return refused(userError('CONFLICT', 'Another token took over from it already', ['id']));
      if (isOfSomebodyElse(old, viewer)) return refused(userError('INVALID', 'It is of a person: only that person replaces it', ['id']));
      const {
        id,
        organizationId,
        kind,
        affiliateId = null,
        personId = null,
        memberId = null,
        scopes = null,
        programIds = null,
        name,
      } = old;
      const expiresAt = input.expiresAt == null ? nextExpiry(old, viewer, wallClock) : new Date(input.expiresAt);
      const roles = await rolesHeld(transaction, id);
      const same = { organizationId, kind, affiliateId, personId, memberId, scopes, programIds, name, roles };
      const issued = await this.issue(transaction, { ...same, expiresAt, replacesId: id, by: viewer.name });
      const dies = wallClock + input.overlapSeconds * 1_000;
      old.expiresAt = new Date(Math.min(dies, old.expiresAt?.getTime() ?? dies));
      noteChange(transaction, { before: { token: id }, after: { token: issued.token.id, prefix: issued.token.prefix } });
      return done({ ...issued, replaced: old });
    });
    if (outcome.value) this.authenticator.forget({ tokenIds: [outcome.value.replaced.id] });
    return outcome;
  }

  /** From now on the token opens nothing; in other processes within seconds. Once more changes nothing. */
  async revoke(context: Context, id: string | null | undefined): Promise<Outcome<Token>> {
    const { viewer } = context;
    const outcome = await inTransaction<Outcome<Token>>(context.em, async (transaction) => {
      const token = await findToken(transaction, viewer, id);
      if (!token) return refused(noToken(id));
      if (token.revokedAt === null && (await isLastAdmin(transaction, viewer.organizationId, { tokenId: token.id }))) {
        return refused(userError('INVALID', 'It is the last admin: without one nobody could grant anything any more', ['id']));
      }
      const before = { token: token.id, revokedAt: token.revokedAt };
      token.revokedAt ??= new Date();
      noteChange(transaction, { before, after: { revokedAt: token.revokedAt } });
      return done(token);
    });
    if (outcome.value) this.authenticator.forget({ tokenIds: [outcome.value.id] });
    return outcome;
  }

  /** Within a transaction of the caller: all that one of an affiliate's people, or the whole affiliate, holds. Forget them after the commit. */
  async revokeAll(em: EntityManager, by: { personId: string } | { affiliateId: string }): Promise<string[]> {
    const [column, id] = 'personId' in by ? ['person_id', by.personId] : ['affiliate_id', by.affiliateId];
    const text = `update api_token set revoked_at = $2 where ${column} = $1 and revoked_at is null returning id`;
    return (await rows<{ id: string }>(em, text, [id, new Date()])).map((token) => token.id);
  }

  forget(ids: readonly string[]): void {
    this.authenticator.forget({ tokenIds: ids });
  }

  /** Newest first. */
  async list(context: Context, page: Page): Promise<Connection<Token>> {
    const { em, viewer } = context;
    const owned = { organizationId: viewer.organizationId };
    const found = await em.find(
      Token,
      { ...owned, ...(page.after ? { id: { $lt: String(page.after[0]) } } : {}) },
      { orderBy: { id: 'desc' }, limit: page.limit, offset: page.offset },
    );
    return makeConnection({
      rows: found,
      page,
      cursor: (token) => [token.id],
      node: (token) => token,
      count: () => count(em, 'select count(*) from api_token where organization_id = $1', [viewer.organizationId]),
    });
  }
}

/** Our ids of programs, by their keys; null: all. */
async function programIdsOf(
  em: EntityManager,
  organizationId: string,
  keys: string[] | null | undefined,
): Promise<Outcome<string[] | null>> {
  if (keys == null) return done(null);
  const text = 'select id, key from program where organization_id = $1 and key = any($2::text[])';
  const found = await rows<{ id: string; key: string }>(em, text, [organizationId, keys]);
  const known = new Set(found.map(({ key }) => key));
  const unknown = keys.findIndex((key) => !known.has(key));
  return unknown < 0 ? done(found.map(({ id }) => id)) : refused(noProgramOf(keys[unknown]!, unknown));
}

/** The roles of a new token of staff. Nobody gives what they do not have. */
function rolesOf({ viewer }: Context, role: Role | null | undefined, programs: readonly string[] | null): Outcome<readonly GrantedRole[]> {
  if (role == null) return done([]);
  const places = programs ?? [null];
  if (!places.every((program) => mayGive(viewer.grants, { role, program })))
    return refused(userError('INVALID', 'Nobody gives a role that they do not have', ['role']));
  return done(places.map((program) => ({ role, program })));
}

function noProgramOf(key: string, index: number): ReturnType<typeof userError> {
  return userError('NOT_FOUND', `There is no program ${JSON.stringify(key)}`, ['programs', String(index)]);
}

async function findAffiliate(em: EntityManager, organizationId: string, externalId: string): Promise<string | undefined> {
  const text = `select fact_id from fact_key where slice = $1 and scope_id = $2 and kind = 'affiliate' and external_id = $3`;
  return (await row<{ fact_id: string }>(em, text, [sliceOf(externalId), organizationId, externalId]))?.fact_id;
}

/** The caller's own ids of affiliates, by ours. */
export async function externalIdsOf(em: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; external_id: string }>(em, 'select id, external_id from affiliate where id = any($1::uuid[])', [
    ids,
  ]);
  return new Map(found.map(({ id, external_id }) => [id, external_id]));
}
