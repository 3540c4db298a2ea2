import { randomBytes } from 'node:crypto';
import type { CompiledTerms } from '@tributary/shared/terms';
import type { RequestContext } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { isId } from '../../platform/ids.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import { checkEligibility, invalid, type Joining, joinWithin, otherTerms, readJoining } from '../affiliate/index.ts';
import type { IssuedToken, TokenService } from '../identity/index.ts';
import type { Program } from '../program/index.ts';
import type { Throttle } from '../staff/index.ts';
import { type Code, findCode, makeCode, useUp } from './code.ts';
import { signUpLetter } from './letters.ts';
import { mailAccess, peopleOf } from './mail-access.ts';
import { addPerson, confirmPerson, findByCode } from './people.ts';
import type { Person } from './person.entity.ts';
import { closed, nameNeeded, noCode, tooMany } from './person.errors.ts';
import type { ConfirmEmailInput, RequestAccessInput, SignUpInput } from './person.input.ts';

interface OpenProgram extends Program {
  readonly page: string | null;
}

export interface Opened {
  readonly secret: string;
  readonly expiresAt: Date | null;
  readonly affiliate: string;
}

const HOUR = 3_600;
const PER_CALLER = { tries: 20, seconds: HOUR };
const PER_ADDRESS = { tries: 4, seconds: HOUR };
/** A token that nobody replaces ends after a year. */
const TOKEN_LIFE_MS = 365 * 86_400_000;
/** Who did it, where nobody who is known did. */
const SIGN_UP = 'sign-up';

/** The first steps of those who have no token: sign up, prove the address, get a token, replace a lost one. */
export class SignUpService {
  private readonly tokens: TokenService;
  private readonly outbox: Outbox;
  private readonly throttle: Throttle;

  constructor(tokens: TokenService, outbox: Outbox, throttle: Throttle) {
    this.tokens = tokens;
    this.outbox = outbox;
    this.throttle = throttle;
  }

  /** Whoever signs up gets the same answer, whether the address is known or not: the mail tells the rest. */
  async signUp(context: RequestContext, from: string, input: SignUpInput): Promise<Outcome<true>> {
    const { em } = context;
    const wait = await this.throttle.count([{ key: `${SIGN_UP} from ${from}`, limit: PER_CALLER }]);
    if (wait !== undefined) return refused(tooMany(wait));
    const joining = readJoining({ ...input, affiliate: newExternalId() });
    if ('code' in joining) return refused(invalid(joining));
    if (joining.name === null || joining.name.trim() === '') return refused(nameNeeded());
    const program = await findOpen(em, input.organization, input.program);
    if (program === undefined) return refused(closed());
    const { compiled, termsVersion, now } = await termsNow(context, program);
    const errors = checkEligibility(compiled, joining.country, now);
    if (joining.acceptedTerms !== null && joining.acceptedTerms !== termsVersion) errors.push(otherTerms(termsVersion));
    if (errors.length > 0) return refused(...errors);
    const email = addressOf(joining);
    if (await this.isSpared(program.organizationId, email)) return done(true);
    await inTransaction(em, async (tx) => {
      const people = await peopleOf(tx, program.organizationId, email);
      if (people.length > 0) return mailAccess(tx, this.outbox, people);
      const { organizationId, id: programId, name, page } = program;
      const { country, application, acceptedTerms } = joining;
      const told = { name: joining.name as string, email, country, application, acceptedTerms };
      const { text, expiresAt } = await makeCode(tx, { organizationId, purpose: 'sign-up', programId, told });
      await this.outbox.put(tx, { to: email, message: signUpLetter(name, page, text), uselessAt: expiresAt });
    });
    this.outbox.wake();
    return done(true);
  }

  /** A code for a new token to whoever acts for an affiliate; to others nothing, with the same answer. */
  async requestAccess({ em }: RequestContext, from: string, input: RequestAccessInput): Promise<Outcome<true>> {
    const wait = await this.throttle.count([{ key: `access from ${from}`, limit: PER_CALLER }]);
    if (wait !== undefined) return refused(tooMany(wait));
    const email = input.email.trim().toLowerCase();
    if (!isId(input.organization) || (await this.isSpared(input.organization, email))) return done(true);
    await inTransaction(em, async (tx) => mailAccess(tx, this.outbox, await peopleOf(tx, input.organization, email)));
    this.outbox.wake();
    return done(true);
  }

  /** Opens what the code is for, and gives a token. What is turned away leaves the code as it was. */
  async confirm(context: RequestContext, { code: text, keepOtherTokens }: ConfirmEmailInput): Promise<Outcome<Opened>> {
    let dead: string[] = [];
    const outcome = await inTransaction<Outcome<Opened>>(context.em, async (tx) => {
      dead = [];
      const code = await findCode(tx, text);
      if (code === undefined) return refused(noCode());
      const found = code.purpose === 'sign-up' ? await this.join(context, tx, code) : await findByCode(tx, code);
      if (found.errors) return found;
      const person = found.value;
      if (code.purpose === 'access' && !keepOtherTokens) dead = await this.tokens.revokeAll(tx, { personId: person.id });
      if (person.confirmedAt === null) await confirmPerson(tx, person);
      await useUp(tx, code);
      return done(await this.open(tx, person));
    });
    this.tokens.forget(dead);
    return outcome;
  }

  /** A new affiliate, by an application or at once, as the terms have it. Its first person is the owner. */
  private async join(context: RequestContext, tx: Transaction, code: Code): Promise<Outcome<Person>> {
    const { name, email, country, application, acceptedTerms = null } = code.told!;
    const program = await findOpenById(tx, code.programId!);
    if (program === undefined) return refused(closed());
    // Two sign-ups of one address confirmed at once make one affiliate.
    await row(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.organizationId} ${email}`]);
    if ((await peopleOf(tx, program.organizationId, email)).length > 0) return refused(alreadyActs());
    const { compiled, termsVersion, now } = await termsNow(context, program);
    const who = { country, class: null, customer: null, application, name, email };
    const joining: Joining = { affiliate: newExternalId(), ...who, acceptedTerms };
    const joined = await joinWithin({ tx, program, compiled, termsVersion, now, at: now, by: SIGN_UP, joining, kind: 'application' });
    if (joined.errors) return joined;
    const { affiliateId } = joined.value;
    return done(await addPerson(tx, { organizationId: program.organizationId, affiliateId, name, email, role: 'owner' }));
  }

  private async open(tx: Transaction, { id, organizationId, affiliateId }: Person): Promise<Opened> {
    const issued: IssuedToken = await this.tokens.issue(tx, {
      organizationId,
      kind: 'affiliate',
      affiliateId,
      personId: id,
      // It stands beside all that its holder does, for ever: no name of a person.
      name: `person ${id.slice(-12)}`,
      expiresAt: new Date(Date.now() + TOKEN_LIFE_MS),
    });
    const found = await row<{ external_id: string }>(tx, 'select external_id from affiliate where id = $1', [affiliateId]);
    return { secret: issued.secret, expiresAt: issued.token.expiresAt ?? null, affiliate: found!.external_id };
  }

  /** Has the address had enough mails for now? Nobody learns of it. */
  private async isSpared(organizationId: string, email: string): Promise<boolean> {
    return (await this.throttle.count([{ key: `mail to ${organizationId} ${email}`, limit: PER_ADDRESS }])) !== undefined;
  }
}

const alreadyActs = (): UserError =>
  userError('CONFLICT', 'The address acts for an affiliate already: ask for a new token, and apply to the program with it.', ['code']);

/** Of an affiliate who came by itself. Nobody chose it, and it tells nothing. */
function newExternalId(): string {
  return `affiliate-${randomBytes(10).toString('hex')}`;
}

const addressOf = ({ email }: Joining): string => (email as string).toLowerCase();

const OPEN = `select p.id, p.organization_id as "organizationId", p.key, p.name, p.unit, s.page from program p
  join sign_up_setting s on s.program_id = p.id where s.open`;

async function findOpen(em: EntityManager, organizationId: string, key: string): Promise<OpenProgram | undefined> {
  if (!isId(organizationId)) return undefined;
  return row<OpenProgram>(em, `${OPEN} and p.organization_id = $1 and p.key = $2`, [organizationId, key]);
}

function findOpenById(em: EntityManager, id: string): Promise<OpenProgram | undefined> {
  return row<OpenProgram>(em, `${OPEN} and p.id = $1`, [id]);
}

async function termsNow(
  { em, services }: RequestContext,
  program: Program,
): Promise<{ compiled: CompiledTerms; termsVersion: number; now: number }> {
  const now = await services.organizations.now({ em }, program.organizationId);
  const { compiled, number } = versionAt(await services.intake.termsOf(em, program.id, program.organizationId), now);
  return { compiled, termsVersion: number, now };
}
