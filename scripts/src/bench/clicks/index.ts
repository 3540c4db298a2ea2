import pg from 'pg';
import { profileText } from '../decide/profile.ts';
import { forkReady } from '../host/child.ts';
import { withHost } from '../host/host.ts';
import { useLog } from '../host/usedLog.ts';
import { interleave, rateOfAll, timed } from '../pairs.ts';
import { medianOf, summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Bench, Measure } from '../types.ts';
import { visitorsAtPace } from './pace.ts';
import { PAGE, publishLinks } from './setup.ts';
import { Visitors } from './visitors.ts';

export const bench: Bench['run'] = ({ quick, pairs, profile, say }) =>
  withHost(async (host) => {
    const published = await publishLinks(host, 'clicks', profile);
    const { server, visitors: ours } = published;
    const plain = await forkReady<{ url: string }>(new URL('plain.ts', import.meta.url), [PAGE]);
    host.later(plain.stop);
    const theirs = new Visitors(plain.ready.url);
    host.later(() => theirs.close());
    const admin = new pg.Client({ connectionString: server.databaseUrl });
    await admin.connect();
    host.later(() => admin.end());

    const count = quick ? 3_000 : 20_000;
    const paths = published.paths(count);
    let sent = 0;
    const follow = (visitors: Visitors) => async () => ({ work: count, seconds: await timed(() => visitors.followAll(paths)) });
    const counted = async () => {
      sent += count;
      return follow(ours)();
    };
    await useLog(server.databaseUrl);
    await counted();
    await follow(theirs)();
    const rates = await interleave(pairs, counted, follow(theirs));

    const half = rateOfAll(rates.ours) / 2;
    const paced = paths.slice(0, Math.min(count, Math.ceil(half * (quick ? 1 : 3.5))));
    await useLog(server.databaseUrl);
    const tailAt = await visitorsAtPace(host, paced, half);
    const tails = async (): Promise<[number, number]> => {
      sent += paced.length;
      return [await tailAt(server.url), await tailAt(plain.ready.url)];
    };
    await tails();
    const [ourTails, theirTails]: number[][] = [[], []];
    for (let pair = 0; pair < pairs; pair++) {
      const [our, their] = await tails();
      ourTails!.push(our);
      theirTails!.push(their);
    }

    const { rows } = await admin.query<{ kept: string }>('select count(*) as kept from click where visitor is not null');
    if (Number(rows[0]!.kept) !== sent) throw new Error(`${sent} visitors were sent on, and ${rows[0]!.kept} clicks are there.`);
    if (profile) {
      await server.stop();
      say(profileText(server.profile().slice(0, 40)));
    }
    const measures: Measure[] = [
      {
        name: 'redirects: durable clicks, 64 connections',
        ours: `${figure(rateOfAll(rates.ours))} clicks/s`,
        against: `node:http that keeps nothing: ${figure(rateOfAll(rates.other))} redirects/s`,
        ratio: rates.ratio,
        goal: { atLeast: 0.4 },
      },
      {
        name: 'redirects: p99 at half of that rate',
        ours: `${figure(medianOf(ourTails!))} ms`,
        against: `the same at the same rate: ${figure(medianOf(theirTails!))} ms`,
        ratio: summarise(ourTails!.map((tail, pair) => tail / theirTails![pair]!)),
        goal: { atMost: 4 },
      },
    ];
    return measures;
  });
