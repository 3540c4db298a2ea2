import { type Landing, landingOf } from '@tributary/shared/tracking';
import { LRUCache } from 'lru-cache';
import type { EntityManager } from '../../platform/database/orm.ts';
import { productOnPage } from '../product/index.ts';

const MOST_PAGES = 50_000;
/** For so long what the feed says of a page may be older than the feed. */
const FRESH_MS = 30_000;

interface Asked {
  readonly programId: string;
  readonly url: string;
}

/** What kind of page an address leads to. Known ones are answered from memory, also while the database is away. */
export class Landings {
  private readonly known: LRUCache<string, Landing, Asked>;

  constructor(fork: () => EntityManager) {
    this.known = new LRUCache<string, Landing, Asked>({
      max: MOST_PAGES,
      ttl: FRESH_MS,
      allowStaleOnFetchRejection: true,
      noDeleteOnFetchRejection: true,
      fetchMethod: async (_, __, { context: { programId, url } }) => {
        const product = await productOnPage(fork(), programId, url);
        return landingOf(url, product?.content ?? null);
      },
    });
  }

  /** Fails where it would have to ask a database that is away. */
  of(programId: string, url: string): Landing | undefined | Promise<Landing | undefined> {
    const key = `${programId}/${url}`;
    return this.known.get(key) ?? this.known.fetch(key, { context: { programId, url } });
  }
}
