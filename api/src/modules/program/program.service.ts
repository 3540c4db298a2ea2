import type { Terms } from '@tributary/shared/terms';
import { formatInstant } from '@tributary/shared/time';
import { holdsIn } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import type { ApprovalKind } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import { lockTurns, noteClosing, turnsOf } from './closing.ts';
import { accessFrom, grantedPrograms } from './narrow.ts';
import type { Program } from './program.entity.ts';
import { checkSuccession, noProgram, readDocument } from './program.errors.ts';
import type { CreateProgramInput, PublishTermsInput } from './program.input.ts';
import { programsNear } from './program.loader.ts';
import type { NewVersion, TermsStore, TermsVersion } from './terms-store.ts';

const COLUMNS = 'id, organization_id as "organizationId", key, name, unit';
const MAX_CACHED = 20_000;
const MAX_ATTEMPTS = 20;
/** Bundled terms hold from the beginning of time. */
const BUNDLED_FROM = 0;

/** Terms that are not published. */
export interface TermsDraft {
  /** Null: it cannot be read. */
  readonly document: Terms | null;
  readonly problems: readonly UserError[];
}

export class ProgramService {
  /** Programs by organization and key. A program never changes. */
  private readonly known = new Map<string, Program>();
  private readonly terms: TermsStore;
  private readonly bundled: ReadonlyMap<string, Terms>;

  constructor(terms: TermsStore, bundled: ReadonlyMap<string, Terms>) {
    this.terms = terms;
    this.bundled = bundled;
  }

  bundledKeys(): string[] {
    return [...this.bundled.keys()];
  }

  /** A program of the viewer's organization, by its key. Where the viewer may not do what is being done it is not there. */
  async find(context: Context, key: string): Promise<Program | undefined> {
    const found = await this.named(context, key);
    if (!found) return undefined;
    const { affiliateId } = context.viewer;
    return affiliateId === null || (await context.load(programsNear).load(affiliateId)).includes(found.id) ? found : undefined;
  }

  /** The same for a caller who looks for an affiliate's enrollment next: without it the program may be none of theirs, which `find` tells. */
  async named(context: Context, key: string): Promise<Program | undefined> {
    const found = await this.lookUp(context, key);
    return found && holdsIn(context.viewer.grants, accessFrom(context), found.id) ? found : undefined;
  }

  private async lookUp(context: Context, key: string): Promise<Program | undefined> {
    const { organizationId } = context.viewer;
    const at = `${organizationId}/${key}`;
    const known = this.known.get(at);
    if (known) return known;
    const text = `select ${COLUMNS} from program where organization_id = $1 and key = $2`;
    const [found] = await rows<Program>(context.em, text, [organizationId, key]);
    if (!found) return undefined;
    if (this.known.size >= MAX_CACHED) this.known.clear();
    this.known.set(at, found);
    return found;
  }

  /** Ordered by key. */
  async list(context: Context, page: Page): Promise<Connection<Program>> {
    const { em, viewer } = context;
    const list = new List({ select: COLUMNS, from: 'program', sort: [['key', 'text']] });
    list.where('organization_id = ?', viewer.organizationId);
    const granted = grantedPrograms(context);
    if (granted) list.where('id = any(?::uuid[])', granted);
    if (viewer.affiliateId !== null) list.where('id = any(?::uuid[])', await context.load(programsNear).load(viewer.affiliateId));
    return list.read<Program, Program>(em, page, { cursor: ({ key }) => [key], node: (program) => program });
  }

  /** Within a transaction of the caller: copies of bundled programs, for an organization that is new. */
  async createBundled(em: EntityManager, organizationId: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const document = this.bundled.get(key)!;
      const program = await insertProgram(em, organizationId, document);
      await this.terms.publish(em, {
        programId: program!.id,
        document,
        holdsFrom: BUNDLED_FROM,
        publishedAt: Date.now(),
        publishedBy: 'Tributary',
      });
    }
  }

  async create(context: Context, { document, holdsFrom }: CreateProgramInput): Promise<Outcome<Program>> {
    const read = readDocument(document);
    if (read.errors) return read;
    const { viewer } = context;
    const publishedAt = await context.now();
    return inTransaction(context.em, async (transaction) => {
      const program = await insertProgram(transaction, viewer.organizationId, read.value);
      if (!program) {
        const message = `There is a program ${read.value.program.key} already; publishTerms gives it new terms`;
        return refused(userError('CONFLICT', message, ['document', 'program', 'key']));
      }
      const version = { programId: program.id, document: read.value, holdsFrom: holdsFrom ?? BUNDLED_FROM };
      await this.terms.publish(transaction, { ...version, publishedAt, publishedBy: viewer.name });
      return done(program);
    });
  }

  /** Publishing terms may take a second person. */
  readonly publishing: ApprovalKind<PublishTermsInput, TermsVersion> = {
    needs: 'terms.publish',
    rule: 'terms',
    check: async (context, input) => {
      const ready = await this.prepare(context, input);
      return ready.errors ? ready : done({ programId: ready.value.program.id, subject: `terms from ${formatInstant(input.holdsFrom)}` });
    },
    run: (context, input) => this.publishTerms(context, input),
  };

  /** The version as it would be published, or everything that speaks against it. */
  private async prepare(context: Context, input: PublishTermsInput): Promise<Outcome<{ program: Program; version: NewVersion }>> {
    const program = await this.find(context, input.program);
    if (!program) return refused(noProgram(input.program));
    const read = readDocument(input.document);
    if (read.errors) return read;
    const publishedAt = await context.now();
    const before = (await this.terms.of(context.em, program.id)).versions.at(-1)?.document;
    const errors = checkSuccession(program, before, read.value, input.holdsFrom, publishedAt);
    if (errors.length > 0) return refused(...errors);
    const { name } = context.viewer;
    const version = { programId: program.id, document: read.value, holdsFrom: input.holdsFrom, publishedAt, publishedBy: name };
    return done({ program, version });
  }

  /** What would be published, and everything that speaks against it; null: there is no such program. Nothing is written. */
  async draft(context: Context, input: PublishTermsInput): Promise<TermsDraft | null> {
    if (!(await this.find(context, input.program))) return null;
    const read = readDocument(input.document);
    if (read.errors) return { document: null, problems: read.errors };
    return { document: read.value, problems: (await this.prepare(context, input)).errors ?? [] };
  }

  private async publishTerms(context: Context, input: PublishTermsInput): Promise<Outcome<TermsVersion>> {
    const ready = await this.prepare(context, input);
    if (ready.errors) return ready;
    const { program, version } = ready.value;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const id = await inTransaction(context.em, async (transaction) => {
        await lockTurns(transaction, program.id);
        const made = await this.terms.publish(transaction, version);
        await noteClosing(transaction, program.id, await turnsOf(transaction, program.id), await this.terms.load(transaction, program.id));
        noteChange(transaction, { before: {}, after: { termsVersion: made } });
        return made;
      });
      this.terms.forget(program.id);
      const { versions } = await this.terms.of(context.em, program.id);
      const published = versions.find((other) => other.id === id);
      if (published) return done(published);
    }
    throw new Error(`Others keep publishing terms of the program ${program.key}`);
  }
}

/** Undefined: the organization has a program of that key already. */
async function insertProgram(em: EntityManager, organizationId: string, { program, reward }: Terms): Promise<Program | undefined> {
  const [inserted] = await rows<Program>(
    em,
    `insert into program (id, organization_id, key, name, unit) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, key) do nothing returning ${COLUMNS}`,
    [newId(), organizationId, program.key, program.name, reward.unit],
  );
  return inserted;
}
