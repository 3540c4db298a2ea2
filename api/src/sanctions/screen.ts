import { keysOfName, matchName } from '@tributary/shared/compliance';
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

/**
 * Compares affiliates with the lists of their organization, in one query. Whoever may be on one is held for staff; what they have
 * cleared stays cleared until the entry changes.
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
  const matches = new Map<string, { affiliateId: string; candidate: Candidate; name: string; kind: string }>();
  for (const candidate of found) {
    const person = named[Number(candidate.number) - 1]!;
    const match = matchName(person, { id: candidate.entry, names: candidate.names, countries: candidate.countries });
    if (match === null) continue;
    const key = `${person.affiliateId}\n${candidate.list}\n${candidate.entry}`;
    if (matches.get(key)?.kind !== 'exact') matches.set(key, { affiliateId: person.affiliateId, candidate, ...match });
  }
  await hold(
    tx,
    organizationId,
    [...matches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, match]) => match),
    now,
  );
}

async function hold(
  tx: Transaction,
  organizationId: string,
  matches: readonly { affiliateId: string; candidate: Candidate; name: string; kind: string }[],
  now: number,
): Promise<void> {
  if (matches.length === 0) return;
  await rows(
    tx,
    `insert into sanctions_match as m (affiliate_id, id, organization_id, list, entry, entry_hash, listed_name, kind, status, found_at)
     select affiliate_id, id, $1, list, entry, hash, name, kind, 'held', $2
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::text[]) as u (affiliate_id, id, list, entry, hash, name, kind)
     on conflict (affiliate_id, list, entry) do update set status = 'held', entry_hash = excluded.entry_hash, listed_name = excluded.listed_name, kind = excluded.kind,
       found_at = excluded.found_at, decided_at = null, decided_by = null, reason = null
     where m.status = 'cleared' and m.entry_hash <> excluded.entry_hash`,
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
    ],
  );
}
