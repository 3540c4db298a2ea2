import { createHash } from 'node:crypto';
import { keysOfName, matchName, wordsOfName } from '@tributary/shared/compliance';
import { rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';

/** Somebody who is compared with the lists. */
export interface ToScreen {
  readonly affiliateId: string;
  readonly name: string;
  readonly country: string | null;
}

interface Candidate {
  number: bigint;
  list: string;
  entry: string;
  names: string[];
  countries: string[];
  hash: Buffer;
}

interface Match {
  readonly affiliateId: string;
  readonly candidate: Candidate;
  readonly name: string;
  readonly kind: 'exact' | 'near';
  /** What was compared and found, as hashes: who somebody is stays out of it. */
  readonly compared: readonly Buffer[];
}

/**
 * Compares affiliates with the lists of their organization, in one query. Whoever may be on one is held for staff; what they have
 * cleared stays cleared until the entry changes, or another name of the affiliate is found.
 */
export async function screen(tx: Transaction, organizationId: string, people: readonly ToScreen[], now: number): Promise<void> {
  const named = people.map((person) => ({ ...person, keys: keysOfName(person.name) })).filter(({ keys }) => keys.length > 0);
  if (named.length === 0) return;
  const found = await rows<Candidate>(
    tx,
    `select k.number, e.list, e.entry, e.names, e.countries, e.hash from unnest($2::text[]) with ordinality as k (keys, number)
     join sanctions_entry e on e.organization_id = $1 and e.keys && string_to_array(k.keys, ' ')`,
    [organizationId, named.map(({ keys }) => keys.join(' '))],
  );
  const matches = new Map<string, Match>();
  for (const candidate of found) {
    const person = named[Number(candidate.number) - 1]!;
    const match = matchName(person, { id: candidate.entry, names: candidate.names, countries: candidate.countries });
    if (match === null) continue;
    const key = `${person.affiliateId}\n${candidate.list}\n${candidate.entry}`;
    const before = matches.get(key);
    const compared = [...(before?.compared ?? []), hashOf(person.name, match)];
    matches.set(
      key,
      before?.kind === 'exact' ? { ...before, compared } : { affiliateId: person.affiliateId, candidate, ...match, compared },
    );
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
      matches.map(({ candidate }) => candidate.list),
      matches.map(({ candidate }) => candidate.entry),
      matches.map(({ candidate }) => candidate.hash),
      matches.map(({ name }) => name),
      matches.map(({ kind }) => kind),
      matches.map(({ compared }) => compared.map((hash) => hash.toString('hex')).join(' ')),
    ],
  );
}
