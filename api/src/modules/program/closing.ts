import { closingOf } from '@tributary/shared/people';
import { PROGRAM_STATUS } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { type TermsOfProgram, versionAt } from './terms-store.ts';
import { TURN_COLUMNS, type Turn, type TurnRow, turnOf } from './turn.entity.ts';

/** What was decided about a program, in the order of deciding. */
export async function turnsOf(em: EntityManager, programId: string): Promise<Turn[]> {
  const text = `select ${TURN_COLUMNS} from program_switch s where s.program_id = $1 and s.name = $2 order by s.id`;
  return (await hotRows<TurnRow>(em, text, [programId, PROGRAM_STATUS])).map(turnOf);
}

/** Two who decide about a program, or publish terms of it, do it one after the other; a switch has no row of its own to lock. */
export async function lockTurns(tx: Transaction, programId: string): Promise<void> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${programId}/${PROGRAM_STATUS}`]);
}

/**
 * Writes down what the closing that holds or is planned makes of balances, by the terms that are in force at its instant; nothing where
 * there is none, or where balances are kept. Once a closing has begun it stays. The caller holds the lock.
 */
export async function noteClosing(
  tx: Transaction,
  programId: string,
  turns: readonly Omit<Turn, 'id'>[],
  terms: TermsOfProgram,
): Promise<void> {
  const closing = closingOf(turns);
  const rules = closing && versionAt(terms, closing.holdsFrom)?.document.closing;
  if (closing === undefined || rules === undefined) {
    await rows(tx, 'delete from program_closing where program_id = $1 and begun_at is null', [programId]);
    return;
  }
  await rows(
    tx,
    `insert into program_closing as c (program_id, closes_at, after_days, pending_runs_on, rule) values ($1, $2, $3, $4, $5)
     on conflict (program_id) do update set closes_at = excluded.closes_at, after_days = excluded.after_days,
       pending_runs_on = excluded.pending_runs_on, rule = excluded.rule where c.begun_at is null`,
    [programId, new Date(closing.holdsFrom), rules.afterDays, rules.pending === 'runs-on', rules.id],
  );
}
