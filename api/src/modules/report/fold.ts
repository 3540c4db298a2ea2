import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';

/** Rows of the queue that one statement takes: the more, the fewer sums are changed for them. */
const AT_ONCE = 1_000;

const PLACE = 'x.a, (x.t at time zone x.z)::date as day, x.l as link, x.s as sub, x.h as country, x.c as channel';
const MEASURES = ['clicks', 'barred', 'referrals', 'orders', 'rejected', 'sales', 'commission'];
const SUMS = MEASURES.map((name) => `sum(${name}) as ${name}`).join(', ');
const NAMES = MEASURES.join(', ');
const NOT_NOTHING = MEASURES.map((name) => `sum(${name}) <> 0`).join(' or ');

/** Adds changes to a table of sums: what has a row gets it changed, all else gets one. */
function addTo(table: string, dimensions: readonly string[]): string {
  const keys = dimensions.join(', ');
  const isSame = [`t.affiliate_id = x.a`, 't.program_id = $1', ...dimensions.map((name) => `t.${name} = x.${name}`)].join(' and ');
  return `${table}_change as (select a, ${keys}, ${SUMS} from change group by a, ${keys} having ${NOT_NOTHING}),
    ${table}_changed as (update ${table} t set ${MEASURES.map((name) => `${name} = t.${name} + x.${name}`).join(', ')} from ${table}_change x where ${isSame} returning 1),
    ${table}_added as (insert into ${table} (affiliate_id, program_id, ${keys}, ${NAMES})
      select x.a, $1, ${dimensions.map((name) => `x.${name}`).join(', ')}, ${MEASURES.map((name) => `x.${name}`).join(', ')} from ${table}_change x
      where not exists (select from ${table} t where ${isSame}) returning 1)`;
}

/**
 * Takes what waits of a program and adds it to the sums, all in one statement. Clicks are added up by their places as texts, each of which is
 * then taken apart once. An order's part is what its newest decision says less what is in the sums of it; decisions may come in any order.
 *
 * `clicks` is how servers before this one left them: one by one, which takes three times as long.
 */
const FOLD = `with taken as (
    delete from report_queue q using (select slice, id from report_queue where program_id = $1 order by id limit ${AT_ONCE}) w
    where q.slice = w.slice and q.id = w.id returning q.content
  ),
  told as (
    select distinct on (x.a, x.o) ${PLACE}, x.o, x.r, x.e, x.x, x.v, x.m
    from taken, json_to_recordset(content -> 'orders') as x (a uuid, t timestamptz, z text, l text, s text, h text, c text, o uuid, r int, e int, x int, v bigint, m bigint)
    order by x.a, x.o, x.r desc
  ),
  before as (select r.* from report_order r join told on r.affiliate_id = told.a and r.order_id = told.o),
  after as (select told.* from told left join before b on b.affiliate_id = told.a and b.order_id = told.o where b.revision is null or b.revision < told.r),
  kept as (
    insert into report_order as r (affiliate_id, order_id, program_id, revision, day, link, sub, country, channel, orders, rejected, sales, commission)
    select a, o, $1, r, day, link, sub, country, channel, e, x, v, m from after
    on conflict (affiliate_id, order_id) do update set revision = excluded.revision, day = excluded.day, link = excluded.link, sub = excluded.sub, country = excluded.country,
      channel = excluded.channel, orders = excluded.orders, rejected = excluded.rejected, sales = excluded.sales, commission = excluded.commission
    returning 1
  ),
  counted as (
    select key::json as k, sum(n)::int as n, sum(b)::int as b from (
      select key, value::int as n, 0 as b from taken, json_each_text(content -> 'good')
      union all select key, 0, value::int from taken, json_each_text(content -> 'barred')
    ) one group by key
  ),
  clicked as (
    select (k ->> 0)::uuid as a, (k ->> 1)::timestamptz as t, k ->> 2 as z, k ->> 3 as l, k ->> 4 as s, k ->> 5 as h, k ->> 6 as c, n, b from counted
    union all
    select x.* from taken, json_to_recordset(content -> 'clicks') as x (a uuid, t timestamptz, z text, l text, s text, h text, c text, n int, b int)
  ),
  change as (
    select ${PLACE}, x.n as clicks, x.b as barred, 0 as referrals, 0 as orders, 0 as rejected, 0::bigint as sales, 0::bigint as commission
    from clicked x
    union all
    select ${PLACE}, 0, 0, 1, 0, 0, 0, 0 from taken, json_to_recordset(content -> 'referrals') as x (a uuid, t timestamptz, z text, l text, s text, h text, c text)
    union all
    select a, day, link, sub, country, channel, 0, 0, 0, e, x, v, m from after
    union all
    select b.affiliate_id, b.day, b.link, b.sub, b.country, b.channel, 0, 0, 0, -b.orders, -b.rejected, -b.sales, -b.commission
    from before b join after on after.a = b.affiliate_id and after.o = b.order_id
  ),
  ${addTo('report_day', ['day', 'country', 'channel'])},
  ${addTo('report_source', ['day', 'link', 'sub'])}
  select count(*)::int as taken from taken`;

/**
 * Adds up what waits of one program in parts, and tells of each how many milliseconds it took. Each is done by one at a time, and wholly or
 * not at all.
 */
async function* partsOf(em: EntityManager, programId: string): AsyncGenerator<number> {
  const waiting = await hotRows(em, 'select 1 from report_queue where program_id = $1 limit 1', [programId]);
  if (waiting.length === 0) return;
  await rows(em, 'insert into report_lock (program_id) values ($1) on conflict do nothing', [programId]);
  for (let taken = AT_ONCE; taken === AT_ONCE; ) {
    const start = performance.now();
    taken = await inTransaction(em, async (tx) => {
      await rows(tx, 'select 1 from report_lock where program_id = $1 for update', [programId]);
      return (await row<{ taken: number }>(tx, FOLD, [programId]))!.taken;
    });
    yield performance.now() - start;
  }
}

/** Adds up what waits of one program. */
export async function foldReports(em: EntityManager, programId: string): Promise<void> {
  for await (const _ of partsOf(em, programId));
}

/** Adds up what waits, program by program, and leaves the database alone for as long as each part took. Ends after a part when told to stop. */
export async function foldAllReports(em: EntityManager, stop: AbortSignal): Promise<void> {
  const waiting = await rows<{ program_id: string }>(em, 'select distinct program_id from report_queue limit 1000');
  for (const { program_id } of waiting) {
    for await (const tookMs of partsOf(em, program_id)) {
      await sleep(tookMs);
      if (stop.aborted) return;
    }
  }
}
