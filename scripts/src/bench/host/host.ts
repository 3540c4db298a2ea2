import { createDatabase } from '@tributary/api';
import pg from 'pg';
import { type ApiServer, type ServerOptions, startServer } from './apiServer.ts';
import { forkReady } from './child.ts';
import { reserveHugePages } from './hugePages.ts';
import type { Kept } from './keeper.ts';

/** A PostgreSQL and servers of the bench's own. */
export interface Host {
  readonly folder: string;
  /** The superuser's URL of a new, empty database. */
  database(name: string): Promise<string>;
  /** A copy of a database, whose connections are cut: the superuser's URL of it. By files it is quicker, through the log it needs no checkpoint. */
  copy(from: string, name: string, by?: 'file_copy' | 'wal_log'): Promise<string>;
  /** Removes one that is needed no longer, whoever is connected to it. */
  drop(name: string): Promise<void>;
  /** The API on a database of its own, as a process of its own. */
  serve(name: string, options?: ServerOptions): Promise<ApiServer>;
  /** For whatever else has to be undone, the last first. */
  later(undo: () => Promise<void>): void;
}

/** What undoes everything, should the bench be interrupted. */
const open = new Set<() => Promise<void>>();

interface HostOptions {
  /** Of PostgreSQL. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For a large database: huge pages are reserved, if they can be, and this is told so. */
  readonly large?: (line: string) => void;
}

export async function withHost<T>(work: (host: Host) => Promise<T>, { settings = {}, large }: HostOptions = {}): Promise<T> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    open.delete(close);
    for (let step = undo.pop(); step; step = undo.pop()) await step().catch((error: Error) => process.stderr.write(`${error.message}\n`));
  };
  open.add(close);
  try {
    if (large !== undefined) undo.push(await reserveHugePages(large));
    const keeper = await forkReady<Kept>(new URL('keeper.ts', import.meta.url), [JSON.stringify(settings)]);
    undo.push(keeper.stop);
    const { url, folder } = keeper.ready;
    return await work({
      folder,
      database: (name) => createDatabase(url, name),
      async copy(from, name, by = 'file_copy') {
        await ask(url, `alter database ${from} allow_connections false`);
        await ask(url, `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${from}'`);
        await ask(url, `create database ${name} template ${from} strategy ${by}`);
        await ask(url, `alter database ${from} allow_connections true`);
        return Object.assign(new URL(url), { pathname: `/${name}` }).href;
      },
      drop: (name) => ask(url, `drop database ${name} with (force)`),
      async serve(name, options) {
        const server = await startServer(await createDatabase(url, name), `${folder}/${name}`, options);
        undo.push(server.stop);
        return server;
      },
      later: (step) => void undo.push(step),
    });
  } finally {
    await close();
  }
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

export async function closeAll(): Promise<void> {
  await Promise.all([...open].map((close) => close()));
}
