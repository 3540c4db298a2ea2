import type { Context, LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { narrow } from '../program/index.ts';
import { ENTRY_COLUMNS, type Entry, type Posting } from './ledger.entity.ts';
import type { LedgerEntryArgs } from './ledger.input.ts';

type EntryKey = Pick<Entry, 'affiliateId' | 'id'>;

/** Postings of entries, in the order of their lines. */
export const postingsOf: LoaderDefinition<EntryKey, Posting[]> = {
  keyOf: ({ id }) => id,
  async read({ em }, entries) {
    const found = await rows<Posting>(
      em,
      `select p.affiliate_id as "affiliateId", p.entry_id as "entryId", p.debit::text, p.credit::text, p.amount, p.lot_id as "lotId"
       from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, entry_id) join ledger_posting p on p.affiliate_id = k.affiliate_id and p.entry_id = k.entry_id
       order by p.entry_id, p.line`,
      [entries.map(({ affiliateId }) => affiliateId), entries.map(({ id }) => id)],
    );
    const groups = Map.groupBy(found, ({ entryId }) => entryId);
    return entries.map(({ id }) => groups.get(id) ?? []);
  },
};

export interface Adjustment {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
}

/** What staff wrote of the adjustments that caused entries; null: something else caused it. */
export const adjustmentsOf: LoaderDefinition<Pick<Entry, 'affiliateId' | 'causeId'>, Adjustment | null> = {
  keyOf: ({ causeId }) => causeId,
  async read({ em }, entries) {
    const found = await rows<Adjustment>(
      em,
      `select a.id, a.reason, a.done_by as by from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id)
       join adjustment a on a.affiliate_id = k.affiliate_id and a.id = k.id`,
      [entries.map(({ affiliateId }) => affiliateId), entries.map(({ causeId }) => causeId)],
    );
    const adjustments = new Map(found.map((adjustment) => [adjustment.id, adjustment]));
    return entries.map(({ causeId }) => adjustments.get(causeId) ?? null);
  },
};

/** What an affiliate has, in one: earned or given back adds to it, spent and expired take from it. Debt is part of it. */
const HAS = new Set(['held', 'owed', 'reserved', 'debt']);

export function changeOf(postings: readonly Pick<Posting, 'debit' | 'credit' | 'amount'>[]): bigint {
  let change = 0n;
  for (const { debit, credit, amount } of postings) {
    if (HAS.has(credit)) change += amount;
    if (HAS.has(debit)) change -= amount;
  }
  return change;
}

/** The entry by which an adjustment or bonus was taken back; null: it was not, or is none. */
export const reversalsOf: LoaderDefinition<Pick<Entry, 'affiliateId' | 'causeId'>, Entry | null> = {
  keyOf: ({ causeId }) => causeId,
  async read({ em }, entries) {
    const found = await rows<Entry & { readonly reverses: string }>(
      em,
      `select ${ENTRY_COLUMNS}, r.reverses from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id)
       join adjustment r on r.affiliate_id = k.affiliate_id and r.reverses = k.id
       join ledger_cause c on c.affiliate_id = r.affiliate_id and c.cause_id = r.id and c.sequence = 0
       join ledger_entry e on e.affiliate_id = c.affiliate_id and e.id = c.entry_id`,
      [entries.map(({ affiliateId }) => affiliateId), entries.map(({ causeId }) => causeId)],
    );
    const reversals = new Map(found.map(({ reverses, ...entry }) => [reverses, entry]));
    return entries.map(({ causeId }) => reversals.get(causeId) ?? null);
  },
};

export class EntryService {
  /** By when they were recorded. */
  async list(context: Context, { unit, kinds, from, to, descending, ...args }: LedgerEntryArgs, page: Page): Promise<Connection<Entry>> {
    const list = new List({ select: ENTRY_COLUMNS, from: 'ledger_entry e', sort: [['e.id', 'uuid']], descending });
    await narrow(context, list, 'e', args);
    if (unit != null) list.where('e.unit = ?', unit);
    if (kinds != null) list.where('e.kind = any(?::text[])', kinds);
    if (from != null) list.where('e.happened_at >= ?', new Date(from));
    if (to != null) list.where('e.happened_at < ?', new Date(to));
    return list.read<Entry, Entry>(context.em, page, { cursor: ({ id }) => [id], node: (entry) => entry });
  }
}
