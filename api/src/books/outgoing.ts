import { type Lot, type PlannedPosting, remainingOf, takeFromLots } from '@tributary/shared/ledger';
import { rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { expireLots } from './expire.ts';
import { LOT_COLUMNS, type LotRow, lotOf } from './lots.ts';
import { postEntries } from './post.ts';
import { settleDebts } from './settle.ts';

/** What an affiliate could take out at an instant. */
export interface Available {
  lots: Lot[];
  /** What is left of usable lots less debt; may be negative. */
  amount: bigint;
}

/** Reads usable lots and debt. The caller holds the enrollment's lock, and what fell due by then is done. */
export async function availableAt(tx: Transaction, programId: string, affiliateId: string, unit: string, at: number): Promise<Available> {
  const found = await rows<LotRow>(
    tx,
    `select ${LOT_COLUMNS} from lot l where l.affiliate_id = $1 and l.program_id = $2 and l.unit = $3 and l.usable_from <= $4
       and (l.ends_at is null or l.ends_at > $4) and l.credited > l.taken_back + l.consumed + l.expired`,
    [affiliateId, programId, unit, new Date(at)],
  );
  const [debt] = await rows<{ amount: bigint }>(
    tx,
    `select amount from ledger_balance where affiliate_id = $1 and program_id = $2 and unit = $3 and account = 'debt'`,
    [affiliateId, programId, unit],
  );
  const lots = found.map(lotOf);
  return { lots, amount: lots.reduce((sum, lot) => sum + remainingOf(lot), debt?.amount ?? 0n) };
}

export interface Outgoing {
  affiliateId: string;
  unit: string;
  kind: string;
  /** Our id of the withdrawal or redemption; the steps of its life count the sequence. */
  causeId: string;
  sequence: number;
  at: number;
}

/** Takes an amount out of usable lots, what ends first first. */
export async function takeOut(
  tx: Transaction,
  programId: string,
  out: Outgoing,
  lots: readonly Lot[],
  amount: bigint,
  credit: 'reserved' | 'redeemed',
): Promise<void> {
  await postEntries(tx, programId, [{ ...out, postings: takeFromLots(lots, amount, credit, out.at), newLot: null }]);
}

/** Gives back to each lot what was taken from it: `from` is where it lies now. Given back to a lot that has ended, it expires at once. */
export async function giveBack(
  tx: Transaction,
  programId: string,
  out: Outgoing,
  from: 'reserved' | 'clearing' | 'redeemed',
): Promise<void> {
  const taken = await rows<{ lot_id: string; amount: bigint }>(
    tx,
    `select p.lot_id, p.amount from ledger_cause c join ledger_posting p on p.affiliate_id = c.affiliate_id and p.entry_id = c.entry_id
     where c.affiliate_id = $1 and c.cause_id = $2 and c.sequence = 0 and p.lot_id is not null`,
    [out.affiliateId, out.causeId],
  );
  const postings = taken.map(({ lot_id, amount }): PlannedPosting => ({ debit: from, credit: 'owed', amount, lotId: lot_id }));
  await postEntries(tx, programId, [{ ...out, postings, newLot: null }]);
  await settleDebts(tx, programId, [out.affiliateId], out.at);
  await expireLots(tx, programId, [out.affiliateId], out.at);
}

/** Holds of carts that were abandoned: the points go back (BG-13). */
export async function lapseHolds(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  const held = await rows<{ affiliate_id: string; id: string; unit: string }>(
    tx,
    `update redemption set status = 'released', decided_at = lapses_at, decided_by = 'clock'
     where affiliate_id = any($1::uuid[]) and program_id = $2 and status = 'held' and lapses_at <= $3 returning affiliate_id, id, unit`,
    [affiliateIds, programId, new Date(at)],
  );
  for (const hold of held) {
    const out = { affiliateId: hold.affiliate_id, unit: hold.unit, kind: 'redemption-lapsed', causeId: hold.id, sequence: 1, at };
    await giveBack(tx, programId, out, 'reserved');
  }
  return held.length;
}

interface RequestRow {
  affiliate_id: string;
  id: string;
  unit: string;
  amount: bigint | null;
}

/** A cut-off takes balances as they are at its instant: requests become processing, those with nothing there are rejected (BS-09, BS-10). */
export async function takeAtCutOff(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  const requests = await rows<RequestRow>(
    tx,
    `select affiliate_id, id, unit, amount from withdrawal where affiliate_id = any($1::uuid[]) and program_id = $2 and status = 'requested' and cut_off_at <= $3 order by affiliate_id, id`,
    [affiliateIds, programId, new Date(at)],
  );
  for (const request of requests) {
    const available = await availableAt(tx, programId, request.affiliate_id, request.unit, at);
    const taken = available.amount > 0n ? available.amount : 0n;
    await rows(tx, 'update withdrawal set status = $3, amount = $4, decided_at = $5, decided_by = $6 where affiliate_id = $1 and id = $2', [
      request.affiliate_id,
      request.id,
      taken > 0n ? 'processing' : 'rejected',
      taken,
      new Date(at),
      'clock',
    ]);
    if (taken === 0n) continue;
    const out = {
      affiliateId: request.affiliate_id,
      unit: request.unit,
      kind: 'withdrawal-reserved',
      causeId: request.id,
      sequence: 0,
      at,
    };
    await takeOut(tx, programId, out, available.lots, taken, 'reserved');
  }
  return requests.length;
}
