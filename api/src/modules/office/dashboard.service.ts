import { nextCutOff } from '@tributary/shared/payout';
import { holdsIn, type Permission } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { rows } from '../../platform/database/sql.ts';
import { withAccess } from '../../platform/graphql/access.ts';
import { amountOf } from '../../platform/graphql/money.ts';
import { grantedPrograms, type Program } from '../program/index.ts';
import { waitsOn } from '../withdrawal/index.ts';
import type { WaitingKind } from './office.type.ts';

export interface Waiting {
  readonly kind: WaitingKind;
  readonly programId: string;
  readonly count: number;
  readonly oldest: Date;
}

interface DayRow {
  readonly day: string;
  readonly programId: string;
  readonly class: string | null;
  readonly status: string;
  readonly unit: string;
  readonly orders: number;
  readonly amount: string;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 92;
/** Programs that anybody looks at on one page. */
const MOST_PROGRAMS = 200;

/** Who decides about it sees that it waits. */
const DECIDES: Readonly<Record<WaitingKind, Permission>> = {
  application: 'application.review',
  case: 'case.settle',
  'class-request': 'class.decide',
  contradiction: 'withdrawal.decide',
  misfit: 'order.correct',
  request: 'request.answer',
  withdrawal: 'withdrawal.decide',
};

/** What staff look at first: sums and counts, by few statements for all programs. */
export class DashboardService {
  /** What waits, for those who decide about it. What a cut-off will take first does not wait yet, nor does what is on hold. */
  async waiting(context: Context): Promise<Waiting[]> {
    const programs = (await this.programsFor(context)).map(({ id }) => id);
    const found = await rows<Waiting>(
      context.em,
      `select 'application' as kind, e.program_id as "programId", count(*)::int as count, min(e.created_at) as oldest
         from enrollment e where e.program_id = any($1::uuid[]) and e.status = 'applied' group by e.program_id
       union all
       select 'withdrawal', w.program_id, count(*)::int, min(w.requested_at)
         from withdrawal w where w.program_id = any($1::uuid[]) and ${waitsOn('w')} group by w.program_id
       union all
       select 'contradiction', w.program_id, count(*)::int, min(w.contradicted_at)
         from withdrawal w where w.program_id = any($1::uuid[]) and w.contradicted_at is not null group by w.program_id
       union all
       select 'misfit', o.program_id, count(*)::int, min(o.told_at)
         from order_record o where o.program_id = any($1::uuid[]) and o.misfit group by o.program_id
       union all
       select 'class-request', r.program_id, count(*)::int, min(r.requested_at)
         from class_request r where r.program_id = any($1::uuid[]) and r.status = 'requested' group by r.program_id
       union all
       select 'case', c.program_id, count(*)::int, min(c.opened_at)
         from compliance_case c where c.program_id = any($1::uuid[]) and c.status = 'open' group by c.program_id
       union all
       select 'request', q.program_id, count(*)::int, min(q.opened_at)
         from affiliate_request q where q.program_id = any($1::uuid[]) and q.state = 'open' group by q.program_id
       order by 1, 4`,
      [programs],
    );
    return found.filter(({ kind, programId }) => holdsIn(context.viewer.grants, [DECIDES[kind]], programId));
  }

  /** The next cut-offs, the nearest first. */
  async cutOffs(context: Context): Promise<{ programId: string; at: number; batch: string; timeZone: string }[]> {
    const now = await context.now();
    const ahead = [];
    for (const { id } of await this.programsFor(context)) {
      const terms = await context.services.intake.termsOf(context.em, id, context.viewer.organizationId);
      if (terms.versions.length === 0) continue;
      const { compiled } = versionAt(terms, now);
      const rules = compiled.terms.withdrawal?.cutOff;
      if (!rules) continue;
      ahead.push({ programId: id, timeZone: compiled.terms.program.timeZone, ...nextCutOff(compiled.calendar, rules.dayOfMonth, now) });
    }
    return ahead.sort((one, other) => one.at - other.at);
  }

  /** What the orders of the last days earn by now. */
  async days(context: Context, days: number): Promise<object[]> {
    const span = Math.min(Math.max(days, 1), MOST_DAYS);
    const now = await context.now();
    const from = Math.floor(now / DAY_MS - span + 1) * DAY_MS;
    const programs = await this.programsFor(withAccess(context, ['commission.read']));
    const found = await rows<DayRow>(
      context.em,
      `select to_char(c.placed_at at time zone 'UTC', 'YYYY-MM-DD') as day, c.program_id as "programId", e.class,
         case when c.status <> 'earning' then c.status when c.available_at <= $3::timestamptz then 'available' else 'pending' end as status,
         c.unit, count(*)::int as orders, sum(c.amount)::text as amount
       from commission c left join enrollment e on e.affiliate_id = c.affiliate_id and e.program_id = c.program_id
       where c.program_id = any($1::uuid[]) and c.status <> 'moved' and c.placed_at >= $2::timestamptz and c.placed_at <= $3::timestamptz
       group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
      [programs.map(({ id }) => id), new Date(from), new Date(now)],
    );
    const exponents = new Map<string, number>();
    for (const { programId } of found) {
      if (exponents.has(programId)) continue;
      const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
      exponents.set(programId, terms.versions.at(-1)?.compiled.rewardExponent ?? 2);
    }
    return found.map(({ amount, unit, ...day }) => ({ ...day, amount: amountOf(BigInt(amount), unit, exponents.get(day.programId) ?? 2) }));
  }

  private programsFor(context: Context): Promise<Pick<Program, 'id'>[]> {
    const granted = grantedPrograms(context);
    return rows(
      context.em,
      `select id from program where organization_id = $1 and ($2::uuid[] is null or id = any($2::uuid[])) order by key limit ${MOST_PROGRAMS}`,
      [context.viewer.organizationId, granted ?? null],
    );
  }
}
