import { formatInstant } from '@tributary/shared/time';
import { queueMessages } from '../messages/index.ts';
import type { EntityManager } from '../platform/database/orm.ts';
import { rows } from '../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';
import { externalIdsOf } from './open.ts';

/** Cases handled in one transaction. */
const CHUNK = 500;
/** Who did it, where no person did. */
const ENGINE = 'engine';

interface Overdue {
  readonly affiliateId: string;
  readonly programId: string;
  readonly id: string;
  readonly rule: string;
  readonly dueAt: Date;
}

/**
 * Marks the open cases of an organization whose deadline has come by an instant, and tells of them: none lapses silently. What is marked
 * is found marked when it runs again. Answers how many.
 */
export async function markOverdueCases(em: EntityManager, organizationId: string, until: number): Promise<number> {
  for (let done = 0; ; ) {
    const marked = await inTransaction(em, (tx) => markSome(tx, organizationId, until));
    done += marked;
    if (marked < CHUNK) return done;
  }
}

async function markSome(tx: Transaction, organizationId: string, until: number): Promise<number> {
  const marked = await rows<Overdue>(
    tx,
    `with due as (
       select c.affiliate_id, c.program_id, c.id from compliance_case c join program p on p.id = c.program_id
       where p.organization_id = $1 and c.status = 'open' and c.overdue_at is null and c.due_at <= $2 order by c.due_at, c.id limit ${CHUNK} for update of c skip locked
     )
     update compliance_case c set overdue_at = c.due_at from due where c.affiliate_id = due.affiliate_id and c.program_id = due.program_id and c.id = due.id
     returning c.affiliate_id as "affiliateId", c.program_id as "programId", c.id, c.rule, c.due_at as "dueAt"`,
    [organizationId, new Date(until)],
  );
  if (marked.length === 0) return 0;
  await rows(
    tx,
    `insert into case_entry (affiliate_id, program_id, case_id, id, kind, done_at, done_by)
     select affiliate_id, program_id, case_id, id, 'overdue', at, $1 from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[]) as u (affiliate_id, program_id, case_id, id, at)`,
    [
      ...[ENGINE, marked.map(({ affiliateId }) => affiliateId), marked.map(({ programId }) => programId), marked.map(({ id }) => id)],
      ...[marked.map(() => newId()), marked.map(({ dueAt }) => dueAt)],
    ],
  );
  const names = await externalIdsOf(
    tx,
    marked.map(({ affiliateId }) => affiliateId),
  );
  for (const [programId, cases] of Map.groupBy(marked, (found) => found.programId))
    await queueMessages(tx, programId, ['case.overdue'], () =>
      cases.map(({ id, affiliateId, rule, dueAt }) => ({
        event: 'case.overdue',
        affiliateId,
        at: dueAt.getTime(),
        data: {
          affiliate: names.get(affiliateId),
          case: id,
          rule,
          dueAt: formatInstant(dueAt.getTime()),
          at: formatInstant(dueAt.getTime()),
        },
      })),
    );
  return marked.length;
}
