import type { Context, LoaderDefinition, Viewer } from '../../context.ts';
import { count, hotRows, rows } from '../../platform/database/sql.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { amountOf } from '../../platform/graphql/money.ts';
import { affiliatesById } from '../affiliate/index.ts';
import { type Order, ordersById, statusAt } from '../order/index.ts';
import type { TermsOfProgram } from '../program/index.ts';
import { type Commission, DECISION_COLUMNS, type DecisionRow, type Derivation } from './commission.entity.ts';
import { attributionRules } from './commission.explanation.ts';
import type { CommissionArgs } from './commission.input.ts';
import { type CommissionFilter, countStatement, pageStatement } from './commission.page.ts';

const MOST_REVISIONS = 100;

export interface DecisionKey {
  readonly orderId: string;
  readonly revision: number;
}

const keyOf = ({ orderId, revision }: DecisionKey) => `${orderId} ${revision}`;

/** The caller has made sure that the viewer may see the orders. */
const decisionsByKey: LoaderDefinition<DecisionKey, DecisionRow> = {
  keyOf,
  async read({ em }, keys) {
    const text = `select ${DECISION_COLUMNS} from unnest($1::uuid[], $2::int[]) as k (order_id, revision)
       join decision d on d.order_id = k.order_id and d.revision = k.revision`;
    const found = await hotRows<DecisionRow>(em, text, [keys.map(({ orderId }) => orderId), keys.map(({ revision }) => revision)]);
    const decisions = new Map(found.map((decision) => [keyOf(decision), decision]));
    return keys.map((key) => decisions.get(keyOf(key)) ?? new Error(`There is no decision ${keyOf(key)}`));
  },
};

/** All decisions about an order, the newest first. */
const decisionsByOrder: LoaderDefinition<string, DecisionRow[]> = {
  async read({ em }, orderIds) {
    const text = `select ${DECISION_COLUMNS} from unnest($1::uuid[]) as k (order_id)
       cross join lateral (select * from decision where order_id = k.order_id order by revision desc limit ${MOST_REVISIONS}) d
       order by d.order_id, d.revision desc`;
    const found = await rows<DecisionRow>(em, text, [orderIds]);
    return orderIds.map((id) => found.filter(({ orderId }) => orderId === id));
  },
};

export const derivations: LoaderDefinition<DecisionKey, Derivation> = {
  keyOf,
  async read({ em }, keys) {
    const text = `select d.order_id as "orderId", d.revision, d.program_id as "programId", d.terms_version_id as "termsVersionId", d.steps
       from unnest($1::uuid[], $2::int[]) as k (order_id, revision) join decision d on d.order_id = k.order_id and d.revision = k.revision`;
    const values = [keys.map(({ orderId }) => orderId), keys.map(({ revision }) => revision)];
    const found = new Map((await rows<Derivation & DecisionKey>(em, text, values)).map((derivation) => [keyOf(derivation), derivation]));
    return keys.map((key) => found.get(keyOf(key)) ?? new Error(`There is no decision ${keyOf(key)}`));
  },
};

interface PageRow extends DecisionRow {
  readonly affiliateId: string;
  readonly placedAt: Date;
  readonly externalId: string;
  readonly toldAt: Date;
  readonly customerId: string | null;
  readonly visitor: string | null;
  readonly clickRef: string | null;
  readonly newest: number;
  readonly attributedTo: string | null;
  readonly affiliateExternalId: string;
  readonly affiliateCountry: string | null;
  readonly affiliateCreatedAt: Date;
}

export class CommissionService {
  /** What an order earns: its newest decision. */
  async ofOrder(context: Context, order: Order): Promise<Commission> {
    const decision = await context.load(decisionsByKey).load({ orderId: order.id, revision: order.revision });
    return this.fromDecision(context, order, decision, order.id);
  }

  /** All decisions about an order, the newest first. */
  async revisionsOf(context: Context, order: Order): Promise<Commission[]> {
    const found = await context.load(decisionsByOrder).load(order.id);
    const { affiliateId } = context.viewer;
    return Promise.all(
      found
        // While it was somebody else's it is not the viewer's to see.
        .filter((decision) => affiliateId === null || decision.affiliateId === affiliateId)
        .map((decision) => this.fromDecision(context, order, decision, `${order.id}.${decision.revision}`)),
    );
  }

  /** Commissions of affiliates: one for each order and affiliate that it was ever attributed to. */
  async list(context: Context, args: CommissionArgs, page: Page): Promise<Connection<Commission>> {
    const { em, viewer } = context;
    const now = await context.now();
    const program = args.program == null ? undefined : await context.services.programs.find(context, args.program);
    if (args.program != null && !program)
      return makeConnection<Commission, Commission>({ rows: [], page, cursor: () => [], node: (row) => row, count: async () => 0 });
    const filter: CommissionFilter = {
      ...args,
      organizationId: viewer.organizationId,
      programId: program?.id,
      own: viewer.affiliateId,
      now,
    };
    const { text, values } = pageStatement(filter, page);
    const found = await hotRows<PageRow>(em, text, values);
    const terms = new Map<string, TermsOfProgram>();
    for (const { programId } of found) if (!terms.has(programId)) terms.set(programId, await context.services.terms.of(em, programId));
    const byPlaced = args.sort === 'placed';
    return makeConnection({
      rows: found,
      page,
      cursor: (row) => (byPlaced ? [row.placedAt, row.orderId, row.affiliateId] : [row.orderId, row.affiliateId]),
      node: (row) => fromPage(row, terms.get(row.programId)!, viewer, now),
      count: () => {
        const counted = countStatement(filter);
        return count(em, counted.text, counted.values);
      },
    });
  }

  private async fromDecision(context: Context, order: Order, decision: DecisionRow, id: string): Promise<Commission> {
    const [terms, now] = await Promise.all([context.services.terms.of(context.em, order.programId), context.now()]);
    const { affiliateId } = decision;
    return {
      ...base(decision, terms, now),
      id,
      order,
      orderExternalId: order.externalId,
      affiliate: affiliateId === null ? null : () => context.load(affiliatesById).load(affiliateId),
      moved: false,
      because: decision.rules,
    };
  }
}

function base(decision: DecisionRow, terms: TermsOfProgram, now: number) {
  const { exponent } = terms.versions.find(({ id }) => id === decision.termsVersionId)!.document.reward;
  const { orderId, programId, affiliateId, unit, availableAt, expiresAt, termsVersionId, revision, decidedAt, cause, lineAmounts } =
    decision;
  return {
    orderId,
    programId,
    affiliateId,
    status: statusAt(decision.status, availableAt, now),
    unit,
    exponent,
    amount: amountOf(decision.amount, unit, exponent),
    lineAmounts,
    availableAt,
    expiresAt,
    termsVersionId,
    revision,
    decidedAt,
    cause,
  };
}

function fromPage(row: PageRow, terms: TermsOfProgram, { organizationId, affiliateId: own }: Viewer, now: number): Commission {
  const moved = row.status === 'moved';
  const { orderId, programId, externalId, placedAt, toldAt, customerId, visitor, clickRef } = row;
  const order = {
    id: orderId,
    programId,
    externalId,
    placedAt,
    toldAt,
    customerId,
    visitor,
    clickRef,
    revision: row.newest,
    affiliateId: row.attributedTo,
  };
  return {
    ...base(row, terms, now),
    id: `${orderId}.${row.affiliateId}`,
    order: own === null || row.attributedTo === own ? order : null,
    orderExternalId: externalId,
    affiliate: {
      id: row.affiliateId,
      organizationId,
      externalId: row.affiliateExternalId,
      country: row.affiliateCountry,
      createdAt: row.affiliateCreatedAt,
    },
    moved,
    // The decision is about somebody else by now: of it only the attribution concerns the one who lost the order.
    lineAmounts: moved ? row.lineAmounts.map(() => 0n) : row.lineAmounts,
    because: moved
      ? (_, context) =>
          context
            .load(derivations)
            .load(row)
            .then((derivation) => attributionRules(context, derivation))
      : row.rules,
  };
}

/** The order of a commission, for what needs it. */
export function orderOf({ orderId }: Commission, context: Context): Promise<Order | null> {
  return context.load(ordersById).load(orderId);
}
