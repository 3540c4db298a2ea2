import pg from 'pg';
import type { Orm } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

/** `facts`: something was told, by which sums move. `work`: somebody acted, or something fell due. */
export type LiveTopic = 'facts' | 'work';

/** That something changed; not what. */
export interface Happening {
  readonly organizationId: string;
  /** The key of the program; null: it may be any. */
  readonly program: string | null;
  readonly topic: LiveTopic;
}

type Listener = (happening: Happening) => void;

const CHANNEL = 'tributary_live';
/** What happens within this time is told once. */
const GATHER_MS = 400;
/** Of more programs than this at once it is told that it may be any. */
const MOST_AT_ONCE = 50;
const AGAIN_MS = 2_000;

/**
 * Tells open pages that something changed, whichever process changed it: by PostgreSQL's NOTIFY, beside the transactions that do it, so
 * that none of them waits. What a crash swallows is seen with the next change, or when the page is looked at again.
 */
export class LiveService {
  private readonly orm: Orm;
  private readonly listeners = new Set<Listener>();
  private gathered = new Map<string, Happening>();
  private timer: NodeJS.Timeout | undefined;
  private client: pg.Client | undefined;
  private url: string | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(orm: Orm) {
    this.orm = orm;
  }

  /** For every process, this one included. */
  note(happening: Happening): void {
    if (this.url === undefined) return;
    const { organizationId, program, topic } = happening;
    this.gathered.set(`${organizationId} ${topic} ${program}`, happening);
    this.timer ??= setTimeout(() => void this.tell(), GATHER_MS).unref();
  }

  /** From now on there may be listeners. `url`: of the database, under the application's own role. */
  start(url: string): void {
    this.url = url;
  }

  /** Answers how to stop. The connection that hears is opened for the first who listens. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    if (!this.client && !this.again) void this.connect();
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.url = undefined;
    clearTimeout(this.timer);
    clearTimeout(this.again);
    this.listeners.clear();
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => {});
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    const all = [...this.gathered.values()];
    this.gathered = new Map();
    const few =
      all.length <= MOST_AT_ONCE
        ? all
        : [...new Map(all.map((one) => [`${one.organizationId} ${one.topic}`, { ...one, program: null }])).values()];
    const payloads = few.map((one) => JSON.stringify(one));
    // A database that is away tells nobody anything: pages ask again by themselves when they are looked at.
    await rows(this.orm.em.fork(), 'select pg_notify($1, payload) from unnest($2::text[]) as t (payload)', [CHANNEL, payloads]).catch(
      () => {},
    );
  }

  private async connect(): Promise<void> {
    this.again = undefined;
    if (this.url === undefined) return;
    const client = new pg.Client({ connectionString: this.url, application_name: 'tributary live' });
    this.client = client;
    const lost = () => {
      if (this.client !== client) return;
      this.client = undefined;
      if (this.url !== undefined) this.again = setTimeout(() => void this.connect(), AGAIN_MS).unref();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch {
      await client.end().catch(() => {});
      lost();
    }
  }

  private hear(payload: string): void {
    const happening = JSON.parse(payload) as Happening;
    for (const listener of this.listeners) listener(happening);
  }
}
