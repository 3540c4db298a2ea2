import { normaliseOrder, type OrderEventContent, type OrderInput } from '@tributary/shared/facts';
import { type CompiledTerms, compileTerms, type Terms } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import {
  drainRevisits,
  type Fact,
  formOf,
  type ProgramTerms,
  prepare,
  type Recorded,
  recordFacts,
  sortVersions,
  type Told,
  versionAt,
  WITHHELD,
} from '../../intake/index.ts';
import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import { noProgram } from '../program/index.ts';
import { Gatherer } from './gatherer.ts';

const MOST_ITEMS = 1000;
const MOST_IN_FLIGHT = 2;
const LEAST_BESIDE = 16;
const MOST_GATHERERS = 2000;

/** Whose clicks are ours. */
interface ClickIds {
  isForged(click: string, programId: string): boolean;
}

type TermsSource = {
  of(
    em: EntityManager,
    programId: string,
  ): Promise<{ versions: readonly { id: string; number: number; holdsFrom: number; document: Terms }[] }>;
};

/** What a fact's recording answers: our id of its subject, or why it was turned away. */
export interface RecordedFact {
  id: string | null;
  repeated: boolean;
  userErrors: UserError[];
}

/** Takes facts in. Calls that come at once share a transaction; each is answered after its commit. */
export class IntakeService {
  private readonly orm: Orm;
  private readonly terms: TermsSource;
  private readonly clickIds: ClickIds | undefined;
  private readonly gatherers = new Map<string, Gatherer<Told, Recorded>>();
  private readonly compiled = new WeakMap<Terms, CompiledTerms>();
  private readonly programTerms = new WeakMap<object, ProgramTerms>();

  constructor(orm: Orm, terms: TermsSource, clickIds?: ClickIds) {
    this.orm = orm;
    this.terms = terms;
    this.clickIds = clickIds;
  }

  /** Records facts of a program in the order given; answers one by one. */
  async record(context: Context, programKey: string, facts: readonly Fact[]): Promise<RecordedFact[] | UserError> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return noProgram(programKey);
    const now = await context.now();
    return this.recordTold(
      program,
      facts.map((fact) => ({ fact, now, by: context.viewer.name })),
    );
  }

  /** The same, told by whoever `by` names. */
  async recordTold(program: { id: string; organizationId: string }, facts: readonly Told[]): Promise<RecordedFact[]> {
    const forged = facts.map(({ fact }) => this.isForged(fact, program.id));
    const fallen = new Set(facts.flatMap(({ call }, index) => (forged[index] && call !== undefined ? [call] : [])));
    const early = facts.map(({ call }, index) => (forged[index] ? FORGED : call !== undefined && fallen.has(call) ? NOTHING : undefined));
    const told = facts.filter((_, index) => early[index] === undefined);
    const results = told.length === 0 ? [] : await this.gatherer(program.id, program.organizationId).add(told);
    let next = 0;
    return early.map((known) => known ?? answer(results[next++] as Recorded));
  }

  /** What is wrong with facts as far as they themselves tell: null where that is nothing. Nothing is written, and nothing that is known is looked at. */
  async check(em: EntityManager, program: { id: string; organizationId: string }, facts: readonly Told[]): Promise<(UserError | null)[]> {
    const terms = await this.termsOf(em, program.id, program.organizationId);
    return facts.map((told) => {
      if (this.isForged(told.fact, program.id)) return FORGED.userErrors[0] as UserError;
      const ready = prepare(terms, told);
      return 'fact' in ready ? null : userError('INVALID', ready.message, ready.path);
    });
  }

  /** Does it name a click of ours that we never made? Such a name was tampered with. */
  private isForged(fact: Fact, programId: string): boolean {
    if (this.clickIds === undefined || (fact.kind !== 'order' && fact.kind !== 'registration')) return false;
    return typeof fact.input.click === 'string' && this.clickIds.isForged(fact.input.click, programId);
  }

  /** What the server itself tells of a program, as of the instants given. */
  tell(program: { id: string; organizationId: string }, told: readonly Told[]): Promise<Recorded[]> {
    return this.gatherer(program.id, program.organizationId).add(told);
  }

  /** A program's terms, compiled. */
  async termsOf(em: EntityManager, programId: string, organizationId: string): Promise<ProgramTerms> {
    const found = await this.terms.of(em, programId);
    let terms = this.programTerms.get(found);
    if (terms === undefined) {
      const versions = found.versions.map(({ id, number, holdsFrom, document }) => ({
        id,
        number,
        holdsFrom,
        compiled: this.compile(document),
      }));
      terms = { organizationId, programId, versions: sortVersions(versions) };
      this.programTerms.set(found, terms);
    }
    return terms;
  }

  /** Looks again at what a fact or an act of staff has touched. */
  async drain(programId: string, organizationId: string): Promise<void> {
    const em = this.fork();
    await drainRevisits(em, await this.termsOf(em, programId, organizationId));
  }

  /** A correction of an order by staff: a new fact, kept with who and why. */
  async correct(context: Context, programKey: string, content: OrderEventContent): Promise<Outcome<string>> {
    const results = await this.record(context, programKey, [{ kind: 'correction', content }]);
    if (!Array.isArray(results)) return refused(results);
    const [result] = results as [RecordedFact];
    return result.id === null ? refused(...result.userErrors) : done(result.id);
  }

  /** The new content of an order, in normal form. */
  async correctContent(context: Context, programKey: string, order: string, reason: string, input: OrderInput): Promise<Outcome<string>> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    const now = await context.now();
    const terms = await this.termsOf(context.em, program.id, program.organizationId);
    const normal = normaliseOrder(input, formOf(versionAt(terms, now)), now);
    if (!normal.ok) return refused(userError('INVALID', normal.refusal.message, normal.refusal.path));
    return this.correct(context, programKey, { kind: 'corrected', order, reason, content: normal.content });
  }

  async attributeByHand(
    context: Context,
    programKey: string,
    order: string,
    affiliate: string | null | undefined,
    reason: string,
  ): Promise<Outcome<string>> {
    if (affiliate === undefined)
      return refused(userError('INVALID', "It must say whose the order is; null says: nobody's.", ['affiliate']));
    if (affiliate === null) return this.correct(context, programKey, { kind: 'attributed', order, reason, affiliateId: null });
    const { organizationId } = context.viewer;
    const found = await row<{ fact_id: string }>(
      context.em,
      `select fact_id from fact_key where slice = $1 and scope_id = $2 and kind = 'affiliate' and external_id = $3`,
      [sliceOf(affiliate), organizationId, affiliate],
    );
    if (found === undefined) return refused(userError('NOT_FOUND', `There is no affiliate "${affiliate}".`, ['affiliate']));
    return this.correct(context, programKey, { kind: 'attributed', order, reason, affiliateId: found.fact_id });
  }

  private compile(document: Terms): CompiledTerms {
    let compiled = this.compiled.get(document);
    if (compiled === undefined) {
      compiled = compileTerms(document);
      this.compiled.set(document, compiled);
    }
    return compiled;
  }

  private gatherer(programId: string, organizationId: string): Gatherer<Told, Recorded> {
    let gatherer = this.gatherers.get(programId);
    if (gatherer === undefined) {
      if (this.gatherers.size >= MOST_GATHERERS) for (const [id, other] of this.gatherers) if (other.isIdle) this.gatherers.delete(id);
      // For transactions and single statements, which leave nothing in it.
      const em = this.fork();
      gatherer = new Gatherer({
        mostItems: MOST_ITEMS,
        mostInFlight: MOST_IN_FLIGHT,
        leastBeside: LEAST_BESIDE,
        run: async (items) => recordFacts(em, await this.termsOf(em, programId, organizationId), items),
      });
      this.gatherers.set(programId, gatherer);
    }
    return gatherer;
  }

  private fork(): EntityManager {
    return this.orm.em.fork({ clear: true }) as EntityManager;
  }
}

const FORGED: RecordedFact = {
  id: null,
  repeated: false,
  userErrors: [userError('INVALID', 'The click id was changed, or is of another program.', ['click'])],
};

/** Another fact of the same call says why. */
const NOTHING: RecordedFact = { id: null, repeated: false, userErrors: [] };

function answer(result: Recorded): RecordedFact {
  if (result.ok) return { id: result.id, repeated: result.repeated, userErrors: [] };
  if (result === WITHHELD) return NOTHING;
  const { code, message, path } = result.refusal;
  return { id: null, repeated: false, userErrors: [userError(code as 'INVALID', message, path)] };
}
