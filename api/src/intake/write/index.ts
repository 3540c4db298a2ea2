import { postEntries } from '../../books/index.ts';
import type { Batch } from '../batch.ts';
import { findSharing } from '../sharing.ts';
import { writeConsequences } from './consequences.ts';
import { writeDecisions, writePlaces } from './decisions.ts';
import { writeActivities, writeClicks, writeCustomers, writeEvents, writeOrders } from './facts.ts';
import { writeKeys } from './keys.ts';

/** Writes all that a batch gathered: one statement per table. */
export async function writeBatch(batch: Batch): Promise<void> {
  await writeKeys(batch);
  await writeCustomers(batch);
  await writeClicks(batch);
  await writeOrders(batch);
  await findSharing(batch);
  await writeEvents(batch);
  await writeDecisions(batch);
  await writePlaces(batch);
  await writeActivities(batch);
  await writeConsequences(batch);
  await postEntries(batch.tx, batch.terms.programId, batch.writes.entries);
}
