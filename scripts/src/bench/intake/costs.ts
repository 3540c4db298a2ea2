import type pg from 'pg';
import { profileText } from '../decide/profile.ts';
import type { ApiServer } from '../host/apiServer.ts';
import type { Settings } from '../types.ts';

/** PostgreSQL counts its statements. */
export const STATEMENTS: Record<string, string> = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'all',
  'pg_stat_statements.track_planning': 'on',
};

interface Cost {
  readonly query: string;
  readonly calls: string;
  readonly ms: number;
  readonly plan: number;
  readonly rows: string;
  readonly level: boolean;
}

const MOST = 40;

/** For `--profile`: where the time goes, in the database and in the server. */
export const showCosts = {
  async reset(client: pg.Client, { profile }: Settings): Promise<void> {
    if (!profile) return;
    await client.query('create extension if not exists pg_stat_statements');
    await client.query('select pg_stat_statements_reset()');
  },

  /** Statements of the application's role, the dearest first; those inside functions stand for themselves, marked. */
  async statements(client: pg.Client, { profile, say }: Settings, orders: number): Promise<void> {
    if (!profile) return;
    const { rows } = await client.query<Cost>(
      `select s.query, s.calls, s.total_exec_time as ms, s.total_plan_time as plan, s.rows, s.toplevel as level
       from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where (r.rolname = 'tributary_app' or not s.toplevel) and s.dbid = (select oid from pg_database where datname = current_database())
       order by s.total_exec_time + s.total_plan_time desc limit ${MOST}`,
    );
    say('\n   us/order     calls  us/call planning    rows  statement');
    for (const { query, calls, ms, plan, rows: count, level } of rows) {
      const columns = [
        (((ms + plan) * 1000) / orders).toFixed(1).padStart(11),
        calls.padStart(9),
        ((ms * 1000) / Number(calls)).toFixed(0).padStart(8),
        ((plan * 1000) / Number(calls)).toFixed(0).padStart(8),
      ];
      say(`${columns.join(' ')} ${count.padStart(7)}  ${level ? '' : '(within) '}${query.replace(/\s+/g, ' ').slice(0, 150)}`);
    }
  },

  async profile(server: ApiServer, { say }: Settings): Promise<void> {
    await server.stop();
    say(`\nWhere the server spent its time:\n${profileText(server.profile().slice(0, 40))}`);
  },
};
