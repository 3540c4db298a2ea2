import { type Lot, type PlannedPosting, remainingOf, takeFromLots } from '@tributary/shared/ledger';
import { type RedemptionStep, tellRedemptions, tellWithdrawals, type WithdrawalStep } from '../messages/index.ts';
import { hotRows as rows, together } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { expireLots } from './expire.ts';
import { LOT_COLUMNS, type LotRow, lotOf } from './lots.ts';
import { type Entry, postEntries } from './post.ts';
import { settleDebts } from './settle.ts';

/** What an affiliate could take out at an instant. */
export interface Available {
  lots: Lot[];
  /** What is left of usable lots less debt; may be negative. */
  amount: bigint;
}

/** Reads usable lots and debt. The caller holds the enrollment's lock, and what fell due by then is done. */
export async function availableAt(tx: Transaction, programId: string, affiliateId: string, unit: string, at: number): Promise<Available> {
  const found = await availableOf(tx, programId, [affiliateId], at);
  return found.get(accountKey(affiliateId, unit)) ?? { lots: [], amount: 0n };
}

export const accountKey = (affiliateId: string, unit: string) => `${affiliateId} ${unit}`;

/** The same of many, by {@link accountKey}. Who has neither usable lots nor debt is not in it. */
export async function availableOf(
  tx: Transaction,
  programId: string,
  affiliateIds: readonly string[],
  at: number,
): Promise<Map<string, Available>> {
  const [lots, debts] = await together(tx, [
    () =>
      rows<LotRow>(
        tx,
        `select ${LOT_COLUMNS} from lot l where l.affiliate_id = any($1::uuid[]) and l.program_id = $2 and l.usable_from <= $3
           and (l.ends_at is null or l.ends_at > $3) and l.credited > l.taken_back + l.consumed + l.expired`,
        [affiliateIds, programId, new Date(at)],
      ),
    () =>
      rows<{ affiliate_id: string; unit: string; amount: bigint }>(
        tx,
        `select affiliate_id, unit, amount from ledger_balance where affiliate_id = any($1::uuid[]) and program_id = $2 and account = 'debt'`,
        [affiliateIds, programId],
      ),
  ]);
  const found = new Map<string, Available>();
  for (const row of lots) {
    const key = accountKey(row.affiliate_id, row.unit);
    const available = found.get(key) ?? { lots: [], amount: 0n };
    const lot = lotOf(row);
    available.lots.push(lot);
    available.amount += remainingOf(lot);
    found.set(key, available);
  }
  for (const { affiliate_id, unit, amount } of debts) {
    const available = found.get(accountKey(affiliate_id, unit)) ?? { lots: [], amount: 0n };
    available.amount += amount;
    found.set(accountKey(affiliate_id, unit), available);
  }
  return found;
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

/** An amount out of usable lots, what ends first first. */
export function outEntry(out: Outgoing, lots: readonly Lot[], amount: bigint, credit: 'reserved' | 'redeemed'): Entry {
  return { ...out, postings: takeFromLots(lots, amount, credit, out.at), newLot: null };
}

/** Takes it out. */
export async function takeOut(
  tx: Transaction,
  programId: string,
  out: Outgoing,
  lots: readonly Lot[],
  amount: bigint,
  credit: 'reserved' | 'redeemed',
): Promise<void> {
  await postEntries(tx, programId, [outEntry(out, lots, amount, credit)]);
}

/** Gives back to each lot what was taken from it: `from` is where it lies now. Given back to a lot that has ended, it expires at once. */
export async function giveBack(
  tx: Transaction,
  programId: string,
  outs: readonly Outgoing[],
  from: 'reserved' | 'clearing' | 'redeemed',
): Promise<void> {
  const [first] = outs;
  if (first === undefined) return;
  const taken = await rows<{ cause_id: string; lot_id: string; amount: bigint }>(
    tx,
    `select c.cause_id, p.lot_id, p.amount from unnest($1::uuid[], $2::uuid[]) as o (affiliate_id, cause_id)
     join ledger_cause c on c.affiliate_id = o.affiliate_id and c.cause_id = o.cause_id and c.sequence = 0
     join ledger_posting p on p.affiliate_id = c.affiliate_id and p.entry_id = c.entry_id where p.lot_id is not null`,
    [outs.map((out) => out.affiliateId), outs.map((out) => out.causeId)],
  );
  const postings = Map.groupBy(taken, (row) => row.cause_id);
  const entries = outs.map((out) => ({
    ...out,
    postings: (postings.get(out.causeId) ?? []).map(
      ({ lot_id, amount }): PlannedPosting => ({ debit: from, credit: 'owed', amount, lotId: lot_id }),
    ),
    newLot: null,
  }));
  await postEntries(tx, programId, entries);
  const affiliateIds = [...new Set(outs.map((out) => out.affiliateId))];
  await settleDebts(tx, programId, affiliateIds, first.at);
  await expireLots(tx, programId, affiliateIds, first.at);
}

/** What was reserved goes out: it lies in `clearing` until the provider's statement has it. */
export async function sendOut(tx: Transaction, programId: string, outs: readonly (Outgoing & { amount: bigint })[]): Promise<void> {
  const entries = outs.map(({ amount, ...out }) => ({
    ...out,
    postings: [{ debit: 'reserved', credit: 'clearing', amount } as const],
    newLot: null,
  }));
  await postEntries(tx, programId, entries);
}

/** Holds of carts that were abandoned: the points go back (BG-13). */
export async function lapseHolds(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  const held = await rows<{ affiliate_id: string; id: string; external_id: string; unit: string; points: bigint }>(
    tx,
    `update redemption set status = 'released', decided_at = lapses_at, decided_by = 'clock'
     where affiliate_id = any($1::uuid[]) and program_id = $2 and status = 'held' and lapses_at <= $3 returning affiliate_id, id, external_id, unit, points`,
    [affiliateIds, programId, new Date(at)],
  );
  const outs = held.map(({ affiliate_id: affiliateId, unit, id: causeId }) => ({
    affiliateId,
    unit,
    kind: 'redemption-lapsed',
    causeId,
    sequence: 1,
    at,
  }));
  await giveBack(tx, programId, outs, 'reserved');
  const steps = held.map(({ affiliate_id: affiliateId, external_id: id, unit, points: amount }) => ({ affiliateId, id, unit, amount }));
  await tellRedemptions(
    tx,
    programId,
    at,
    steps.map((step): RedemptionStep => ({ ...step, state: 'released', reason: 'The hold has ended.' })),
  );
  return held.length;
}

interface RequestRow {
  affiliate_id: string;
  id: string;
  external_id: string;
  unit: string;
}

/** A cut-off takes balances as they are at its instant: requests become processing, those with nothing there are rejected (BS-09, BS-10). */
export async function takeAtCutOff(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  const [requests, available] = await together(tx, [
    () =>
      rows<RequestRow>(
        tx,
        `select affiliate_id, id, external_id, unit from withdrawal where affiliate_id = any($1::uuid[]) and program_id = $2 and status = 'requested' and cut_off_at <= $3 order by affiliate_id, id`,
        [affiliateIds, programId, new Date(at)],
      ),
    () => availableOf(tx, programId, affiliateIds, at),
  ]);
  const taken = requests.map(({ affiliate_id, unit }) => {
    const key = accountKey(affiliate_id, unit);
    const there = available.get(key);
    // What one request takes no other one does.
    available.delete(key);
    return there === undefined || there.amount <= 0n ? null : there;
  });
  const change = () =>
    rows(
      tx,
      `update withdrawal w set status = c.status, amount = c.amount, decided_at = $5, decided_by = 'clock'
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) as c (affiliate_id, id, status, amount) where w.affiliate_id = c.affiliate_id and w.id = c.id`,
      [
        requests.map((request) => request.affiliate_id),
        requests.map((request) => request.id),
        taken.map((there) => (there === null ? 'rejected' : 'processing')),
        taken.map((there) => there?.amount ?? 0n),
        new Date(at),
      ],
    );
  const entries = requests.flatMap(({ affiliate_id: affiliateId, id: causeId, unit }, index) => {
    const there = taken[index];
    if (!there) return [];
    return [outEntry({ affiliateId, unit, kind: 'withdrawal-reserved', causeId, sequence: 0, at }, there.lots, there.amount, 'reserved')];
  });
  const steps = requests.map(({ affiliate_id: affiliateId, external_id: id, unit }, index): WithdrawalStep => {
    const amount = taken[index]?.amount ?? 0n;
    return { affiliateId, id, unit, amount, state: taken[index] === null ? 'rejected' : 'processing' };
  });
  await together(tx, [change, () => postEntries(tx, programId, entries), () => tellWithdrawals(tx, programId, at, steps)]);
  return requests.length;
}
