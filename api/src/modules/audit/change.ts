import type { Transaction } from '../../platform/database/transaction.ts';

type State = Readonly<Record<string, unknown>>;

export interface Change {
  readonly before: State;
  readonly after: State;
}

const changes = new WeakMap<Transaction, Change>();

/**
 * Says for the audit log what an act changes: what was before, and what is after. Several changes of one act stand together. Called in
 * the transaction of the act; where nobody keeps a log of it, it does nothing. No names, addresses, accounts: ids and states.
 *
 *     noteChange(act.tx, { before: { status: found.status }, after: { status } });
 */
export function noteChange(tx: Transaction, { before, after }: Change): void {
  const noted = changes.get(tx);
  // Of one thing that changes twice, what was first and what is last.
  changes.set(tx, { before: { ...before, ...noted?.before }, after: { ...noted?.after, ...after } });
}

export const changeOf = (tx: Transaction): Change | undefined => changes.get(tx);
