import { postEntries } from '../../books/index.ts';
import { together } from '../../platform/database/sql.ts';
import type { Batch } from '../batch.ts';
import { findSharing } from '../sharing.ts';
import { writeConsequences } from './consequences.ts';
import { writeDecisions, writePlaces } from './decisions.ts';
import { writeActivities, writeClicks, writeCustomers, writeEvents, writeOrders } from './facts.ts';
import { writeKeys } from './keys.ts';
import { writeMessages } from './messages.ts';
import { queueReport } from './reports.ts';

/** Writes all that a batch gathered: one statement per table, all on their way at once. */
export async function writeBatch(batch: Batch): Promise<void> {
  await together(batch.tx, [
    () => writeKeys(batch),
    () => writeCustomers(batch),
    () => writeClicks(batch),
    () => writeOrders(batch),
    () => writeEvents(batch),
    () => writeDecisions(batch),
    () => writePlaces(batch),
    () => writeActivities(batch),
    () => postEntries(batch.tx, batch.terms.programId, batch.writes.entries),
    () => queueReport(batch),
  ]);
  await findSharing(batch);
  await writeConsequences(batch);
  await writeMessages(batch);
}
