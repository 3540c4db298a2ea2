import type { OrderContent } from '@tributary/shared/facts';
import { type Counted, countOrder, type MeasuredOrder } from '@tributary/shared/people';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { EVENTS_JSON, type EventJson, findAffiliateId, type MeasureOf, measureBy, storedEvents } from '../affiliate/index.ts';
import { ORDER_COLUMNS, type Order } from '../order/index.ts';
import type { MeasuredOrderArgs } from './measure.input.ts';

/** An order behind a measure of an affiliate. */
export interface CountedOrder extends Counted {
  /** Null: it is somebody else's by now, and not the viewer's to see. */
  readonly order: Order | null;
  readonly orderId: string;
  readonly placedAt: Date;
  readonly by: MeasureOf;
  readonly rules: readonly string[];
}

interface Row extends Order {
  readonly content: OrderContent;
  readonly events: EventJson[] | null;
  readonly status: MeasuredOrder['status'];
  readonly commission: bigint;
  readonly decidedAt: Date;
  readonly stands: boolean;
  readonly isFirst: boolean;
  readonly earnedSince: Date | null;
  readonly earnedUntil: Date | null;
  readonly rules: string[];
}

/** What measures of affiliates are made of. */
export class MeasureService {
  /** The orders that are or were an affiliate's, each with what it counts for a measure, the newest first. */
  async orders(context: Context, args: MeasuredOrderArgs, page: Page): Promise<Connection<CountedOrder>> {
    const program = await context.services.programs.find(context, args.program);
    const affiliateId = program && (await findAffiliateId(context, args.affiliate));
    if (program === undefined || affiliateId === undefined) return nothing(page);
    const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
    const { compiled } = versionAt(terms, await context.now());
    const measure = args.measure ?? compiled.terms.classes?.measure;
    if (measure === undefined) return nothing(page);
    const by = measureBy(compiled, measure);
    const list = new List({ select: COLUMNS, from: FROM, sort: [['c.order_id', 'uuid']], descending: true });
    list.where('c.affiliate_id = ?', affiliateId).where('c.program_id = ?', program.id);
    const own = context.viewer.affiliateId;
    return list.read<Row, CountedOrder>(context.em, page, { cursor: ({ id }) => [id], node: (row) => countedOf(row, by, own) });
  }
}

const nothing = (page: Page): Connection<CountedOrder> =>
  makeConnection<never, CountedOrder>({ rows: [], page, cursor: () => [], node: (row) => row, count: () => Promise.resolve(0) });

function countedOf(row: Row, by: MeasureOf, own: string | null): CountedOrder {
  const { content, events, status, commission, decidedAt, stands, isFirst, earnedSince, earnedUntil, rules, ...order } = row;
  const counted = countOrder(
    by.measure,
    {
      content,
      placedAt: order.placedAt.getTime(),
      events: storedEvents(events),
      status,
      decidedAt: decidedAt.getTime(),
      commission,
      earned: { since: earnedSince?.getTime() ?? null, until: earnedUntil?.getTime() ?? null },
      customer: isFirst ? 'first' : stands && order.customerId !== null ? 'again' : 'none',
    },
    by.currencyExponent,
  );
  return {
    ...counted,
    order: own === null || order.affiliateId === own ? order : null,
    orderId: order.externalId,
    placedAt: order.placedAt,
    by,
    // The decision is about somebody else by now.
    rules: status === 'moved' ? [] : rules,
  };
}

const FROM = 'commission c join order_record o on o.id = c.order_id';

/** Of one customer's orders the one that was placed first counts; at one instant the one that was told first. */
const IS_FIRST = `c.stands and o.customer_id is not null and not exists (
  select from order_record p join commission b on b.affiliate_id = c.affiliate_id and b.order_id = p.id and b.program_id = c.program_id and b.stands
  where p.customer_id = o.customer_id and (p.placed_at, p.id) < (o.placed_at, o.id))`;

const EARNING = 'd.order_id = c.order_id and d.affiliate_id = c.affiliate_id and d.amount > 0';

const COLUMNS = `${ORDER_COLUMNS}, o.content, c.status, c.amount as commission, c.decided_at as "decidedAt", c.stands,
  (select ${EVENTS_JSON} from order_event e where e.order_id = c.order_id) as events,
  ${IS_FIRST} as "isFirst",
  (select min(d.decided_at) from decision d where ${EARNING}) as "earnedSince",
  (select min(n.decided_at) from decision n where n.order_id = c.order_id
     and n.revision > (select max(d.revision) from decision d where ${EARNING})) as "earnedUntil",
  (select d.rules from decision d where d.order_id = c.order_id and d.revision = c.revision) as rules`;
