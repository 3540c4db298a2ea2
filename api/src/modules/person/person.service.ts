import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId } from '../../platform/ids.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import { affiliateNeeded, noAffiliate, readAddress } from '../affiliate/index.ts';
import type { TokenService } from '../identity/index.ts';
import { grantedPrograms, noProgram } from '../program/index.ts';
import type { Throttle } from '../staff/index.ts';
import { makeCode } from './code.ts';
import { invitationLetter } from './letters.ts';
import { namesOf } from './mail-access.ts';
import { addPerson, erasePerson } from './people.ts';
import { PERSON_COLUMNS, type Person } from './person.entity.ts';
import { lastOwner, nameNeeded, noPerson, ownersOnly, tooMany } from './person.errors.ts';
import type { InvitePersonInput, RemovePersonInput, SetSignUpInput } from './person.input.ts';

const MOST_PEOPLE = 50;
const INVITATIONS = { tries: 20, seconds: 3_600 };

/** People who act for affiliates: owners invite and remove them, and so do staff and the merchant's systems. */
export class PersonService {
  private readonly tokens: TokenService;
  private readonly outbox: Outbox;
  private readonly throttle: Throttle;

  constructor(tokens: TokenService, outbox: Outbox, throttle: Throttle) {
    this.tokens = tokens;
    this.outbox = outbox;
    this.throttle = throttle;
  }

  /** Sends a code to the address. The same again sends another one until somebody accepts. */
  async invite(context: Context, input: InvitePersonInput): Promise<Outcome<Person>> {
    const { em, viewer } = context;
    if (!(await mayManage(context))) return refused(ownersOnly());
    const read = readAddress(input);
    if ('code' in read) return refused(userError('INVALID', read.message, read.path));
    if (read.name === null || read.name.trim() === '') return refused(nameNeeded());
    const affiliateId =
      input.affiliate == null ? (viewer.affiliateId ?? undefined) : (await context.services.affiliates.find(context, input.affiliate))?.id;
    if (affiliateId === undefined) return refused(input.affiliate == null ? affiliateNeeded() : noAffiliate(input.affiliate));
    const wait = await this.throttle.count([{ key: `invitations of ${affiliateId}`, limit: INVITATIONS }]);
    if (wait !== undefined) return refused(tooMany(wait));
    const { name } = read;
    const email = (read.email as string).toLowerCase();
    const outcome = await inTransaction<Outcome<Person>>(em, async (tx) => {
      await lockPeople(tx, affiliateId);
      if (await row(tx, 'select 1 from affiliate where id = $1 and erased_at is not null', [affiliateId]))
        return refused(noAffiliate(input.affiliate ?? ''));
      const people = await peopleWith(tx, affiliateId);
      const known = people.find((person) => person.email === email);
      if (known !== undefined && known.role !== input.role)
        return refused(userError('CONFLICT', `The address is known as that of a ${known.role}.`, ['role']));
      if (known?.confirmedAt) return done(known);
      if (people.length >= MOST_PEOPLE) return refused(userError('INVALID', `At most ${MOST_PEOPLE} people act for an affiliate.`));
      const person = known ?? (await addPerson(tx, { organizationId: viewer.organizationId, affiliateId, name, email, role: input.role }));
      const { affiliate, organization, page } = await namesOf(tx, affiliateId);
      const { text, expiresAt } = await makeCode(tx, { organizationId: viewer.organizationId, purpose: 'invitation', personId: person.id });
      await this.outbox.put(tx, { to: email, message: invitationLetter(affiliate, organization, page, text), uselessAt: expiresAt });
      return done(person);
    });
    if (outcome.value) this.outbox.wake();
    return outcome;
  }

  /** Their tokens die at once, and what tells who they are is erased. Once more changes nothing. */
  async remove(context: Context, { id }: RemovePersonInput): Promise<Outcome<Person>> {
    const { em, viewer } = context;
    const isOwnSelf = viewer.personId === id;
    if (!isOwnSelf && !(await mayManage(context))) return refused(ownersOnly());
    let dead: string[] = [];
    const outcome = await inTransaction<Outcome<Person>>(em, async (tx) => {
      dead = [];
      const person = isId(id) ? await findPerson(tx, id) : undefined;
      if (person === undefined || !(await isSeen(tx, context, person))) return refused(noPerson());
      if (person.removedAt) return done(person);
      await lockPeople(tx, person.affiliateId);
      const owners = (await peopleWith(tx, person.affiliateId)).filter(({ role, confirmedAt }) => role === 'owner' && confirmedAt);
      if (viewer.kind === 'affiliate' && owners.length === 1 && owners[0]!.id === id) return refused(lastOwner());
      dead = await this.tokens.revokeAll(tx, { personId: id });
      await erasePerson(tx, id);
      return done(person);
    });
    this.tokens.forget(dead);
    return outcome;
  }

  async setSignUp(context: Context, { program: key, open, page }: SetSignUpInput): Promise<Outcome<boolean>> {
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return refused(noProgram(key));
    if (page != null && !isPage(page))
      return refused(userError('INVALID', 'The page is an address that begins with https:// and has no #.', ['page']));
    return inTransaction(context.em, async (tx) => {
      await rows(
        tx,
        `insert into sign_up_setting (program_id, open, page, set_at, set_by) values ($1, $2, $3, $4, $5)
         on conflict (program_id) do update set open = excluded.open, page = excluded.page, set_at = excluded.set_at, set_by = excluded.set_by`,
        [program.id, open, page ?? null, new Date(), context.viewer.name],
      );
      return done(open);
    });
  }
}

/** Staff and integrators by their permission; of an affiliate the owners. A token that staff gave to the affiliate is nobody's in particular. */
async function mayManage({ em, viewer }: Context): Promise<boolean> {
  if (viewer.kind !== 'affiliate') return true;
  if (viewer.personId === null) return false;
  const text = `select 1 from affiliate_person where id = $1 and role = 'owner' and removed_at is null and confirmed_at is not null`;
  return (await row(em, text, [viewer.personId])) !== undefined;
}

/** Of one's own affiliate, or of one that takes part where the viewer manages people. */
async function isSeen(tx: Transaction, context: Context, { organizationId, affiliateId }: Person): Promise<boolean> {
  const { viewer } = context;
  if (organizationId !== viewer.organizationId) return false;
  if (viewer.affiliateId !== null) return viewer.affiliateId === affiliateId;
  const granted = grantedPrograms(context);
  const text = 'select 1 from enrollment where affiliate_id = $1 and program_id = any($2::uuid[])';
  return granted === undefined || (await row(tx, text, [affiliateId, granted])) !== undefined;
}

/** Of those who change an affiliate's people at once, one after the other. */
async function lockPeople(tx: Transaction, affiliateId: string): Promise<void> {
  await row(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 1))', [affiliateId]);
}

function peopleWith(tx: Transaction, affiliateId: string): Promise<Person[]> {
  return rows<Person>(
    tx,
    `select ${PERSON_COLUMNS} from affiliate_person p where p.affiliate_id = $1 and p.removed_at is null order by p.id`,
    [affiliateId],
  );
}

function findPerson(tx: Transaction, id: string): Promise<Person | undefined> {
  return row<Person>(tx, `select ${PERSON_COLUMNS} from affiliate_person p where p.id = $1 for no key update`, [id]);
}

function isPage(text: string): boolean {
  const url = text.length <= 500 && URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
  return isSafe && url.hash === '' && !text.includes('#') && url.username === '';
}
