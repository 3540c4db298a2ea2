import { type Entry, newId } from '@tributary/api';
import type pg from 'pg';
import type { Random } from '../random.ts';

export interface Books {
  readonly programId: string;
  readonly unit: string;
  readonly affiliates: readonly string[];
}

/** A program of the live organization, and who is in it. */
export async function openBooks(client: pg.Client, program: string): Promise<Books> {
  const { rows } = await client.query<{ id: string; unit: string }>(
    `select p.id, p.unit from program p join organization o on o.id = p.organization_id where o.kind = 'live' and p.key = $1`,
    [program],
  );
  const { id: programId, unit } = rows[0]!;
  const found = await client.query<{ id: string }>('select affiliate_id as id from enrollment where program_id = $1 order by 1', [
    programId,
  ]);
  return { programId, unit, affiliates: found.rows.map((row) => row.id) };
}

/** Entries as intake makes them: half wait in `held`, half are owed at once and make a lot. */
export function makeEntries({ unit, affiliates }: Books, count: number, random: Random): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const affiliateId = affiliates[random.skewed(affiliates.length)]!;
    const causeId = newId();
    const at = Date.now();
    const amount = BigInt(random.whole(1, 5_000));
    const common = { affiliateId, unit, causeId, sequence: 1, at };
    if (index % 2 === 0)
      return { ...common, kind: 'commission-earned', postings: [{ debit: 'expense', credit: 'held', amount }], newLot: null };
    return {
      ...common,
      kind: 'bonus',
      postings: [{ debit: 'expense', credit: 'owed', amount, lotId: 'new' }],
      newLot: { id: newId(), usableFrom: at, expiresAt: null, sourceKind: 'bonus', sourceId: causeId },
    };
  });
}

type Rows = readonly (readonly unknown[])[];

/** The rows of the entries, in columns. */
export function readyColumns({ programId }: Books, entries: readonly Entry[]): { entry: Rows; posting: Rows; cause: Rows; lot: Rows } {
  const ids = entries.map(() => newId());
  const lots = entries.filter((entry) => entry.newLot !== null);
  const date = (at: number) => new Date(at).toISOString();
  return {
    entry: [
      entries.map((e) => e.affiliateId),
      ids,
      entries.map(() => programId),
      entries.map((e) => e.unit),
      entries.map((e) => e.kind),
      entries.map((e) => e.causeId),
      entries.map((e) => e.sequence),
      entries.map((e) => date(e.at)),
    ],
    posting: [
      entries.map((e) => e.affiliateId),
      ids,
      entries.map(() => 0),
      entries.map(() => programId),
      entries.map((e) => e.unit),
      entries.map((e) => e.postings[0]!.debit),
      entries.map((e) => e.postings[0]!.credit),
      entries.map((e) => String(e.postings[0]!.amount)),
      entries.map((e) => e.newLot?.id ?? null),
    ],
    cause: [entries.map((e) => e.affiliateId), entries.map((e) => e.causeId), entries.map((e) => e.sequence), ids],
    lot: [
      lots.map((e) => e.affiliateId),
      lots.map((e) => e.newLot!.id),
      lots.map(() => programId),
      lots.map((e) => e.unit),
      lots.map((e) => e.newLot!.sourceKind),
      lots.map((e) => e.newLot!.sourceId),
      lots.map((e) => date(e.newLot!.usableFrom)),
      lots.map((e) => String(e.postings[0]!.amount)),
    ],
  };
}
