import type { ClickFacts } from '@tributary/shared/facts';
import { firstValue, valueAt } from '@tributary/shared/people';
import { foldChannel } from '@tributary/shared/terms';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { ProgramTerms } from './programTerms.ts';
import type { Prepared, Ready, Recorded } from './types.ts';
import { type AffiliateState, type CustomerState, keyOf, type OrderState, type Workset } from './workset.ts';
import { Writes } from './writes.ts';

/** Another batch claimed or filled one of the names first: nothing is written, and the batch runs again on what is there now. */
export class NameTaken extends Error {}

/** The batch needs its enrollments for itself, which it learned too late: it is run again that way. */
export class NeedsExclusive extends Error {}

/** What the functions that apply facts work on. */
export class Batch {
  readonly writes = new Writes();
  readonly tx: Transaction;
  readonly terms: ProgramTerms;
  readonly set: Workset;
  readonly exclusive: boolean;
  /** When the last of its facts became known. */
  readonly now: number;
  /** Orders in the order in which they were touched. */
  readonly touched: OrderState[] = [];
  /** Clicks that this batch brought: orders placed after them may have to be decided again. */
  readonly newClicks: { click: ClickFacts; visitor: string | undefined; now: number }[] = [];
  /** One bucket for all clicks of a batch. */
  readonly clickBucket = Math.floor(Math.random() * 256);
  /** Customers whom this batch tied to an affiliate. */
  readonly tied: CustomerState[] = [];
  /** Customers whose registration this batch brought: so may their orders. */
  readonly registered: { customerId: string; at: number; now: number }[] = [];

  constructor(tx: Transaction, terms: ProgramTerms, set: Workset, { exclusive, now }: { exclusive: boolean; now: number }) {
    this.tx = tx;
    this.terms = terms;
    this.set = set;
    this.exclusive = exclusive;
    this.now = now;
  }

  /** The order is decided when all facts of the batch are in. */
  touch(order: OrderState, cause: string, at: number, now: number): void {
    if (order.touched === null) this.touched.push(order);
    order.touched = { cause, at: Math.max(at, order.placedAt, order.touched?.at ?? 0), now };
  }

  claim(kind: string, externalId: string, factId: string, hash: Buffer | null): void {
    this.set.keys.set(keyOf(kind, externalId), { factId, hash });
    this.writes.keys.push({ kind, externalId, factId, hash });
  }

  /** As `claim`, for a name that may be awaited. */
  fill(kind: 'order' | 'click', externalId: string, factId: string, hash: Buffer): void {
    if (!this.set.keys.has(keyOf(kind, externalId))) {
      this.claim(kind, externalId, factId, hash);
      return;
    }
    this.set.keys.set(keyOf(kind, externalId), { factId, hash });
    this.writes.filled.push({ kind, externalId, factId, hash });
  }

  /**
   * A click that is named before it is known: whoever brings it meets this name, so that of two who come at once the later
   * one sees the other.
   */
  awaitClick(externalId: string | undefined): void {
    if (externalId !== undefined && !this.set.keys.has(keyOf('click', externalId))) this.claim('click', externalId, newId(), null);
  }

  revisit(kind: 'order' | 'customer', id: string, cause: string, at: number, now: number): void {
    this.writes.revisits.push({ kind, id, cause, at, now });
  }
}

export type Apply<K extends Prepared['kind']> = (
  batch: Batch,
  fact: Extract<Prepared, { kind: K }>,
  told: Ready,
) => Recorded | Promise<Recorded>;

export function isActiveAt(affiliate: AffiliateState, at: number): boolean {
  return valueAt(affiliate.history, 'status', at) === 'active';
}

/** What traffic clauses may read of an affiliate, as of an instant. */
export function affiliateView({ history, country, sources }: AffiliateState, at: number) {
  return {
    class: valueAt(history, 'class', at) ?? firstValue(history, 'class'),
    country: country ?? undefined,
    sourceKinds: sources.filter((source) => source.declaredAt <= at).map((source) => source.kind),
  };
}

export function isPermittedAt(affiliate: AffiliateState, channel: string | undefined, at: number): boolean {
  if (channel === undefined) return false;
  const wanted = foldChannel(channel);
  return valueAt(affiliate.history, 'permission', at, (subject) => foldChannel(subject) === wanted) === 'granted';
}
