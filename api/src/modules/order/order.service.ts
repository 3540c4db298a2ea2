import { holdsIn } from '../../access/index.ts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { hotRows, row } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { List } from '../../platform/graphql/list.ts';
import { sliceOf } from '../../platform/ids.ts';
import { narrow } from '../program/index.ts';
import { ORDER_COLUMNS, type Order } from './order.entity.ts';
import type { OrderArgs } from './order.input.ts';
import { statusCondition } from './order.words.ts';

/** Orders by our id; null: there is none, or it is not attributed to the affiliate who asks. */
export const ordersById: LoaderDefinition<string, Order | null> = {
  async read({ em, viewer }, ids) {
    const text = `select ${ORDER_COLUMNS} from order_record o join program p on p.id = o.program_id
       where o.id = any($1::uuid[]) and p.organization_id = $2 and ($3::uuid is null or o.affiliate_id = $3)`;
    const found = await hotRows<Order>(em, text, [ids, viewer.organizationId, viewer.affiliateId]);
    const orders = new Map(found.map((order) => [order.id, order]));
    return ids.map((id) => {
      const found = orders.get(id);
      return found && holdsIn(viewer.grants, ['order.read', 'own.read'], found.programId) ? found : null;
    });
  },
};

export class OrderService {
  /** An order by the caller's id or any of its other numbers. */
  async find(context: Context, programKey: string, externalId: string): Promise<Order | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    // Without a hash it is the name of an order that is waited for.
    const found = await row<Order>(
      context.em,
      `select ${ORDER_COLUMNS} from fact_key f join order_record o on o.id = f.fact_id
       where f.slice = $1 and f.scope_id = $2 and f.kind = 'order' and f.external_id = $3 and f.content_hash is not null
         and ($4::uuid is null or o.affiliate_id = $4)`,
      [sliceOf(externalId), program.id, externalId, context.viewer.affiliateId],
    );
    return found ?? null;
  }

  async list(context: Context, args: OrderArgs, page: Page): Promise<Connection<Order>> {
    const { customer, status, attributed, misfit, from, to, descending } = args;
    if (customer != null && args.program == null) throw badUserInput('Give the program, too: a customer is known by program');
    // Of one affiliate: by the commissions, which are kept with the affiliate.
    const ofOne = args.affiliate != null || context.viewer.affiliateId !== null;
    const orders = ofOne ? 'commission m join order_record o on o.id = m.order_id and o.affiliate_id = m.affiliate_id' : 'order_record o';
    const decided = status == null ? '' : 'join decision d on d.order_id = o.id and d.revision = o.revision';
    const id = [ofOne ? 'm.order_id' : 'o.id', 'uuid'] as const;
    const list = new List({
      select: ORDER_COLUMNS,
      from: `${orders} ${decided}`,
      sort: args.sort === 'placed' ? [['o.placed_at', 'timestamptz'], id] : [id],
      descending,
    });
    const program = await narrow(context, list, ofOne ? 'm' : 'o', args);
    if (customer != null) {
      const named = "select fact_id from fact_key where slice = ? and scope_id = ? and kind = 'customer' and external_id = ?";
      list.where(`o.customer_id = (${named})`, sliceOf(customer), program?.id, customer);
    }
    if (status != null) {
      const { text, usesNow } = statusCondition('d', status);
      list.where(text, ...(usesNow ? [new Date(await context.now())] : []));
    }
    if (attributed != null) list.where(`o.affiliate_id is ${attributed ? 'not ' : ''}null`);
    if (misfit != null) list.where(`${misfit ? '' : 'not '}o.misfit`);
    if (from != null) list.where('o.placed_at >= ?', new Date(from));
    if (to != null) list.where('o.placed_at < ?', new Date(to));
    const cursor = args.sort === 'placed' ? (order: Order) => [order.placedAt, order.id] : (order: Order) => [order.id];
    return list.read<Order, Order>(context.em, page, { cursor, node: (order) => order });
  }
}
