import { currencyExponent } from '@tributary/shared/terms';
import { conversionRate, earningsPerClick } from '@tributary/shared/tracking';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { count, row, rows, type SqlValue } from '../../platform/database/sql.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { amountOf, moneyOf } from '../../platform/graphql/money.ts';
import { sliceOf } from '../../platform/ids.ts';
import { foldReports } from './fold.ts';
import type { Dimension, ReportArgs } from './report.input.ts';
import type { ReportRowType } from './report.type.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

/** Where each dimension is kept, and as what it is shown. */
const KEPT: Readonly<Record<Dimension, { readonly table: string; readonly column: string; readonly shown: string }>> = {
  total: { table: 'report_day', column: "''", shown: "''" },
  day: { table: 'report_day', column: 'r.day', shown: "to_char(g.value, 'YYYY-MM-DD')" },
  affiliate: { table: 'report_day', column: 'r.affiliate_id', shown: 'a.external_id' },
  country: { table: 'report_day', column: 'r.country', shown: 'g.value' },
  channel: { table: 'report_day', column: 'r.channel', shown: 'g.value' },
  link: { table: 'report_source', column: 'r.link', shown: 'g.value' },
  'sub-id': { table: 'report_source', column: 'r.sub', shown: 'g.value' },
};

type Asked = Pick<ReportArgs, 'program' | 'by' | 'from' | 'to' | 'affiliate' | 'sort'>;

interface Sums {
  readonly key: string;
  readonly clicks: bigint;
  readonly barred: bigint;
  readonly referrals: bigint;
  readonly orders: bigint;
  readonly rejected: bigint;
  readonly sales: bigint;
  readonly commission: bigint;
}

/** What a report reads: a statement for its rows by `$1` to `$4`, and how they are shown. */
interface Question {
  readonly text: string;
  readonly values: readonly SqlValue[];
  readonly show: (sums: Sums) => ReportRowType;
}

export class ReportService {
  private readonly fork: () => EntityManager;

  constructor(fork: () => EntityManager) {
    this.fork = fork;
  }

  /** Sums of clicks, referrals, orders and commission. An affiliate sees its own. */
  async read(context: Context, asked: ReportArgs, page: Page): Promise<Connection<ReportRowType>> {
    const question = await this.question(context, asked);
    if (question === null)
      return makeConnection<Sums, ReportRowType>({ rows: [], page, cursor: () => [], node: () => never(), count: async () => 0 });
    const sort = asked.sort ?? 'key';
    const [place, order] = sort === 'key' ? ['key > $5', 'key'] : [`(${sort}, key) < ($5, $6)`, `${sort} desc, key desc`];
    const after = page.after === undefined ? '' : `where ${place}`;
    const found = await rows<Sums>(
      context.em,
      `select * from (${question.text}) sums ${after} order by ${order} limit ${page.limit} offset ${page.offset}`,
      [...question.values, ...(page.after ?? [])],
    );
    return makeConnection<Sums, ReportRowType>({
      rows: found,
      page,
      cursor: (sums) => (sort === 'key' ? [sums.key] : [sums[sort], sums.key]),
      node: question.show,
      count: () => count(context.em, `select count(*) from (${question.text}) sums`, question.values),
    });
  }

  /** All rows, some at a time; null: there is no such program. */
  async stream(context: Context, asked: Asked, atOnce: number): Promise<AsyncGenerator<ReportRowType[]> | null> {
    const question = await this.question(context, asked);
    return question === null ? null : pieces(context.em, question, atOnce);
  }

  private async question(context: Context, { program: key, by, from, to, affiliate }: Asked): Promise<Question | null> {
    checkDays(from, to);
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return null;
    // What the asker has just told is in it; a job adds up what nobody asks for.
    await foldReports(this.fork(), program.id);
    const only = await affiliateFor(context, affiliate ?? null);
    const { table, column, shown } = KEPT[by];
    const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
    const { compiled } = terms.versions[0]!;
    const { currency } = compiled.terms.program;
    const exponents = { money: currencyExponent(currency) as number, reward: compiled.rewardExponent };
    const text = `select ${shown} collate "C" as key, g.clicks, g.barred, g.referrals, g.orders, g.rejected, g.sales, g.commission from (
        select ${column} as value, sum(r.clicks)::bigint as clicks, sum(r.barred)::bigint as barred, sum(r.referrals)::bigint as referrals, sum(r.orders)::bigint as orders,
          sum(r.rejected)::bigint as rejected, sum(r.sales)::bigint as sales, sum(r.commission)::bigint as commission
        from ${table} r where r.program_id = $1 and r.day between $2::date and $3::date and ($4::uuid is null or r.affiliate_id = $4) group by 1
      ) g ${by === 'affiliate' ? 'join affiliate a on a.id = g.value' : ''}`;
    return { text, values: [program.id, from, to, only], show: (sums) => showRow(sums, program.unit, currency, exponents) };
  }
}

function never(): never {
  throw new Error('A report without rows shows none');
}

async function* pieces(em: EntityManager, { text, values, show }: Question, atOnce: number): AsyncGenerator<ReportRowType[]> {
  let after: string | null = null;
  for (;;) {
    const found: Sums[] = await rows<Sums>(
      em,
      `select * from (${text}) sums where $5::text is null or key > $5 order by key limit ${atOnce}`,
      [...values, after],
    );
    if (found.length > 0) yield found.map(show);
    if (found.length < atOnce) return;
    after = found.at(-1)!.key;
  }
}

/** Of a day in UTC; not a number: there is no such day, or PostgreSQL knows none. */
function startOf(day: string): number {
  const start = DAY.test(day) && day >= '1000' ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // The thirtieth of February is read as the second of March.
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(day) ? start : Number.NaN;
}

function checkDays(from: string, to: string): void {
  const [first, last] = [from, to].map(startOf) as [number, number];
  if (Number.isNaN(first) || Number.isNaN(last) || last < first || last - first >= MOST_DAYS * DAY_MS)
    throw badUserInput(`from and to are days such as 2026-03-01, to not before from, and ${MOST_DAYS} days at most`);
}

/** Nobody is found by a name that there is none of: an id that no affiliate has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function affiliateFor({ em, viewer }: Context, named: string | null): Promise<string | null> {
  const { affiliateId, organizationId } = viewer;
  if (named === null) return affiliateId;
  const text = "select fact_id from fact_key where slice = $1 and scope_id = $2 and kind = 'affiliate' and external_id = $3";
  const found = await row<{ fact_id: string }>(em, text, [sliceOf(named), organizationId, named]);
  if (found === undefined || (affiliateId !== null && affiliateId !== found.fact_id)) return NOBODY;
  return found.fact_id;
}

function showRow(sums: Sums, unit: string, currency: string, { money, reward }: { money: number; reward: number }): ReportRowType {
  return {
    key: sums.key,
    clicks: Number(sums.clicks),
    barredClicks: Number(sums.barred),
    referrals: Number(sums.referrals),
    orders: Number(sums.orders),
    rejectedOrders: Number(sums.rejected),
    sales: moneyOf(sums.sales, currency, money),
    commission: amountOf(sums.commission, unit, reward),
    earningsPerClick: earningsPerClick(sums.commission, sums.clicks, reward),
    conversionRate: conversionRate(sums.orders, sums.clicks),
  };
}
