import { hostMatches, hostOf } from '@tributary/shared/compliance';
import { LRUCache } from 'lru-cache';
import type { LoaderDefinition } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { type Pair, pairKey } from '../affiliate/index.ts';

/** A host on which an affiliate's tag was fetched. */
export interface TagSighting extends Pair {
  readonly host: string;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** What a page says of itself anybody can make up: so many hosts of an affiliate are kept, and those of declared sources before others. */
const MOST_HOSTS = 200;
const LONGEST_HOST = 253;
const MOST_RECENT = 50_000;
/** Of the same host it is written down again after so long. */
const FRESH_MS = 10 * 60_000;

const SEE = `insert into tag_sighting as t (affiliate_id, program_id, host, first_seen_at, last_seen_at)
  select $1, $2, $3, $4, $4 where (select count(*) from tag_sighting where affiliate_id = $1 and program_id = $2 and host <> $3) < ${MOST_HOSTS}
    and exists (select from affiliate where id = $1 and erased_at is null)
  on conflict (affiliate_id, program_id, host) do update set last_seen_at = excluded.last_seen_at where t.last_seen_at < excluded.last_seen_at
  returning host`;

const SEEN = 'select host from tag_sighting where affiliate_id = $1 and program_id = $2 order by last_seen_at, host';
const DECLARED = 'select url from traffic_source where affiliate_id = $1 and program_id = $2 and url is not null';
const REPLACE = `with gone as (delete from tag_sighting where affiliate_id = $1 and program_id = $2 and host = $5)
  insert into tag_sighting (affiliate_id, program_id, host, first_seen_at, last_seen_at) values ($1, $2, $3, $4, $4) on conflict do nothing`;

/** Writes down where tags are in use: beside the answer, and seldom enough to cost nothing. */
export class TagSightings {
  private readonly fork: () => EntityManager;
  private readonly onTrouble: (error: Error) => void;
  private readonly recent = new LRUCache<string, number>({ max: MOST_RECENT });
  private writing: Promise<unknown> = Promise.resolve();

  constructor(fork: () => EntityManager, onTrouble: (error: Error) => void) {
    this.fork = fork;
    this.onTrouble = onTrouble;
  }

  /** `page`: what the browser says it is fetched for. `now`: by the program's clock. */
  see(whose: Pair, page: string | undefined, now: number): void {
    const host = page === undefined ? null : hostOf(page);
    if (host === null || host.length > LONGEST_HOST) return;
    const key = `${pairKey(whose)}/${host}`;
    const last = this.recent.get(key);
    if (last !== undefined && Math.abs(now - last) < FRESH_MS) return;
    this.recent.set(key, now);
    const write = () => keep(this.fork(), whose, host, new Date(now));
    this.writing = this.writing.then(write).catch((error: Error) => {
      this.recent.delete(key);
      this.onTrouble(error);
    });
  }

  /** Until all is written. */
  async stop(): Promise<void> {
    await this.writing;
  }
}

/** Where there is no more room, the host that was not seen for longest goes, unless a source with it is declared. */
async function keep(em: EntityManager, { affiliateId, programId }: Pair, host: string, at: Date): Promise<void> {
  if ((await rows(em, SEE, [affiliateId, programId, host, at])).length > 0) return;
  const seen = (await rows<{ host: string }>(em, SEEN, [affiliateId, programId])).map((one) => one.host);
  if (seen.includes(host) || seen.length < MOST_HOSTS) return;
  const declared = (await rows<{ url: string }>(em, DECLARED, [affiliateId, programId])).map(({ url }) => bareHost(url));
  const isDeclared = (one: string) => declared.some((source) => source !== null && hostMatches(one, source));
  const oldest = seen.find((one) => !isDeclared(one)) ?? seen.find((one) => !declared.includes(bareHost(one)));
  if (oldest !== undefined) await rows(em, REPLACE, [affiliateId, programId, host, at, oldest]);
}

/** A source's host, as the tag is looked for on it and below it. */
export const bareHost = (url: string): string | null => hostOf(url)?.replace(/^www\./, '') ?? null;

/** Of enrollments, by host. */
export const sightingsByPair: LoaderDefinition<Pair, TagSighting[]> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read({ em }, pairs) {
    const found = await rows<TagSighting>(
      em,
      `select t.affiliate_id as "affiliateId", t.program_id as "programId", t.host, t.first_seen_at as "firstSeenAt", t.last_seen_at as "lastSeenAt"
       from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
       join tag_sighting t on t.affiliate_id = k.affiliate_id and t.program_id = k.program_id order by t.host`,
      [pairs.map(({ affiliateId }) => affiliateId), pairs.map(({ programId }) => programId)],
    );
    const groups = Map.groupBy(found, pairKey);
    return pairs.map((pair) => groups.get(pairKey(pair)) ?? []);
  },
};
