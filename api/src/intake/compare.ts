import { decide } from '@tributary/shared/decide';
import type { CompiledTerms } from '@tributary/shared/terms';
import type { EntityManager } from '../platform/database/orm.ts';
import { rows } from '../platform/database/sql.ts';
import { inTransaction } from '../platform/database/transaction.ts';
import { DecisionInput } from './decideOrder.ts';
import { loadWorkset } from './load/index.ts';
import { collectNames } from './names.ts';
import { type ProgramTerms, versionAt } from './programTerms.ts';
import type { OrderState, Workset } from './workset.ts';

/** What an order earns by its terms, and what it would earn by others. Minor units of the reward. */
export interface Compared {
  /** Of the affiliate who would get it, else of the one who gets it, when the order was placed; null: there is none, or it has no class. */
  readonly class: string | null;
  readonly before: bigint;
  readonly after: bigint;
}

/**
 * Decides orders by the terms of their days and by others in their place, from the same facts. Nothing is locked, and the database itself
 * refuses whatever would be written.
 */
export function compareTerms(
  em: EntityManager,
  terms: ProgramTerms,
  other: CompiledTerms,
  orderIds: readonly string[],
): Promise<readonly Compared[]> {
  return inTransaction(em, async (tx) => {
    await rows(tx, 'set transaction read only');
    const names = collectNames([]);
    for (const id of orderIds) names.orderIds.add(id);
    names.isReading = true;
    const set = await loadWorkset(tx, terms, names);
    return [...set.orders.values()].map((order) => compareOrder(set, terms, other, order));
  });
}

function compareOrder(set: Workset, terms: ProgramTerms, other: CompiledTerms, order: OrderState): Compared {
  const customer = order.customerId === null ? undefined : set.customersById.get(order.customerId);
  const version = versionAt(terms, order.placedAt);
  const input = new DecisionInput(set, order, customer, version);
  const decideBy = (compiled: CompiledTerms) => {
    const decision = decide(compiled, input);
    if (!decision.needsPlace || decision.affiliateId === null || customer === undefined) return decision;
    // The next place, as it would be given; the set is thrown away afterwards.
    const place = (set.placeHolders.get(decision.affiliateId) ?? 0) + 1;
    set.places.set(`${decision.affiliateId}\n${customer.id}`, {
      place,
      standing: 1,
      givenAt: order.placedAt,
      changed: false,
      provisional: true,
    });
    return decide(compiled, input);
  };
  const [before, after] = [decideBy(version.compiled), decideBy(other)];
  const affiliateId = after.affiliateId ?? before.affiliateId;
  return {
    class: affiliateId === null ? null : (input.affiliate(affiliateId).class ?? null),
    before: before.amount,
    after: after.amount,
  };
}
