import pg from 'pg';
import type { ApiServer } from '../host/apiServer.ts';
import type { Host } from '../host/host.ts';

/** The superuser's connection to a server's database. */
export async function connectTo(host: Host, { databaseUrl }: Pick<ApiServer, 'databaseUrl'>): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  host.later(() => client.end());
  return client;
}

/** A program of which anybody may take out any part of what is available, whenever they like. */
export async function freeProgram(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ key: string }>(
    `select p.key from program p join organization o on o.id = p.organization_id join terms_version t on t.program_id = p.id
     where o.kind = 'live' and t.document -> 'withdrawal' is not null
       and not (t.document -> 'withdrawal')::jsonb ?| array['cutOff', 'whole', 'minimum', 'first', 'oneAtATime'] order by p.key limit 1`,
  );
  return rows[0]!.key;
}
