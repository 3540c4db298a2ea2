import type { Context, Viewer } from '../../context.ts';
import { count, hotRows, rows } from '../../platform/database/sql.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { amountOf } from '../../platform/graphql/money.ts';
import { affiliatesById } from '../affiliate/index.ts';
import { type Order, statusAt } from '../order/index.ts';
import { programsOf, type TermsOfProgram } from '../program/index.ts';
import type { Commission, DecisionRow } from './commission.entity.ts';
import { rulesOfAttribution } from './commission.explanation.ts';
import type { CommissionArgs } from './commission.input.ts';
import { decisionsByKey, decisionsByOrder, derivations } from './commission.loader.ts';
import { type CommissionFilter, countStatement, isUsual, needsMore, pageStatement } from './commission.page.ts';

interface PageRow extends DecisionRow {
  readonly affiliateId: string;
  readonly placedAt: Date;
  readonly externalId: string;
  readonly toldAt: Date;
  readonly customerId: string | null;
  readonly visitor: string | null;
  readonly clickRef: string | null;
  readonly misfit: boolean;
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

  /** Commissions of affiliates: one for each order and affiliate that it was ever attributed to. `fields`: what will be read of them. */
  async list(context: Context, args: CommissionArgs, page: Page, fields: ReadonlySet<string>): Promise<Connection<Commission>> {
    const { em, viewer } = context;
    const now = await context.now();
    const filter: CommissionFilter = {
      ...args,
      organizationId: viewer.organizationId,
      programs: await programsOf(context, args),
      own: viewer.affiliateId,
      now,
    };
    const { text, values } = pageStatement(filter, page, needsMore(fields));
    const found = await (isUsual(filter, page) ? hotRows : rows)<PageRow>(em, text, values);
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
  const { orderId, programId, externalId, placedAt, toldAt, customerId, visitor, clickRef, misfit } = row;
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
    misfit,
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
    lineAmounts: moved ? (row.lineAmounts ?? []).map(() => 0n) : row.lineAmounts,
    because: moved
      ? (_, context) =>
          context
            .load(derivations)
            .load(row)
            .then((derivation) => rulesOfAttribution(context, derivation))
      : row.rules,
  };
}
