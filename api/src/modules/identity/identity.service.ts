import { type GrantedRole, mayGive } from '../../access/index.ts';
import type { Context, ViewerKind } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { count, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId, sliceOf } from '../../platform/ids.ts';
import type { Authenticator } from './authenticator.ts';
import { Token } from './identity.entity.ts';
import { checkNewToken } from './identity.errors.ts';
import type { CreateTokenInput } from './identity.input.ts';
import { isLastAdmin } from './last-admin.ts';
import { newSecret } from './secret.ts';

export interface NewToken {
  readonly organizationId: string;
  readonly kind: ViewerKind;
  readonly affiliateId: string | null;
  readonly name: string;
  readonly expiresAt: Date | null;
  /** What a token of staff may do. */
  readonly roles?: readonly GrantedRole[];
  readonly by?: string;
}

export interface IssuedToken {
  readonly token: Token;
  /** Known only now. */
  readonly secret: string;
}

export class TokenService {
  private readonly authenticator: Authenticator;

  constructor(authenticator: Authenticator) {
    this.authenticator = authenticator;
  }

  /** Within a transaction of the caller. */
  async issue(em: EntityManager, issued: NewToken): Promise<IssuedToken> {
    const { organizationId, kind, affiliateId, name, expiresAt, roles = [], by = 'Tributary' } = issued;
    const { text, hash, prefix } = newSecret(kind);
    const token = {
      id: newId(),
      organizationId,
      kind,
      affiliateId,
      name,
      prefix,
      secretHash: hash,
      createdAt: new Date(),
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
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
      const roles = await rolesOf(transaction, context, input);
      if (roles.errors) return roles;
      const expiresAt = input.expiresAt == null ? null : new Date(input.expiresAt);
      const token = { organizationId, kind: input.kind, affiliateId, name: input.name, expiresAt };
      return done(await this.issue(transaction, { ...token, roles: roles.value, by: context.viewer.name }));
    });
  }

  /** From now on the token opens nothing; in other processes within seconds. Once more changes nothing. */
  async revoke(context: Context, id: string): Promise<Outcome<Token>> {
    const { organizationId } = context.viewer;
    const missing = refused(userError('NOT_FOUND', `There is no token ${id}`, ['id']));
    if (!isId(id)) return missing;
    const outcome = await inTransaction<Outcome<Token>>(context.em, async (transaction) => {
      const token = await transaction.findOne(Token, { id, organizationId });
      if (!token) return missing;
      if (token.revokedAt === null && (await isLastAdmin(transaction, organizationId, { tokenId: id }))) {
        return refused(userError('INVALID', 'It is the last admin: without one nobody could grant anything any more', ['id']));
      }
      token.revokedAt ??= new Date();
      return done(token);
    });
    if (outcome.value) this.authenticator.forget({ tokenId: id });
    return outcome;
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

/** The roles of a new token of staff. Nobody gives what they do not have. */
async function rolesOf(
  em: EntityManager,
  { viewer }: Context,
  { role, programs }: CreateTokenInput,
): Promise<Outcome<readonly GrantedRole[]>> {
  if (role == null) return done([]);
  const may = (program: string | null) => mayGive(viewer.grants, { role, program });
  if (programs == null) {
    return may(null)
      ? done([{ role, program: null }])
      : refused(userError('INVALID', 'Nobody gives a role that they do not have', ['role']));
  }
  const found = await rows<{ id: string; key: string }>(
    em,
    'select id, key from program where organization_id = $1 and key = any($2::text[])',
    [viewer.organizationId, programs],
  );
  const unknown = programs.findIndex((key) => !found.some((program) => program.key === key));
  if (unknown >= 0) return refused(noProgramOf(programs[unknown]!, unknown));
  if (!found.every(({ id }) => may(id))) return refused(userError('INVALID', 'Nobody gives a role that they do not have', ['role']));
  return done(found.map(({ id }) => ({ role, program: id })));
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
