import type { Language } from '@tributary/shared/terms';
import DataLoader from 'dataloader';
import type { Grants, Needs, ViewerKind } from './access/index.ts';
import type { EntityManager, Orm } from './platform/database/orm.ts';
import { watchOver } from './platform/database/watch.ts';
import type { Deadline } from './platform/edge/deadline.ts';
import type { RateKey } from './platform/edge/rates.ts';
import type { Services } from './services.ts';

export type { ViewerKind };

/** Who asks: the holder of the token, or the member of staff whose session came with the request. */
export interface Viewer {
  readonly kind: ViewerKind;
  readonly organizationId: string;
  readonly name: string;
  /** Whose own data is seen; null for staff and integrators. */
  readonly affiliateId: string | null;
  /** Which of the affiliate's people holds the token, where one does. */
  readonly personId: string | null;
  /** One of the two is null: a request comes with a token or in a session. */
  readonly tokenId: string | null;
  readonly sessionId: string | null;
  /** The person of staff, in a session or by a token of theirs; null: nobody in particular. */
  readonly memberId: string | null;
  /** They may do nothing before they set up a second factor. */
  readonly needsSecondFactor?: boolean;
  /** What they may do, and where. */
  readonly grants: Grants;
}

/** One request, before anybody asked who it is. */
export interface RequestContext {
  readonly requestId: string;
  /** Where it came from. */
  readonly address: string;
  /** What it came from, by its own words. */
  readonly userAgent: string | undefined;
  /** In which whoever asks likes to read sentences. */
  readonly language: Language;
  readonly viewer: Viewer | null;
  /** When it must be over. */
  readonly deadline: Deadline;
  /** By what it is counted. */
  readonly rateKey: RateKey;
  /** Of this request only. */
  readonly em: EntityManager;
  readonly services: Services;
  /** Business time of the viewer's organization in milliseconds, the same for the whole request. */
  now(): Promise<number>;
  /** The request's own loader of that definition: what many fields ask for one by one is read in one query. */
  load<K, V>(loader: LoaderDefinition<K, V>): DataLoader<K, V, unknown>;
}

/** What resolvers and services get: no root field runs without a viewer. */
export interface Context extends RequestContext {
  readonly viewer: Viewer;
  /** What the field that runs needs, as its `@Access` says; undefined where it says nothing itself. What is not granted is not found. */
  readonly access?: Needs;
}

/** Reads many at once; answers one value for each key, in their order. Define it once, at the top of a module. */
export interface LoaderDefinition<K, V> {
  readonly read: (context: Context, keys: readonly K[]) => Promise<readonly (V | Error)[]>;
  /** For keys that are objects: the text by which they are the same. */
  readonly keyOf?: (key: K) => unknown;
}

export interface ContextOptions {
  readonly orm: Orm;
  readonly services: Services;
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly address: string;
  readonly deadline: Deadline;
  readonly rateKey: RateKey;
  readonly userAgent?: string | undefined;
  readonly language: Language;
}

export function createContext({
  orm,
  services,
  viewer,
  requestId,
  address,
  userAgent,
  language,
  deadline,
  rateKey,
}: ContextOptions): RequestContext {
  let em: EntityManager | undefined;
  let now: Promise<number> | undefined;
  const loaders = new Map<unknown, unknown>();

  const context: RequestContext = {
    requestId,
    address,
    userAgent,
    language,
    viewer,
    deadline,
    rateKey,
    services,
    // Made when it is asked for: whoever finds in memory what a request needs pays for none.
    get em() {
      if (!em) {
        em = orm.em.fork({ clear: true }) as EntityManager;
        watchOver(em, deadline);
      }
      return em;
    },
    now() {
      if (!viewer) throw new Error('Without a viewer there is no organization, and so no business time');
      now ??= services.organizations.now(context, viewer.organizationId);
      return now;
    },
    load<K, V>(definition: LoaderDefinition<K, V>) {
      let loader = loaders.get(definition) as DataLoader<K, V, unknown> | undefined;
      if (!loader) {
        const { read, keyOf } = definition;
        loader = new DataLoader<K, V, unknown>((keys) => read(context as Context, keys), keyOf ? { cacheKeyFn: keyOf } : {});
        loaders.set(definition, loader);
      }
      return loader;
    },
  };
  return context;
}
