import type { EntityManager } from '../../platform/database/orm.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { type Amount, amountOf } from '../../platform/graphql/money.ts';
import type { Holder } from './ledger.entity.ts';
import { exponentOf, type Unit } from './units.ts';

/** What time will do to a part of a balance. */
export interface BalanceChange {
  readonly at: Date;
  readonly kind: 'unlocks' | 'expires';
  readonly amount: Amount;
  readonly lots: number;
}

interface ChangeRow {
  readonly at: Date;
  readonly kind: 'unlocks' | 'expires';
  readonly unit: string;
  readonly amount: bigint;
  readonly lots: number;
}

/** Open lots by the instants that are still to come. A lot that is locked and ends is there twice. */
const CHANGES = `(
  select affiliate_id, program_id, usable_from as at, 'unlocks' as kind, unit, sum(remaining)::bigint as amount, count(*)::int as lots from lot
  where credited > taken_back + consumed + expired group by affiliate_id, program_id, usable_from, unit
  union all
  select affiliate_id, program_id, ends_at, 'expires', unit, sum(remaining)::bigint, count(*)::int from lot
  where credited > taken_back + consumed + expired and ends_at is not null group by affiliate_id, program_id, ends_at, unit
) c`;

/** The next first. What is the same instant, kind and unit is one. */
export function scheduleOf(
  em: EntityManager,
  { affiliateId, programId }: Holder,
  units: readonly Unit[],
  now: number,
  page: Page,
): Promise<Connection<BalanceChange>> {
  const sort = [
    ['c.at', 'timestamptz'],
    ['c.kind', 'text'],
    ['c.unit', 'text'],
  ] as const;
  const list = new List({ select: 'c.at, c.kind, c.unit, c.amount, c.lots', from: CHANGES, sort });
  list.where('c.affiliate_id = ? and c.program_id = ? and c.at > ?', affiliateId, programId, new Date(now));
  return list.read<ChangeRow, BalanceChange>(em, page, {
    cursor: ({ at, kind, unit }) => [at, kind, unit],
    node: ({ at, kind, unit, amount, lots }) => ({ at, kind, lots, amount: amountOf(amount, unit, exponentOf(units, unit)) }),
  });
}
