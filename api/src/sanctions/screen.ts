import { createHash } from 'node:crypto';
import { keysOfName, matchName, type NameMatch, type SanctionsEntry, wordsOfName } from '@tributary/shared/compliance';
import { rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';

/** Somebody who is compared with the lists. */
export interface ToScreen {
  readonly affiliateId: string;
  readonly name: string;
  readonly country: string | null;
}

/** An entry as it is stored. */
export interface StoredEntry extends SanctionsEntry {
  readonly list: string;
  readonly hash: Buffer;
}

/** Somebody who may be an entry, by one name. */
export interface FoundMatch extends NameMatch {
  readonly person: ToScreen;
  readonly entry: StoredEntry;
}

interface Match extends NameMatch {
  readonly affiliateId: string;
  readonly entry: StoredEntry;
  /** What was compared and found, as hashes: who somebody is stays out of it. */
  readonly compared: readonly Buffer[];
}

const LOCKED = `hashtextextended($1 || '/sanctions entries', 0)`;

/** Right before new entries are committed: whoever was compared with those before is there by then, and everybody else sees the new ones. */
export async function lockEntries(tx: Transaction, organizationId: string): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(${LOCKED})`, [organizationId]);
}

/**
 * Compares affiliates with the lists of their organization, in one query. Whoever may be on one is held for staff; what they have
 * cleared stays cleared until the entry changes, or another name of the affiliate is found.
 */
export async function screen(tx: Transaction, organizationId: string, people: readonly ToScreen[], now: number): Promise<void> {
  const named = people.map((person) => ({ person, keys: keysOfName(person.name) })).filter(({ keys }) => keys.length > 0);
  if (named.length === 0) return;
  await rows(tx, `select pg_advisory_xact_lock_shared(${LOCKED})`, [organizationId]);
  // The index is asked for each of them: a join over all entries would compare every one with every other.
  const found = await rows<StoredEntry & { number: bigint }>(
    tx,
    `select k.number, e.* from (select number, string_to_array(told, ' ') as keys from unnest($2::text[]) with ordinality as u (told, number) offset 0) k
     cross join lateral (select list, entry as id, names, countries, hash from sanctions_entry where organization_id = $1 and keys && k.keys offset 0) e`,
    [organizationId, named.map(({ keys }) => keys.join(' '))],
  );
  const matches = found.flatMap(({ number, ...entry }) => {
    const { person } = named[Number(number) - 1]!;
    const match = matchName(person, entry);
    return match === null ? [] : [{ ...match, person, entry }];
  });
  await holdMatches(tx, organizationId, matches, now);
}

/** Holds those who were found. */
export async function holdMatches(tx: Transaction, organizationId: string, found: readonly FoundMatch[], now: number): Promise<void> {
  const matches = new Map<string, Match>();
  for (const { person, entry, name, kind } of found) {
    const { affiliateId } = person;
    const key = `${affiliateId}\n${entry.list}\n${entry.id}`;
    const before = matches.get(key);
    const compared = [...(before?.compared ?? []), hashOf(person.name, { name, kind })];
    matches.set(key, before?.kind === 'exact' ? { ...before, compared } : { affiliateId, entry, name, kind, compared });
  }
  await hold(
    tx,
    organizationId,
    [...matches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, match]) => match),
    now,
  );
}

const hashOf = (screened: string, { name, kind }: { name: string; kind: string }) =>
  createHash('sha256')
    .update(JSON.stringify([wordsOfName(screened), name, kind]))
    .digest();

async function hold(tx: Transaction, organizationId: string, matches: readonly Match[], now: number): Promise<void> {
  if (matches.length === 0) return;
  // A word for word match stays one while it is held, whatever else is found beside it.
  const keeps = `m.status = 'held' and m.entry_hash = excluded.entry_hash and m.kind = 'exact'`;
  await rows(
    tx,
    `insert into sanctions_match as m (affiliate_id, id, organization_id, list, entry, entry_hash, listed_name, kind, status, found_at, compared)
     select affiliate_id, id, $1, list, entry, hash, name, kind, 'held', $2, array(select decode(h, 'hex') from unnest(string_to_array(compared, ' ')) h)
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::text[], $10::text[])
         as u (affiliate_id, id, list, entry, hash, name, kind, compared)
     on conflict (affiliate_id, list, entry) do update set status = 'held', entry_hash = excluded.entry_hash,
       listed_name = case when ${keeps} then m.listed_name else excluded.listed_name end, kind = case when ${keeps} then m.kind else excluded.kind end,
       compared = case when m.entry_hash = excluded.entry_hash then array(select distinct unnest(m.compared || excluded.compared)) else excluded.compared end,
       found_at = case when m.status = 'held' then m.found_at else excluded.found_at end, decided_at = null, decided_by = null, reason = null
     where m.status <> 'confirmed' and (m.entry_hash <> excluded.entry_hash or not excluded.compared <@ m.compared)`,
    [
      organizationId,
      new Date(now),
      matches.map(({ affiliateId }) => affiliateId),
      matches.map(() => newId()),
      matches.map(({ entry }) => entry.list),
      matches.map(({ entry }) => entry.id),
      matches.map(({ entry }) => entry.hash),
      matches.map(({ name }) => name),
      matches.map(({ kind }) => kind),
      matches.map(({ compared }) => compared.map((hash) => hash.toString('hex')).join(' ')),
    ],
  );
}
