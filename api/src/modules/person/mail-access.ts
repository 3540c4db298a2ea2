import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import { makeCode } from './code.ts';
import { accessLetter } from './letters.ts';
import { PERSON_COLUMNS, type Person } from './person.entity.ts';

/** Of one address: for how many affiliates at most mails are sent at once. */
const MOST_AFFILIATES = 10;

/** The people of that confirmed address. */
export function peopleOf(em: EntityManager, organizationId: string, email: string): Promise<Person[]> {
  const text = `select ${PERSON_COLUMNS} from affiliate_person p
    where p.organization_id = $1 and p.email = $2 and p.removed_at is null and p.confirmed_at is not null order by p.id limit ${MOST_AFFILIATES}`;
  return rows<Person>(em, text, [organizationId, email]);
}

export interface Names {
  readonly affiliate: string;
  readonly organization: string;
  /** Of the newest program of the affiliate that has one. */
  readonly page: string | null;
}

/** What a mail calls the affiliate and the organization by. */
export async function namesOf(em: EntityManager, affiliateId: string): Promise<Names> {
  const found = await row<Names>(
    em,
    `select a.external_id as affiliate, o.name as organization,
       (select s.page from enrollment e join sign_up_setting s on s.program_id = e.program_id
        where e.affiliate_id = a.id and s.page is not null order by e.id desc limit 1) as page
     from affiliate a join organization o on o.id = a.organization_id where a.id = $1`,
    [affiliateId],
  );
  return found!;
}

/** Sends each of them a code for a new token. */
export async function mailAccess(tx: Transaction, outbox: Outbox, people: readonly Person[]): Promise<void> {
  for (const { id, organizationId, affiliateId, email } of people) {
    const { affiliate, organization, page } = await namesOf(tx, affiliateId);
    const { text, expiresAt } = await makeCode(tx, { organizationId, purpose: 'access', personId: id });
    await outbox.put(tx, { to: email as string, message: accessLetter(affiliate, organization, page, text), uselessAt: expiresAt });
  }
}
