import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { type Act, addEvents, findAffiliateId, onEnrollment, revisitOrders, setStatus } from '../affiliate/index.ts';
import { noteChange } from '../audit/index.ts';
import { grantedPrograms } from '../program/index.ts';
import { undoHolds } from '../redemption/index.ts';
import { undoOpenWithdrawals } from '../withdrawal/index.ts';
import { CASE_COLUMNS, type Case } from './compliance.entity.ts';
import type { ConfirmCaseInput, DismissCaseInput } from './compliance.input.ts';

export interface CaseFilter {
  readonly program?: string | null;
  readonly affiliate?: string | null;
  readonly status?: Case['status'] | null;
  readonly rule?: string | null;
}

/** Opens a case of the affiliate, or adds to the one that is open. */
export async function openCase({ tx, enrollment, now }: Act, rule: string, evidence: string): Promise<void> {
  await rows(
    tx,
    `insert into compliance_case (affiliate_id, program_id, id, rule, status, opened_at, evidence) values ($1, $2, $3, $4, 'open', $5, $6)
     on conflict (affiliate_id, program_id, rule) where status = 'open' do update set evidence = compliance_case.evidence || excluded.evidence`,
    [enrollment.affiliateId, enrollment.programId, newId(), rule, new Date(now), JSON.stringify([evidence])],
  );
}

/** Suspected breaches, and what staff make of them. */
export class CaseService {
  /**
   * The breach is proven. Where the terms say so, the affiliate is out and nothing is earned any more: what stands is
   * taken back, order by order, and so is what comes later.
   */
  confirm(context: Context, input: ConfirmCaseInput): Promise<Outcome<Case>> {
    return this.close(context, input, 'confirmed', async (act) => {
      const clause = act.compiled.terms.traffic.find(({ id, also }) => id === input.rule || also?.includes(input.rule));
      if (clause?.onConfirmation !== 'terminate') return;
      await addEvents(act, [{ kind: 'breach', value: input.rule }]);
      if (act.enrollment.status !== 'terminated') await setStatus(act, ['terminated'], `A breach of ${input.rule} is proven.`);
      await undoOpenWithdrawals(act);
      await undoHolds(act);
      await revisitOrders(act, 'breach');
    });
  }

  /** The account stays as it is, and so do the clicks: what was barred stays barred. */
  dismiss(context: Context, input: DismissCaseInput): Promise<Outcome<Case>> {
    return this.close(context, input, 'dismissed', async () => {});
  }

  async list(context: Context, filter: CaseFilter, page: Page): Promise<Connection<Case>> {
    const { services, viewer } = context;
    const list = new List({
      select: CASE_COLUMNS,
      from: 'compliance_case c join program p on p.id = c.program_id',
      sort: [
        ['c.opened_at', 'timestamptz'],
        ['c.id', 'uuid'],
      ],
      descending: true,
    });
    list.where('p.organization_id = ?', viewer.organizationId);
    const granted = grantedPrograms(context);
    if (granted) list.where('c.program_id = any(?::uuid[])', granted);
    if (filter.program != null) list.where('c.program_id = ?', (await services.programs.find(context, filter.program))?.id ?? null);
    if (filter.affiliate != null) list.where('c.affiliate_id = ?', (await findAffiliateId(context, filter.affiliate)) ?? null);
    if (filter.status != null) list.where('c.status = ?', filter.status);
    if (filter.rule != null) list.where('c.rule = ?', filter.rule);
    return list.read<Case, Case>(context.em, page, { cursor: ({ openedAt, id }) => [openedAt, id], node: (found) => found });
  }

  private close(
    context: Context,
    input: ConfirmCaseInput,
    status: 'confirmed' | 'dismissed',
    follow: (act: Act) => Promise<void>,
  ): Promise<Outcome<Case>> {
    return onEnrollment(context, input, async (act) => {
      const { tx, enrollment, now, by } = act;
      // The open one, or the one that was closed last: the same act again answers the same.
      const found = await row<Case>(
        tx,
        `select ${CASE_COLUMNS} from compliance_case c where c.affiliate_id = $1 and c.program_id = $2 and c.rule = $3 order by c.status <> 'open', c.closed_at desc limit 1`,
        [enrollment.affiliateId, enrollment.programId, input.rule],
      );
      if (found === undefined || (found.status !== 'open' && found.status !== status))
        return refused(userError('NOT_FOUND', `There is no open case of ${JSON.stringify(input.rule.slice(0, 80))}.`, ['rule']));
      if (found.status === status) return done(found);
      const closed: Case = { ...found, status, closedAt: new Date(now), closedBy: by };
      await rows(
        tx,
        'update compliance_case set status = $4, closed_at = $5, closed_by = $6 where affiliate_id = $1 and program_id = $2 and id = $3',
        [closed.affiliateId, closed.programId, closed.id, status, closed.closedAt, by],
      );
      noteChange(tx, { before: { case: found.status }, after: { case: status } });
      await follow(act);
      return done(closed);
    });
  }
}
