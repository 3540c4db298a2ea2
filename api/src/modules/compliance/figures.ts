import type { Context } from '../../context.ts';
import { row } from '../../platform/database/sql.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { findAffiliateId } from '../affiliate/index.ts';

const MOST_DAYS = 31;
const DAY_MS = 86_400_000;

export interface FraudFigures {
  readonly programId: string;
  readonly clicks: number;
  readonly automated: number;
  readonly barred: number;
  readonly byRule: readonly { readonly rule: string; readonly clicks: number }[];
  readonly busiestMinute: number;
  readonly busiestVisitor: number;
  readonly orders: number;
}

interface Asked {
  readonly program: string;
  readonly affiliate: string;
  readonly from: number;
  readonly to: number;
}

/** What an affiliate's clicks of a period look like, counted anew. Null: there is no such affiliate. */
export async function fraudFigures(context: Context, { program: key, affiliate, from, to }: Asked): Promise<FraudFigures | null> {
  if (from >= to || to - from > MOST_DAYS * DAY_MS)
    throw badUserInput(`The period has an end after its beginning, and ${MOST_DAYS} days at most`);
  const program = await context.services.programs.find(context, key);
  const affiliateId = program && (await findAffiliateId(context, affiliate));
  if (!program || !affiliateId) return null;
  const found = await row<Omit<FraudFigures, 'programId'>>(
    context.em,
    `with mine as materialized (
       select clicked_at, visitor, attributable, rules, content ->> 'automated' is not null as automated from click
       where affiliate_id = $1 and program_id = $2 and clicked_at >= $3 and clicked_at < $4
     )
     select count(*)::int as clicks, (count(*) filter (where automated))::int as automated,
       (count(*) filter (where not automated and not attributable))::int as barred,
       coalesce((select json_agg(json_build_object('rule', rule, 'clicks', clicks) order by clicks desc, rule)
         from (select rule, count(*)::int as clicks from mine cross join lateral unnest(rules) as r (rule) group by rule) by_rule), '[]') as "byRule",
       coalesce((select max(clicks) from (select count(*)::int as clicks from mine group by date_trunc('minute', clicked_at)) by_minute), 0) as "busiestMinute",
       coalesce((select max(clicks) from (select count(*)::int as clicks from mine where visitor is not null group by visitor) by_visitor), 0) as "busiestVisitor",
       (select count(*)::int from commission where affiliate_id = $1 and program_id = $2 and status <> 'moved' and placed_at >= $3 and placed_at < $4) as orders
     from mine`,
    [affiliateId, program.id, new Date(from), new Date(to)],
  );
  return { programId: program.id, ...found! };
}
