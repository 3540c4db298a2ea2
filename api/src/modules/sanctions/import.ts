import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { keysOfName, screenerOf } from '@tributary/shared/compliance';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { type FoundMatch, holdMatches } from '../../sanctions/index.ts';
import { BadList, type FORMATS, type ReadEntry } from './formats/index.ts';

export const MOST_BYTES = 200 * 1024 * 1024;
const MOST_ENTRIES = 200_000;
const MOST_TOLD = 50;
const LONGEST_TOLD = 80;
const AT_ONCE = 500;
const BETWEEN = 20;
const NO_ID = '00000000-0000-0000-0000-000000000000';

export interface ReadFile {
  readonly entries: readonly ReadEntry[];
  /** Of the file, byte by byte. */
  readonly hash: Buffer;
  /** Names of countries that are not known, the first fifty. */
  readonly unknownCountries: readonly string[];
  /** How many entries have such a one. */
  readonly unplaced: number;
}

/** Reads a file as it comes; throws a {@link BadList}. Each entry once: of two with one id nobody could tell which holds. */
export async function readList(read: (typeof FORMATS)[string], file: AsyncIterable<Buffer>): Promise<ReadFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* decoded() {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of file) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new BadList(`It has more than ${MOST_BYTES} bytes.`);
      hash.update(chunk);
      yield decode(decoder, chunk);
    }
    yield decode(decoder);
  }
  const entries = new Map<string, ReadEntry>();
  for await (const entry of read(decoded())) {
    if (entries.has(entry.id)) throw new BadList(`The entry ${entry.id.slice(0, 80)} stands in it twice.`);
    if (entries.size >= MOST_ENTRIES) throw new BadList(`It has more than ${MOST_ENTRIES} entries.`);
    entries.set(entry.id, entry);
  }
  if (entries.size === 0) throw new BadList('It has no entries.');
  const unplaced = [...entries.values()].filter(({ unknownCountries }) => unknownCountries.length > 0);
  const unknown = new Set(unplaced.flatMap(({ unknownCountries }) => unknownCountries.map((name) => name.slice(0, LONGEST_TOLD))));
  return {
    entries: [...entries.values()],
    hash: hash.digest(),
    unknownCountries: [...unknown].sort().slice(0, MOST_TOLD),
    unplaced: unplaced.length,
  };
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): string {
  let text: string;
  try {
    text = decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new BadList('It is no UTF-8.');
  }
  if (text.includes('\0')) throw new BadList('It is no text: it has zero bytes.');
  return text;
}

const hashOfEntry = ({ names, countries }: Pick<ReadEntry, 'names' | 'countries'>) =>
  createHash('sha256')
    .update(JSON.stringify([names, countries]))
    .digest();

/** The entries of a list are those of its newest version: what is not in it any more goes. Answers whether that changed anything. */
export async function replaceEntries(
  tx: Transaction,
  organizationId: string,
  list: string,
  entries: readonly ReadEntry[],
): Promise<boolean> {
  const ids = entries.map(({ id }) => id);
  const gone = 'delete from sanctions_entry where organization_id = $1 and list = $2 and entry <> all ($3::text[]) returning 1';
  let changes = (await rows(tx, gone, [organizationId, list, ids])).length;
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const some = entries.slice(start, start + AT_ONCE);
    const changed = await rows(
      tx,
      `insert into sanctions_entry as e (organization_id, list, entry, names, countries, keys, hash)
       select $1, $2, i ->> 'id', array(select json_array_elements_text(i -> 'names')), array(select json_array_elements_text(i -> 'countries')),
         array(select json_array_elements_text(i -> 'keys')), decode(i ->> 'hash', 'hex') from json_array_elements($3::json) i
       on conflict (organization_id, list, entry) do update set names = excluded.names, countries = excluded.countries, keys = excluded.keys, hash = excluded.hash
       where e.hash <> excluded.hash or e.keys <> excluded.keys returning 1`,
      [
        organizationId,
        list,
        JSON.stringify(
          some.map((entry) => ({
            ...entry,
            keys: [...new Set(entry.names.flatMap(keysOfName))],
            hash: hashOfEntry(entry).toString('hex'),
          })),
        ),
      ],
    );
    changes += changed.length;
  }
  return changes > 0;
}

/** A comparison of everybody with a version of a list. */
export interface Comparison {
  readonly organizationId: string;
  readonly list: string;
  readonly versionId: string;
  /** The last affiliate that was compared. */
  readonly after: string;
}

/** Whoever works on a comparison has so long for some hundred affiliates; then it is left for others. */
const LEASE = '1 minute';

/** Writes down that everybody is to be compared with a version, from the first affiliate on; a comparison with an older one ends. */
export async function beginComparison(tx: Transaction, organizationId: string, list: string, versionId: string): Promise<Comparison> {
  await rows(
    tx,
    `insert into sanctions_comparison (organization_id, list, version_id, after, taken_until) values ($1, $2, $3, $4, now() + interval '${LEASE}')
     on conflict (organization_id, list) do update set version_id = excluded.version_id, after = excluded.after, taken_until = excluded.taken_until`,
    [organizationId, list, versionId, NO_ID],
  );
  return { organizationId, list, versionId, after: NO_ID };
}

/** Takes hold of comparisons that a crash has cut off. */
export function takeLeft(em: EntityManager): Promise<Comparison[]> {
  return rows<Comparison>(
    em,
    `update sanctions_comparison set taken_until = now() + interval '${LEASE}' where taken_until <= now()
     returning organization_id as "organizationId", list, version_id as "versionId", after`,
  );
}

/** The entries of a list as they are kept. */
export async function keptEntries(em: EntityManager, organizationId: string, list: string): Promise<KeptEntry[]> {
  const text = 'select entry as id, names, countries from sanctions_entry where organization_id = $1 and list = $2';
  return rows<KeptEntry>(em, text, [organizationId, list]);
}

type KeptEntry = Pick<ReadEntry, 'id' | 'names' | 'countries'>;

/**
 * Compares the affiliates of the organization with the entries of a list, some hundred at a time and each of these for good: by their
 * names, and those of their accounts. Once more changes nothing; whoever dies on the way is followed by the job, which goes on from there.
 */
export async function screenAll(em: EntityManager, comparison: Comparison, entries: readonly KeptEntry[], now: number): Promise<void> {
  const { organizationId, list } = comparison;
  const find = screenerOf(entries.map((entry) => ({ ...entry, list, hash: hashOfEntry(entry) })));
  for (let { after } = comparison; ; ) {
    const found = await rows<{ id: string; country: string | null; names: (string | null)[] }>(
      em,
      `select a.id, a.country, array(
         select p.name from affiliate_profile p where p.affiliate_id = a.id
         union select m.holder from (select distinct on (program_id) holder from payout_method where affiliate_id = a.id order by program_id, id desc) m
       ) as names
       from affiliate a where a.organization_id = $1 and a.id > $2 order by a.id limit ${AT_ONCE}`,
      [organizationId, after],
    );
    const people = found.flatMap(({ id, country, names }) =>
      names.flatMap((name) => (name === null ? [] : [{ affiliateId: id, name, country }])),
    );
    const matches: FoundMatch[] = [];
    for (const [index, person] of people.entries()) {
      // Others are answered meanwhile.
      if (index % BETWEEN === 0) await nextTurn();
      for (const match of find(person)) matches.push({ ...match, person });
    }
    const last = found.length < AT_ONCE ? null : (found.at(-1)?.id ?? null);
    const goesOn = await inTransaction(em, async (tx) => {
      if (matches.length > 0) await holdMatches(tx, organizationId, matches, now);
      return noteCompared(tx, comparison, last);
    });
    if (!goesOn || last === null) return;
    after = last;
  }
}

/** Up to whom everybody was compared; null: to the end. Answers false where a newer version is compared by now. */
async function noteCompared(tx: Transaction, { organizationId, list, versionId }: Comparison, after: string | null): Promise<boolean> {
  const key = [organizationId, list, versionId];
  const mine = 'organization_id = $1 and list = $2 and version_id = $3';
  const noted =
    after === null
      ? await rows(tx, `delete from sanctions_comparison where ${mine} returning 1`, key)
      : await rows(tx, `update sanctions_comparison set after = $4, taken_until = now() + interval '${LEASE}' where ${mine} returning 1`, [
          ...key,
          after,
        ]);
  return noted.length > 0;
}
