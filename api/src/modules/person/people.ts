import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import type { Code } from './code.ts';
import { PERSON_COLUMNS, type Person } from './person.entity.ts';
import { noCode } from './person.errors.ts';

type NewPerson = Pick<Person, 'organizationId' | 'affiliateId' | 'name' | 'email' | 'role'>;

/** Not confirmed yet. */
export async function addPerson(tx: Transaction, { organizationId, affiliateId, name, email, role }: NewPerson): Promise<Person> {
  const found = await row<Person>(
    tx,
    `insert into affiliate_person as p (id, organization_id, affiliate_id, name, email, role, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     returning ${PERSON_COLUMNS}`,
    [newId(), organizationId, affiliateId, name, email, role, new Date()],
  );
  return found!;
}

export async function confirmPerson(tx: Transaction, { id }: Person): Promise<void> {
  await rows(tx, 'update affiliate_person set confirmed_at = $2 where id = $1', [id, new Date()]);
}

/** Whose code it is, locked so that nobody removes them meanwhile. */
export async function findByCode(tx: Transaction, { personId }: Code): Promise<Outcome<Person>> {
  const text = `select ${PERSON_COLUMNS} from affiliate_person p where p.id = $1 and p.removed_at is null for no key update`;
  const person = await row<Person>(tx, text, [personId]);
  return person === undefined ? refused(noCode()) : done(person);
}

/** What tells who they are goes with them. */
export async function erasePerson(tx: Transaction, id: string): Promise<void> {
  await rows(tx, 'delete from mail_code where person_id = $1', [id]);
  await rows(tx, 'update affiliate_person set name = null, email = null, removed_at = coalesce(removed_at, $2) where id = $1', [
    id,
    new Date(),
  ]);
}
