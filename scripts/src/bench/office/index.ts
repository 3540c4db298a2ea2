import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { REPOSITORY, runTool } from '../../run.ts';
import { withHost } from '../host/host.ts';
import { medianOf, summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Bench, Measure } from '../types.ts';
import { type Desk, openDesk } from './desk.ts';
import { addressOf, bytesOf, largestPaint, pagesOf, paintRows, requestsOf, type Session, signIn, withPage } from './visits.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const SLOWER = 4;
const MOST = { loginBytes: 350_000, dashboardBytes: 460_000, rowsMs: 300, paintMs: 1_200, requests: 3 };

/** What the back office weighs, how soon it stands, and how often it asks, each against its goal. */
export const bench: Bench['run'] = ({ pairs, say }) => {
  if (!existsSync(CHROMIUM)) {
    say('  There is no Chromium here: not measured.');
    return Promise.resolve([]);
  }
  if (!runTool('vite', 'build', `${REPOSITORY}/admin`, '--logLevel', 'error')) throw new Error('The back office could not be built.');
  return withHost(async (host) => {
    const desk = await openDesk(host);
    const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
    host.later(() => browser.close());
    const session = await withPage(browser, {}, (page) => signIn(page, desk));
    const first = addressOf(desk, '/');
    return [
      sizeOf('login', await withPage(browser, {}, (page) => bytesOf(page, first)), MOST.loginBytes),
      sizeOf('dashboard', await withPage(browser, { session }, (page) => bytesOf(page, first)), MOST.dashboardBytes),
      ...(await timesOf('the largest part of the dashboard', { browser, session, pairs, most: MOST.paintMs }, (page) =>
        largestPaint(page, first),
      )),
      ...(await timesOf('a list of 100 rows', { browser, session, pairs, most: MOST.rowsMs }, (page) => paintRows(page, desk))),
      await requests(browser, session, desk, say),
    ];
  });
};

function sizeOf(name: string, bytes: number, most: number): Measure {
  return {
    name: `office: all files of the ${name}, in gzip`,
    ours: `${figure(bytes / 1_000)} kB`,
    against: `at most ${figure(most / 1_000)} kB`,
    ratio: summarise([bytes / most]),
    goal: { atMost: 1 },
  };
}

interface Timed {
  readonly browser: Browser;
  readonly session: Session;
  readonly pairs: number;
  readonly most: number;
}

/** At this machine's processor against the goal, and at a slower one to be seen. */
async function timesOf(name: string, { browser, session, pairs, most }: Timed, take: (page: Page) => Promise<number>): Promise<Measure[]> {
  const times = async (slower: number) => {
    const taken: number[] = [];
    for (let round = -1; round < pairs; round++) {
      const time = await withPage(browser, { session, slower }, take);
      // The first round warms the server up.
      if (round >= 0) taken.push(time);
    }
    return taken;
  };
  const [usual, slow] = [await times(1), await times(SLOWER)];
  return [
    {
      name: `office: until ${name} stands`,
      ours: `${figure(medianOf(usual))} ms`,
      against: `at most ${figure(most)} ms`,
      ratio: summarise(usual.map((ms) => ms / most)),
      goal: { atMost: 1 },
    },
    { name: `office: the same, ${SLOWER} times slower`, ours: `${figure(medianOf(slow))} ms`, against: '' },
  ];
}

async function requests(browser: Browser, session: Session, desk: Desk, say: (line: string) => void): Promise<Measure> {
  const pages = await withPage(browser, { session }, (page) => pagesOf(page, desk));
  const asked = [];
  for (const path of pages) asked.push(await withPage(browser, { session }, (page) => requestsOf(page, desk, path)));
  for (const { page, names } of asked)
    if (names.length > MOST.requests) say(`  ${page} asks ${names.length} times before it stands: ${names.join(', ')}`);
  const most = Math.max(...asked.map(({ names }) => names.length));
  return {
    name: `office: requests until a page stands, the most of ${pages.length} pages`,
    ours: `${most}`,
    against: `at most ${MOST.requests}`,
    ratio: summarise([most / MOST.requests]),
    goal: { atMost: 1 },
  };
}
