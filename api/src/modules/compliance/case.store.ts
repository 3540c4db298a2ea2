import { type Evidence, openCases } from '../../cases/index.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import type { Act } from '../affiliate/index.ts';
import { CASE_COLUMNS, type Case, type CaseEntry } from './compliance.entity.ts';

/** Opens a case of the affiliate, or adds to the one that is open. */
export function openCase({ tx, enrollment, now }: Act, rule: string, evidence: Evidence): Promise<void> {
  return openCases(tx, enrollment.programId, [{ affiliateId: enrollment.affiliateId, rule, at: now, evidence: [evidence] }], now);
}

/** The open case of that rule, or else the one that was closed last. */
export function caseOf({ tx, enrollment }: Act, rule: string): Promise<Case | undefined> {
  return row<Case>(
    tx,
    `select ${CASE_COLUMNS} from compliance_case c where c.affiliate_id = $1 and c.program_id = $2 and c.rule = $3 order by c.status <> 'open', c.closed_at desc limit 1`,
    [enrollment.affiliateId, enrollment.programId, rule],
  );
}

/** Writes down what was said or done about a case. */
export async function addEntry({ tx, now, by }: Act, found: Case, { kind, text }: Pick<CaseEntry, 'kind' | 'text'>): Promise<void> {
  await rows(
    tx,
    `insert into case_entry (affiliate_id, program_id, case_id, id, kind, text, done_at, done_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [found.affiliateId, found.programId, found.id, newId(), kind, text, new Date(now), by],
  );
}

/** Changes what stands in the row of an open case. */
export async function writeCase({ tx }: Act, next: Case): Promise<Case> {
  await rows(
    tx,
    `update compliance_case set status = $4, due_at = $5, overdue_at = $6, assignee_id = $7, assignee = $8, closed_at = $9, closed_by = $10
     where affiliate_id = $1 and program_id = $2 and id = $3`,
    [
      ...[next.affiliateId, next.programId, next.id, next.status, next.dueAt, next.overdueAt],
      ...[next.assigneeId, next.assignee, next.closedAt, next.closedBy],
    ],
  );
  return next;
}
