import { remainingOf } from '@tributary/shared/ledger';
import { formatInstant } from '@tributary/shared/time';
import { affiliateNames, amountsOf, type Message, queueMessages } from '../messages/index.ts';
import { hotRows as rows, together } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { LOT_COLUMNS, type LotRow, lotOf } from './lots.ts';
import { type Entry, postEntries } from './post.ts';

/**
 * Moves what is left of lots past their end to `breakage` (BG-10, BS-12), dated at the end. The caller holds the
 * enrollments' locks. What has nothing left posts nothing. What was given back after the end expires again, so the
 * lot's earlier expirations count into the cause.
 */
export async function expireLots(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  return expire(tx, programId, await endingLots(tx, programId, affiliateIds, at));
}

/** A lot that is past its end, how many entries it caused before, and whether the closing of the program ended it. */
type EndingLot = LotRow & { earlier: number; forfeited: boolean };

export function endingLots(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<EndingLot[]> {
  return rows<EndingLot>(
    tx,
    `select ${LOT_COLUMNS}, (select count(*)::int from ledger_cause c where c.affiliate_id = l.affiliate_id and c.cause_id = l.id) as earlier,
       l.forfeits_at is not null and (l.expires_at is null or l.forfeits_at < l.expires_at) as forfeited
     from lot l where l.affiliate_id = any($1::uuid[]) and l.program_id = $2 and l.ends_at <= $3 and l.credited > l.taken_back + l.consumed + l.expired
     order by l.affiliate_id, l.ends_at, l.id`,
    [affiliateIds, programId, new Date(at)],
  );
}

export async function expire(tx: Transaction, programId: string, found: readonly EndingLot[]): Promise<number> {
  if (found.length === 0) return 0;
  const entries = found.map((row): Entry => {
    const lot = lotOf(row);
    return {
      affiliateId: row.affiliate_id,
      unit: row.unit,
      kind: row.forfeited ? 'forfeited' : 'expired',
      causeId: lot.id,
      sequence: row.earlier,
      at: lot.endsAt as number,
      postings: [{ debit: 'owed', credit: 'breakage', amount: remainingOf(lot), lotId: lot.id }],
      newLot: null,
    };
  });
  const [posted] = await together(tx, [() => postEntries(tx, programId, entries), () => tellExpired(tx, programId, found)]);
  return posted;
}

async function tellExpired(tx: Transaction, programId: string, found: readonly EndingLot[]): Promise<void> {
  await queueMessages(tx, programId, ['lot.expired'], async () => {
    const names = await affiliateNames(
      tx,
      found.map((row) => row.affiliate_id),
    );
    const amountOf = await amountsOf(tx, programId);
    const orders = await rows<{ id: string; order: string }>(
      tx,
      `select l.id, o.external_id as "order" from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id)
       join lot l on l.affiliate_id = k.affiliate_id and l.id = k.id and l.source_kind = 'order' join order_record o on o.id = l.source_id`,
      [found.map((row) => row.affiliate_id), found.map((row) => row.id)],
    );
    const orderOf = new Map(orders.map(({ id, order }) => [id, order]));
    return found.map((row): Message => {
      const lot = lotOf(row);
      const at = lot.endsAt as number;
      const amount = amountOf(remainingOf(lot), row.unit);
      const data = {
        affiliate: names.get(row.affiliate_id),
        order: orderOf.get(row.id) ?? null,
        amount,
        unit: row.unit,
        forfeited: row.forfeited,
        at: formatInstant(at),
      };
      return { event: 'lot.expired', affiliateId: row.affiliate_id, at, data };
    });
  });
}
