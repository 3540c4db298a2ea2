import pg from 'pg';
import { emptyTables, multiply } from '../growth/fill.ts';
import { withHost } from '../host/host.ts';
import { interleave, rateOfAll, timed } from '../pairs.ts';
import { figure } from '../table.ts';
import type { Bench } from '../types.ts';
import { type Published, publishLinks } from './setup.ts';

/** Followed through the server; the rest are copies of them. */
const FEW = 10_000;
/** Clicks for each of the orders that `--rows` asks for. */
const CLICKS_OF_AN_ORDER = 10;

/** Redirects with so many clicks stored, against an installation with few. */
export const bench: Bench['run'] = ({ quick, pairs, rows, say }) =>
  withHost(
    async (host) => {
      const wanted = quick ? 2 * FEW : rows * CLICKS_OF_AN_ORDER;
      const few = await publishLinks(host, 'fewclicks');
      const many = await publishLinks(host, 'manyclicks');
      const admin = new pg.Client({ connectionString: many.server.databaseUrl });
      await admin.connect();
      host.later(() => admin.end());
      const empty = await emptyTables(admin);
      const since = Date.now();
      const follow = async ({ visitors, paths }: Published, count: number) => {
        const seconds = await timed(() => visitors.followAll(paths(count)));
        return { work: count, seconds };
      };
      await follow(few, FEW);
      await follow(many, FEW);
      const filling = await timed(() => multiply(many.server.databaseUrl, empty, since, Math.max(1, Math.round(wanted / FEW))));
      const found = await admin.query<{ clicks: string; bytes: string }>(
        'select (select count(*) from click) as clicks, pg_database_size(current_database()) as bytes',
      );
      const clicks = Number(found.rows[0]!.clicks);
      if (clicks < wanted) throw new Error(`${clicks} clicks are there of ${wanted}.`);
      say(`  ${figure(clicks)} clicks, ${figure(Number(found.rows[0]!.bytes) / 1e6)} MB, filled in ${filling.toFixed(0)} s`);
      const count = quick ? 3_000 : 20_000;
      await follow(many, count);
      await follow(few, count);
      // A lower bound asks for more pairs than a median does.
      const result = await interleave(
        quick ? pairs : pairs * 2,
        () => follow(many, count),
        () => follow(few, count),
      );
      return [
        {
          name: `redirects: with ${figure(clicks)} clicks stored`,
          ours: `${figure(rateOfAll(result.ours))} clicks/s`,
          against: `with ${figure(FEW)}: ${figure(rateOfAll(result.other))} clicks/s`,
          ratio: result.ratio,
          goal: { atLeast: 0.9, by: 'lower bound' },
        },
      ];
    },
    { large: say },
  );
