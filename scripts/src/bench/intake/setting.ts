import pg from 'pg';
import type { ApiServer, ServerOptions } from '../host/apiServer.ts';
import type { Host } from '../host/host.ts';
import { readTables, type TableShape } from '../rows/shape.ts';
import type { Settings } from '../types.ts';
import { addAffiliates, type ProgramShape, readShapes } from './people.ts';
import { tellBefore } from './tell.ts';
import { Teller, type Told } from './told.ts';

/** An API with affiliates, and a raw connection to the same database. */
export interface Setting {
  readonly server: ApiServer;
  readonly shapes: readonly ProgramShape[];
  readonly tables: readonly TableShape[];
  readonly admin: pg.Client;
  /** Connections of the superuser for what is measured against. */
  pool(size: number): pg.Pool;
  /** Tells what comes before the orders, and hands out the orders, program by program. */
  prepare(ordersPerProgram: number): Promise<Told[]>;
  /** Goes on as after so many orders, for a database that is again as it was then. */
  rewind(ordersPerProgram: number): void;
}

export async function startSetting(
  host: Host,
  name: string,
  { profile, programs }: Settings,
  options: ServerOptions = {},
): Promise<Setting> {
  const server = await host.serve(name, { profile, ...options });
  const shapes = readShapes().filter(({ program }) => programs.length === 0 || programs.includes(program));
  if (shapes.length === 0) throw new Error('intake/programs.yaml has none of these programs.');
  await addAffiliates(server.databaseUrl, shapes);
  const admin = new pg.Client({ connectionString: server.databaseUrl });
  await admin.connect();
  host.later(() => admin.end());
  const newTellers = () => shapes.map((shape, index) => new Teller(shape, 100 + index));
  let tellers = newTellers();
  return {
    server,
    shapes,
    tables: await readTables(admin),
    admin,
    pool(size) {
      const pool = new pg.Pool({ connectionString: server.databaseUrl, max: size });
      pool.on('error', () => {});
      host.later(() => pool.end());
      return pool;
    },
    async prepare(count) {
      const told = tellers.map((teller) => teller.orders(count, Date.now()));
      await tellBefore(server.client, told);
      return told;
    },
    rewind(count) {
      tellers = newTellers();
      for (const teller of tellers) teller.orders(count, Date.now());
    },
  };
}
