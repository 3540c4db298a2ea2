import type { Row, Written } from './capture.ts';
import { balanceMoves } from './copy.ts';

/** The rows of transactions that took in many orders, order by order, as if each had come alone. */
export function splitByOrder(transactions: readonly Written[]): Written[] {
  return transactions.flatMap(splitOne);
}

function splitOne(written: Written): Written[] {
  const parts = new Map<string, Map<string, Row[]>>();
  const owners = ownersOf(written, parts);
  for (const [table, rows] of written) {
    if (table === 'ledger_balance') continue;
    for (const row of rows) {
      const owner = Object.values(row).find((value) => value !== null && owners.has(value)) ?? '';
      const part = parts.get(owners.get(owner) ?? '');
      // What belongs to no order of its own was written for all: the first one has it.
      const taker = part ?? [...parts.values()][0]!;
      taker.set(table, [...(taker.get(table) ?? []), row]);
    }
  }
  for (const part of parts.values()) {
    const moves = balanceMoves(part.get('ledger_posting') ?? []);
    if (moves.length > 0) part.set('ledger_balance', moves);
  }
  return [...parts.values()];
}

/** Of every id and name that the transaction made, the order that it was made for. */
function ownersOf(written: Written, parts: Map<string, Map<string, Row[]>>): Map<string, string> {
  const owners = new Map<string, string>();
  const own = (value: string | null | undefined, order: string) => {
    if (value != null && !owners.has(value)) owners.set(value, order);
  };
  for (const { id, customer_id, visitor } of written.get('order_record') ?? []) {
    parts.set(id!, new Map());
    own(id, id!);
    own(customer_id, id!);
    own(visitor, id!);
  }
  for (const { id, external_id } of written.get('customer') ?? []) own(external_id, owners.get(id!) ?? '');
  for (const { external_id, fact_id, kind } of written.get('fact_key') ?? [])
    if (kind === 'customer') own(external_id, owners.get(fact_id!) ?? '');
  for (const { id, cause_id } of written.get('ledger_entry') ?? []) own(id, owners.get(cause_id!) ?? '');
  return owners;
}
