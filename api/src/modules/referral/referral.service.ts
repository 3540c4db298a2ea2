import { holdsIn } from '../../access/index.ts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { hotRows, row } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { sliceOf } from '../../platform/ids.ts';
import { narrow, versionAt } from '../program/index.ts';
import { CUSTOMER_COLUMNS, CUSTOMER_JOINS, type Customer, maskPhone } from './referral.entity.ts';
import type { CustomerArgs } from './referral.input.ts';

/** Whatever terms say, no more digits of a phone are shown to affiliates. */
const MOST_SHOWN = 4;

/** Customers by our id; null: there is none, or the customer is not tied to the affiliate who asks. */
export const customersById: LoaderDefinition<string, Customer | null> = {
  async read({ em, viewer }, ids) {
    const text = `select ${CUSTOMER_COLUMNS} from customer c join program p on p.id = c.program_id ${CUSTOMER_JOINS}
       where c.id = any($1::uuid[]) and p.organization_id = $2 and ($3::uuid is null or c.tied_affiliate_id = $3)`;
    const found = await hotRows<Customer>(em, text, [ids, viewer.organizationId, viewer.affiliateId]);
    const customers = new Map(found.map((customer) => [customer.id, customer]));
    return ids.map((id) => {
      const found = customers.get(id);
      return found && holdsIn(viewer.grants, ['customer.read', 'own.read'], found.programId) ? found : null;
    });
  },
};

export class CustomerService {
  /** A customer by the caller's id. */
  async find(context: Context, programKey: string, externalId: string): Promise<Customer | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const found = await row<Customer>(
      context.em,
      `select ${CUSTOMER_COLUMNS} from fact_key k join customer c on c.id = k.fact_id ${CUSTOMER_JOINS}
       where k.slice = $1 and k.scope_id = $2 and k.kind = 'customer' and k.external_id = $3 and ($4::uuid is null or c.tied_affiliate_id = $4)`,
      [sliceOf(externalId), program.id, externalId, context.viewer.affiliateId],
    );
    return found ?? null;
  }

  /** The last recorded first. */
  async list(context: Context, { tied, from, to, ...args }: CustomerArgs, page: Page): Promise<Connection<Customer>> {
    // As `narrow` wants it, an affiliate's own rows are those of the customers tied to it.
    const table = '(select *, tied_affiliate_id as affiliate_id from customer) c';
    const list = new List({ select: CUSTOMER_COLUMNS, from: `${table} ${CUSTOMER_JOINS}`, sort: [['c.id', 'uuid']], descending: true });
    await narrow(context, list, 'c', args);
    if (tied != null) list.where(`c.affiliate_id is ${tied ? 'not ' : ''}null`);
    if (from != null) list.where('c.registered_at >= ?', new Date(from));
    if (to != null) list.where('c.registered_at < ?', new Date(to));
    return list.read<Customer, Customer>(context.em, page, { cursor: ({ id }) => [id], node: (customer) => customer });
  }

  async maskedPhone(context: Context, { programId, fullPhone }: Customer): Promise<string | null> {
    if (fullPhone === null) return null;
    const terms = await context.services.terms.of(context.em, programId);
    // Where the terms are silent nothing is shown.
    const masking = versionAt(terms, await context.now())?.document.customers?.masking;
    return maskPhone(fullPhone, Math.min(masking?.showLast ?? 0, MOST_SHOWN));
  }

  /** By the terms in force when the customer was tied. */
  async giftDays(context: Context, { programId, affiliateId, tiedAt }: Customer): Promise<number> {
    if (affiliateId === null || tiedAt === null) return 0;
    const terms = await context.services.terms.of(context.em, programId);
    return versionAt(terms, tiedAt.getTime())?.document.customers?.gift?.days ?? 0;
  }
}
