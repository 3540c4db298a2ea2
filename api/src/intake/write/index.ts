import { postEntries } from '../../books/index.ts';
import { asOne, hotWrite, together } from '../../platform/database/sql.ts';
import { writeAtLast } from '../../platform/database/transaction.ts';
import type { Batch } from '../batch.ts';
import { findSharing } from '../sharing.ts';
import { writeConsequences } from './consequences.ts';
import { writeDecisions, writePlaces } from './decisions.ts';
import { insertionsOfClicks, writeActivities, writeCustomers, writeEvents, writeOrders } from './facts.ts';
import { claimOfKeys, throwTaken, writeKeys } from './keys.ts';
import { writeMessages } from './messages.ts';
import { insertionsOfReport } from './reports.ts';

/** Writes all that a batch gathered: one statement per table, all on their way at once. */
export async function writeBatch(batch: Batch): Promise<void> {
  const { tx } = batch;
  const writes = [...insertionsOfClicks(batch), ...insertionsOfReport(batch)];
  if (isOnlyClicks(batch)) {
    await writeAtLast(tx, asOne([claimOfKeys(batch), ...writes])).catch(throwTaken);
    return;
  }
  await together(tx, [
    () => writeKeys(batch),
    () => writeCustomers(batch),
    () => writeOrders(batch),
    () => writeEvents(batch),
    () => writeDecisions(batch),
    () => writePlaces(batch),
    () => writeActivities(batch),
    () => postEntries(tx, batch.terms.programId, batch.writes.entries),
    ...writes.map((write) => () => hotWrite(tx, write)),
  ]);
  await findSharing(batch);
  await writeConsequences(batch);
  await writeMessages(batch);
}

/** New clicks that lead to nothing else, as nearly all are: no order or customer comes with them, and nobody is to be told. */
function isOnlyClicks({ set, writes, exclusive }: Batch): boolean {
  const { clicks, filled, orders, decisions, cases, warnings } = writes;
  const isAll = [filled, orders, decisions, cases, warnings].every((list) => list.length === 0);
  return clicks.length > 0 && isAll && !exclusive && set.customers.size === 0 && !set.heard.has('click.recorded');
}
