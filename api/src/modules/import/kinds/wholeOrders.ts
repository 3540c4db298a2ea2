import { factsOf } from '../../postback/index.ts';
import type { ReadRow } from './kind.ts';

/** What a row says of its own line; all else it says of the order. */
const OF_THE_LINE: ReadonlySet<string> = new Set(['sku', 'product', 'category', 'kind', 'rate', 'quantity', 'amount', 'price']);

/**
 * Rows that follow each other and place one order are taken whole or not at all: where one of them cannot be read, is of the line of
 * another, or says something else of the order, none is. What only the first of them says of the order holds for all.
 */
export function wholeOrders(rows: readonly ReadRow[]): readonly ReadRow[] {
  const orders: ReadRow[][] = [];
  for (const row of rows) {
    const order = orders.at(-1);
    if (order !== undefined && isSameOrder(order.at(-1) as ReadRow, row)) order.push(row);
    else orders.push([row]);
  }
  return orders.flatMap((order) => (order.length === 1 ? order : wholeOrder(order)));
}

function isSameOrder(one: ReadRow, next: ReadRow): boolean {
  const order = one.values.get('order_id');
  const other = next.values.get('order_id');
  // Of a row that is cut off it may be half a number, or none at all.
  const isSame = next.isCut ? order?.startsWith(other ?? '') : order !== undefined && order === other;
  return isSame === true && placesLine(one) && (next.isCut === true || placesLine(next));
}

/** A cell that cannot be read may be the one that would say so. */
function placesLine({ values, problem }: ReadRow): boolean {
  return (values.has('sku') || problem !== undefined) && (values.get('status') ?? 'placed').toLowerCase().includes('placed');
}

function wholeOrder(rows: readonly ReadRow[]): readonly ReadRow[] {
  const [first] = rows as [ReadRow];
  const ofTheOrder = [...first.values].filter(([name]) => !OF_THE_LINE.has(name));
  const whole = rows.map((row) => ({ ...row, values: new Map([...ofTheOrder, ...row.values]) }));
  const fault = faultOf(whole);
  if (fault === undefined) return whole;
  // The row that is to blame says itself what is wrong with it.
  return whole.map((row) => (row.line === fault.line || row.problem !== undefined ? row : { ...row, problem: fault.problem }));
}

interface Fault {
  /** The row that says so itself, where one does. */
  readonly line?: number;
  readonly problem: string;
}

function faultOf(rows: readonly ReadRow[]): Fault | undefined {
  const [first] = rows as [ReadRow];
  const skus = new Set<string>();
  for (const { line, values, problem } of rows) {
    const facts = problem === undefined ? factsOf(values) : [];
    if (problem !== undefined || !Array.isArray(facts))
      return { line, problem: `It is a line of one order with row ${line}, which cannot be taken; so none of the order is.` };
    const sku = values.get('sku') as string;
    if (skus.has(sku)) return { problem: `The SKU ${sku} stands in two rows of one order; put its units in one.` };
    skus.add(sku);
    const other = [...values.keys()].find((name) => !OF_THE_LINE.has(name) && values.get(name) !== first.values.get(name));
    if (other !== undefined) return { problem: `Rows of one order say one thing each: row ${line} has another ${other}.` };
  }
  return undefined;
}
