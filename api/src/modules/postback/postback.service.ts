import { FieldReader } from '@tributary/shared/facts';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { Key } from '../../platform/keys.ts';
import type { IntakeService, RecordedFact } from '../intake/index.ts';
import { noProgram, type Program } from '../program/index.ts';
import type { OrganizationService } from '../sandbox/index.ts';
import { factsOf } from './facts.ts';
import { POSTBACK_KEY_COLUMNS, type PostbackKey } from './postback.entity.ts';
import type { CreatePostbackKeyInput, RevokePostbackKeyInput } from './postback.input.ts';
import { isSigned, secretOf } from './signature.ts';

const MOST_KEYS = 50;

export interface NewPostbackKey {
  readonly postbackKey: PostbackKey;
  readonly secret: string;
}

/** What became of a postback. `unsigned`: nobody knows who sent it. */
export type Heard =
  | { readonly unsigned: true }
  | { readonly unsigned?: false; readonly facts: readonly RecordedFact[]; readonly userErrors: readonly UserError[] };

/** Facts that shops tell by calling an address, signed. */
export class PostbackService {
  private readonly keys: readonly Key[];
  private readonly intake: IntakeService;
  private readonly organizations: OrganizationService;

  constructor(keys: readonly Key[], intake: IntakeService, organizations: OrganizationService) {
    this.keys = keys;
    this.intake = intake;
    this.organizations = organizations;
  }

  async createKey(context: Context, { program: programKey, name }: CreatePostbackKeyInput): Promise<Outcome<NewPostbackKey>> {
    const { em, services, viewer } = context;
    const program = await services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    const read = new FieldReader();
    const label = read.text(name, ['name'], 100)?.trim();
    if (!label) read.refuse(['name'], 'A key has a name.');
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    return inTransaction(em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/postback-keys`]);
      const held = await row<{ count: bigint }>(tx, 'select count(*) from postback_key where program_id = $1 and revoked_at is null', [
        program.id,
      ]);
      if (held!.count >= MOST_KEYS) return refused(userError('TOO_MANY', `A program has ${MOST_KEYS} keys at most; revoke one.`));
      const id = newId();
      const { version } = this.keys[0] as Key;
      const postbackKey = await row<PostbackKey>(
        tx,
        `insert into postback_key as k (id, organization_id, program_id, name, key_version, made_by) values ($1, $2, $3, $4, $5, $6) returning ${POSTBACK_KEY_COLUMNS}`,
        [id, program.organizationId, program.id, label, version, viewer.name],
      );
      return done({ postbackKey: postbackKey as PostbackKey, secret: secretOf(this.keys, id, version) as string });
    });
  }

  /** From now on what is signed with it is not believed. Revoked once, it stays so. */
  async revokeKey(context: Context, { program: programKey, key }: RevokePostbackKeyInput): Promise<Outcome<PostbackKey>> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    return inTransaction(context.em, async (tx) => {
      const found = isId(key)
        ? await row<PostbackKey>(
            tx,
            `update postback_key k set revoked_at = coalesce(revoked_at, now()) where id = $1 and program_id = $2 returning ${POSTBACK_KEY_COLUMNS}`,
            [key, program.id],
          )
        : undefined;
      return found === undefined ? refused(userError('NOT_FOUND', 'There is no such key.', ['key'])) : done(found);
    });
  }

  async list(context: Context, programKey: string, page: Page): Promise<Connection<PostbackKey>> {
    const program: Program | undefined = await context.services.programs.find(context, programKey);
    const list = new List({ select: POSTBACK_KEY_COLUMNS, from: 'postback_key k', sort: [['k.id', 'uuid']], descending: true });
    list.where('k.program_id = ?', program?.id ?? null);
    return list.read<PostbackKey, PostbackKey>(context.em, page, { cursor: ({ id }) => [id], node: (key) => key });
  }

  /** Records what a postback tells, all or nothing, as if it had come by GraphQL. Its signature is the name of the call: it counts once. */
  async hear(em: EntityManager, parameters: ReadonlyMap<string, string>): Promise<Heard> {
    const key = await this.keyOf(em, parameters.get('key') ?? '');
    const secret = key && secretOf(this.keys, key.id, key.keyVersion);
    if (key === undefined || secret === undefined || !isSigned(secret, parameters)) return { unsigned: true };
    const facts = factsOf(parameters);
    if (!Array.isArray(facts)) return { facts: [], userErrors: [facts] };
    const now = await this.organizations.now({ em }, key.organizationId);
    const call = (parameters.get('signature') as string).toLowerCase();
    const told = facts.map((fact) => ({ fact, now, by: `postback of ${key.name}`, call }));
    const results = await this.intake.recordTold({ id: key.programId, organizationId: key.organizationId }, told);
    return { facts: results, userErrors: results.flatMap(({ userErrors }) => userErrors) };
  }

  private keyOf(em: EntityManager, id: string): Promise<PostbackKey | undefined> {
    if (!isId(id)) return Promise.resolve(undefined);
    return row<PostbackKey>(em, `select ${POSTBACK_KEY_COLUMNS} from postback_key k where k.id = $1 and k.revoked_at is null`, [id]);
  }
}
