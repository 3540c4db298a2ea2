import type { Context } from '../../context.ts';
import { row } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { isId } from '../../platform/ids.ts';
import { findAffiliateId } from '../affiliate/index.ts';
import { actorOf } from '../approval/index.ts';
import { narrow } from '../program/index.ts';
import { CASE_COLUMNS, type Case, type CaseEvidence, EVIDENCE_COLUMNS } from './compliance.entity.ts';
import type { CaseArgs } from './compliance.input.ts';

const OPEN_FIRST = "(case c.status when 'open' then 0 else 1 end)";

/** By deadline: what is overdue stands first, then what is due next, and what is closed comes last. */
export async function listCases(context: Context, args: CaseArgs, page: Page): Promise<Connection<Case>> {
  const isByDeadline = args.sort === 'deadline';
  const list = new List({
    select: CASE_COLUMNS,
    from: 'compliance_case c',
    sort: isByDeadline
      ? [
          [OPEN_FIRST, 'int'],
          ['c.due_at', 'timestamptz'],
          ['c.id', 'uuid'],
        ]
      : [
          ['c.opened_at', 'timestamptz'],
          ['c.id', 'uuid'],
        ],
    descending: !isByDeadline,
  });
  await narrow(context, list, 'c', args);
  list.whereId('c.id', args.id);
  if (args.status != null) list.where('c.status = ?', args.status);
  if (args.rule != null) list.where('c.rule = ?', args.rule);
  if (args.overdue != null) list.where(`(c.status = 'open' and c.overdue_at is not null) = ?`, args.overdue);
  if (args.assignee != null) {
    const id = args.assignee === 'me' ? actorOf(context) : args.assignee;
    list.where('c.assignee_id = ?', isId(id) ? id : null);
  }
  if (args.unassigned != null) list.where('(c.assignee_id is null) = ?', args.unassigned);
  return list.read<Case, Case>(context.em, page, {
    cursor: ({ status, dueAt, openedAt, id }) => (isByDeadline ? [status === 'open' ? 0 : 1, dueAt, id] : [openedAt, id]),
    node: (found) => found,
  });
}

/** A case by our id, of an affiliate and program that the viewer may see. */
export async function findCase(
  context: Context,
  { program: key, affiliate, case: id }: { program: string; affiliate: string; case: string },
): Promise<Case | undefined> {
  const program = await context.services.programs.find(context, key);
  const affiliateId = program && (await findAffiliateId(context, affiliate));
  if (!affiliateId || !isId(id)) return undefined;
  const text = `select ${CASE_COLUMNS} from compliance_case c where c.affiliate_id = $1 and c.program_id = $2 and c.id = $3`;
  return row<Case>(context.em, text, [affiliateId, program.id, id]);
}

/** All that speaks for one case, in the order in which it became known. */
export function listEvidence(context: Context, found: Case, page: Page): Promise<Connection<CaseEvidence>> {
  const list = new List({ select: EVIDENCE_COLUMNS, from: 'case_evidence v', sort: [['v.id', 'uuid']] });
  list.where('v.affiliate_id = ? and v.program_id = ? and v.case_id = ?', found.affiliateId, found.programId, found.id);
  return list.read<CaseEvidence, CaseEvidence>(context.em, page, { cursor: ({ id }) => [id], node: (evidence) => evidence });
}
