import { type HistoryEvent, stepsAfter } from '@tributary/shared/people';
import { type CompiledTerms, spanEnd } from '@tributary/shared/terms';
import { formatInstant } from '@tributary/shared/time';
import type { Context } from '../../context.ts';
import { hashOf, versionAt } from '../../intake/index.ts';
import { givePersonalLink } from '../../links/index.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { screen, whyBarred } from '../../sanctions/index.ts';
import { noProgram, type Program, whyNotOpen } from '../program/index.ts';
import { addEvents, affiliateIdOf, findAffiliateId, lockEnrollment, type NewEvent, readHistory, update } from './act.ts';
import type { Affiliate, Enrollment } from './affiliate.entity.ts';
import { invalid, otherContent, otherTerms } from './affiliate.errors.ts';
import type { ApplyToProgramInput, EnrollAffiliateInput } from './affiliate.input.ts';
import { checkEligibility, type Joining, readEnrollment, startingClass, warningFor } from './joining.ts';

/** Somebody else took the name meanwhile. Told like a serialization failure, so that the transaction runs again on what is there now. */
class NameTaken extends Error {
  readonly code = '40001';
}

/** Who did it, where no person did. */
const ENGINE = 'engine';

interface Known {
  readonly affiliate: (Pick<Affiliate, 'id' | 'country'> & { name: string | null; email: string | null; isErased: boolean }) | undefined;
  readonly enrollment: Enrollment | undefined;
  /** The same act was done before: with this content. Of several applications it is the last one's. */
  readonly hash: Buffer | undefined;
  readonly history: readonly HistoryEvent[];
}

interface Coming {
  readonly tx: Transaction;
  readonly program: Program;
  readonly compiled: CompiledTerms;
  readonly termsVersion: number;
  readonly now: number;
  /** From when on it holds: now, or earlier where staff say so. */
  readonly at: number;
  readonly by: string;
  readonly joining: Joining;
  readonly kind: 'enrollment' | 'application';
  readonly hash: Buffer;
}

/** How affiliates come into a program. */
export class JoinService {
  /** Staff bring an affiliate in as active, through all steps of the terms, with all documents accepted. */
  enroll(context: Context, input: EnrollAffiliateInput): Promise<Outcome<Enrollment>> {
    return this.join(context, input, 'enrollment');
  }

  /** An application; where the terms accept it at once, the affiliate is active. */
  apply(context: Context, input: ApplyToProgramInput): Promise<Outcome<Enrollment>> {
    return this.join(context, input, 'application');
  }

  private async join(
    context: Context,
    input: EnrollAffiliateInput & ApplyToProgramInput,
    kind: Coming['kind'],
  ): Promise<Outcome<Enrollment>> {
    const { services, viewer } = context;
    const program = await services.programs.find(context, input.program);
    if (program === undefined || !(await mayJoin(context, program, input.affiliate))) return refused(noProgram(input.program));
    const now = await context.now();
    const joining = readEnrollment(input, now);
    if ('code' in joining) return refused(invalid(joining));
    const at = joining.since ?? now;
    const terms = await services.intake.termsOf(context.em, program.id, program.organizationId);
    const { compiled, number: termsVersion } = versionAt(terms, at);
    return inTransaction(context.em, async (tx) => {
      const coming = { tx, program, compiled, termsVersion, now, at, by: viewer.name, joining, kind };
      const joined = await joinWithin(coming);
      const isSigned =
        kind === 'enrollment' && joined.value?.status === 'active' && compiled.terms.onboarding.steps.includes('contract-sent');
      if (isSigned) await services.contracts.signedByStaff({ ...coming, now: at, enrollment: joined.value });
      return joined;
    });
  }
}

/** Affiliates apply for themselves, and to programs that anybody may sign up to. */
async function mayJoin(context: Context, program: Program, externalId: string): Promise<boolean> {
  if (context.viewer.kind !== 'affiliate') return true;
  if ((await findAffiliateId(context, externalId)) === undefined) return false;
  return (await row(context.em, 'select 1 from sign_up_setting where program_id = $1 and open', [program.id])) !== undefined;
}

/** Within a transaction of the caller. */
export function joinWithin(joiner: Omit<Coming, 'hash'>): Promise<Outcome<Enrollment>> {
  // What tells who a person is stands in one erasable place, and in no hash.
  const { name: _, email: __, acceptedTerms: ___, ...plain } = joiner.joining;
  return come({ ...joiner, hash: hashOf(plain) });
}

async function come(coming: Coming): Promise<Outcome<Enrollment>> {
  const { compiled, joining, now, at } = coming;
  const known = await read(coming);
  const again = known.enrollment === undefined ? undefined : answerKnown(coming, known, known.enrollment);
  if (again !== undefined) return again;
  if (joining.acceptedTerms !== null && joining.acceptedTerms !== coming.termsVersion) return refused(otherTerms(coming.termsVersion));
  if (joining.since !== undefined && known.enrollment !== undefined)
    return refused(
      userError('INVALID', 'What was decided about the affiliate holds from its own day on: leave the instant out.', ['since']),
    );
  if (known.affiliate?.isErased)
    return otherContent('The affiliate was erased and stays so: who comes back gets another id.', ['affiliate']);
  const barred = known.affiliate === undefined ? null : await whyBarred(coming.tx, known.affiliate.id);
  if (barred !== null) return refused(barred);
  const contradiction = contradicts(joining, known);
  if (contradiction !== null) return otherContent(`The affiliate is known with another ${contradiction}.`, [contradiction]);
  const country = joining.country ?? known.affiliate?.country ?? null;
  const notOpen = await whyNotOpen(coming.tx, coming.program.id, now);
  if (notOpen !== null) return refused(notOpen);
  const tooEarly = refuseAgain(coming, known);
  if (tooEarly !== null) return refused(tooEarly);
  const start = startingClass(compiled, joining.class);
  const errors = [...start.errors, ...checkEligibility(compiled, country, at)];
  if (errors.length > 0) return refused(...errors);
  const affiliateId = await writeAffiliate(coming, known);
  const name = joining.name ?? known.affiliate?.name;
  if (name != null) await screen(coming.tx, coming.program.organizationId, [{ affiliateId, name, country }], now);
  const enrollment = known.enrollment ?? (await insertEnrollment(coming, affiliateId, start.class));
  const applied = applicationsOf(known.history);
  if (known.hash === undefined || isApplyingAgain(coming, known))
    await claim(coming, coming.program.id, coming.kind, enrollment.id, coming.hash, nameOf(joining.affiliate, applied + 1));
  const rule = warningFor(compiled, country, at);
  if (rule !== null) {
    const text = 'insert into affiliate_warning (affiliate_id, program_id, rule, raised_at) values ($1, $2, $3, $4) on conflict do nothing';
    await rows(coming.tx, text, [affiliateId, coming.program.id, rule, new Date(at)]);
  }
  return done(await walk(coming, enrollment, known.enrollment === undefined, start.class));
}

async function read({ tx, program, joining, kind }: Coming): Promise<Known> {
  const id = await affiliateIdOf(tx, program.organizationId, joining.affiliate);
  if (id === undefined) return { affiliate: undefined, enrollment: undefined, hash: undefined, history: [] };
  const enrollment = await lockEnrollment(tx, program.id, id);
  const affiliate = await row<NonNullable<Known['affiliate']>>(
    tx,
    'select a.id, a.country, p.name, p.email, a.erased_at is not null as "isErased" from affiliate a left join affiliate_profile p on p.affiliate_id = a.id where a.id = $1',
    [id],
  );
  const history = enrollment === undefined ? [] : await readHistory(tx, enrollment);
  const names = [...new Set([nameOf(joining.affiliate, kind === 'application' ? applicationsOf(history) : 1), joining.affiliate])];
  const [key] = await rows<{ content_hash: Buffer }>(
    tx,
    `select f.content_hash from unnest($1::smallint[], $2::text[]) with ordinality as k (slice, external_id, place)
     join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = $4 and f.external_id = k.external_id order by k.place`,
    [names.map(sliceOf), names, program.id, kind],
  );
  return { affiliate, enrollment, hash: key?.content_hash, history };
}

/** What to say of one who is in the program already; undefined: the act goes on from where the affiliate stands. */
function answerKnown(coming: Coming, known: Known, enrollment: Enrollment): Outcome<Enrollment> | undefined {
  const { kind, hash, joining } = coming;
  const { status } = enrollment;
  // Whoever was rejected may apply again, with the same words or better ones.
  if (isApplyingAgain(coming, known)) return undefined;
  if (known.hash !== undefined) {
    const isSameTerms = kind !== 'application' || joining.acceptedTerms === termsOfApplication(known.history);
    const same = known.hash.equals(hash) && isSameTerms && contradicts(joining, known) === null;
    if (!same) return otherContent(`The affiliate ${joining.affiliate} is known with other content.`, ['affiliate']);
    return done(enrollment);
  }
  const isOnTheWay = status === 'applied' || status === 'approved' || status === 'contract-sent' || status === 'rejected';
  if (kind === 'enrollment' && isOnTheWay) return undefined;
  return otherContent(`The affiliate ${joining.affiliate} takes part already and is ${status}.`, ['affiliate']);
}

/** What is told otherwise than it is known. */
function contradicts(joining: Joining, { affiliate, enrollment }: Known): 'country' | 'name' | 'email' | 'customer' | null {
  const differs = (told: string | null, known: string | null | undefined) => told !== null && known != null && told !== known;
  if (differs(joining.country, affiliate?.country)) return 'country';
  if (differs(joining.name, affiliate?.name)) return 'name';
  if (differs(joining.email, affiliate?.email)) return 'email';
  return differs(joining.customer, enrollment?.customer) ? 'customer' : null;
}

const isApplyingAgain = ({ kind }: Coming, { enrollment }: Known): boolean => kind === 'application' && enrollment?.status === 'rejected';

const applicationsOf = (history: readonly HistoryEvent[]): number =>
  history.filter(({ kind, value }) => kind === 'status' && value === 'applied').length;

/** The version of the terms that was accepted with the last application; null: none was. */
function termsOfApplication(history: readonly HistoryEvent[]): number | null {
  const applied = history.findLastIndex(({ kind, value }) => kind === 'status' && value === 'applied');
  const accepted = history.slice(applied + 1).find(({ kind }) => kind === 'terms');
  return accepted === undefined ? null : Number(accepted.value);
}

/** Under which name an application is known: no caller's id has a #. */
const nameOf = (affiliate: string, application: number): string => (application < 2 ? affiliate : `${affiliate}#${application}`);

/** Why somebody who was rejected cannot apply again yet, by the terms. */
function refuseAgain(coming: Coming, known: Known): UserError | null {
  const { compiled, now } = coming;
  const rule = compiled.terms.onboarding.reapplication;
  if (rule === undefined || !isApplyingAgain(coming, known)) return null;
  if (!rule.allowed) return ruleError(rule.id, 'The affiliate was rejected, and nobody applies again.', ['affiliate']);
  const rejectedAt = known.history.findLast(({ kind, value }) => kind === 'status' && value === 'rejected')?.holdsFrom ?? now;
  const from = rule.after === undefined ? rejectedAt : spanEnd(rule.after, compiled.calendar)(rejectedAt);
  return now >= from
    ? null
    : ruleError(rule.id, `The affiliate was rejected, and may apply again from ${formatInstant(from)} on.`, ['affiliate']);
}

async function claim(
  { tx, joining }: Coming,
  scope: string,
  kind: string,
  id: string,
  hash: Buffer,
  name = joining.affiliate,
): Promise<void> {
  const taken = await rows(
    tx,
    'insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1',
    [sliceOf(name), scope, kind, name, id, hash],
  );
  if (taken.length === 0) throw new NameTaken();
}

async function writeAffiliate(coming: Coming, { affiliate }: Known): Promise<string> {
  const { tx, program, joining, at } = coming;
  const id = affiliate?.id ?? newId();
  if (affiliate === undefined) {
    await claim(coming, program.organizationId, 'affiliate', id, hashOf({ affiliate: joining.affiliate }));
    await rows(tx, 'insert into affiliate (id, organization_id, external_id, country, created_at) values ($1, $2, $3, $4, $5)', [
      id,
      program.organizationId,
      joining.affiliate,
      joining.country,
      new Date(at),
    ]);
  } else if (affiliate.country === null && joining.country !== null) {
    await rows(tx, 'update affiliate set country = $2 where id = $1', [id, joining.country]);
  }
  if (joining.name !== null || joining.email !== null) {
    await rows(
      tx,
      `insert into affiliate_profile as p (affiliate_id, name, email) values ($1, $2, $3)
       on conflict (affiliate_id) do update set name = coalesce(p.name, excluded.name), email = coalesce(p.email, excluded.email)`,
      [id, joining.name, joining.email],
    );
  }
  return id;
}

async function insertEnrollment({ tx, program, joining, at }: Coming, affiliateId: string, className: string | null): Promise<Enrollment> {
  const enrollment: Enrollment = {
    id: newId(),
    affiliateId,
    programId: program.id,
    status: 'applied',
    class: className,
    customer: joining.customer,
    createdAt: new Date(at),
  };
  const inserted = await rows(
    tx,
    `insert into enrollment (affiliate_id, program_id, id, status, class, customer_external_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning 1`,
    [affiliateId, program.id, enrollment.id, enrollment.status, className, joining.customer, enrollment.createdAt],
  );
  if (inserted.length === 0) throw new NameTaken();
  return enrollment;
}

/** Goes the steps that the act has to go, and writes down what comes with them. */
async function walk(coming: Coming, enrollment: Enrollment, isNew: boolean, className: string | null): Promise<Enrollment> {
  const { compiled, joining, kind } = coming;
  const { onboarding } = compiled.terms;
  const byStaff = kind === 'enrollment';
  const steps = stepsAfter(onboarding.steps, isNew ? null : enrollment.status);
  const taken = byStaff || onboarding.automatic ? steps : steps.slice(0, 1);
  const events = taken.map(
    (value): NewEvent => ({
      kind: 'status',
      value,
      subject: value === 'applied' ? joining.application : null,
      ...(byStaff || value === 'applied' ? {} : { by: ENGINE }),
    }),
  );
  const nextClass = isNew || (byStaff && joining.class !== null) ? className : enrollment.class;
  if (nextClass !== null && (isNew || nextClass !== enrollment.class)) events.push({ kind: 'class', value: nextClass });
  if (joining.acceptedTerms !== null) events.push({ kind: 'terms', value: String(joining.acceptedTerms) });
  if (byStaff) events.push(...(await acceptedByStaff(coming, onboarding.documents ?? [])));
  const act = { ...coming, now: coming.at, enrollment };
  await addEvents(act, events);
  if (taken.includes('active')) await givePersonalLink({ ...act, programId: coming.program.id, affiliateId: enrollment.affiliateId });
  return update(act, {
    status: taken.at(-1) ?? enrollment.status,
    class: nextClass,
    customer: joining.customer ?? enrollment.customer,
  });
}

/** The documents of the terms, each in the version to read now where there are versions. */
async function acceptedByStaff({ tx, program, at }: Coming, documents: readonly string[]): Promise<NewEvent[]> {
  const found = await rows<{ name: string; number: number }>(
    tx,
    'select name, max(number) as number from document_version where program_id = $1 and name = any($2::text[]) and holds_from <= $3 group by name',
    [program.id, documents, new Date(at)],
  );
  const numbers = new Map(found.map(({ name, number }) => [name, String(number)]));
  return documents.map((value) => ({ kind: 'document', value, subject: numbers.get(value) ?? null }));
}
