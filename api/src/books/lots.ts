import type { Lot } from '@tributary/shared/ledger';

export interface LotRow {
  affiliate_id: string;
  id: string;
  unit: string;
  usable_from: Date;
  expires_at: Date | null;
  ends_at: Date | null;
  credited: bigint;
  taken_back: bigint;
  consumed: bigint;
  expired: bigint;
  indebted: bigint;
}

/** Columns of {@link LotRow}, of the table named `l`. */
export const LOT_COLUMNS =
  'l.affiliate_id, l.id, l.unit, l.usable_from, l.expires_at, l.ends_at, l.credited, l.taken_back, l.consumed, l.expired, l.indebted';

export function lotOf(row: LotRow): Lot {
  return {
    id: row.id,
    usableFrom: row.usable_from.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    endsAt: row.ends_at?.getTime() ?? null,
    credited: row.credited,
    takenBack: row.taken_back,
    consumed: row.consumed,
    expired: row.expired,
    indebted: row.indebted,
  };
}
