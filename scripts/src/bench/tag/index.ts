import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium } from 'playwright-core';
import { PAGE, publishLinks } from '../clicks/setup.ts';
import { withHost } from '../host/host.ts';
import { medianOf, summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Bench, Measure } from '../types.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const LINKS = 500;
/** Of them, as the window is high. */
const IN_SIGHT = 20;
const SLOWER = 4;
const REST_MS = 1_000;
const MOST_MS = 20;
const MOST_BYTES = 6_000;
/** Sums up how far things moved, and says when the tag is through. */
const WATCH =
  'window.moved = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.moved += value; }).observe({ type: "layout-shift", buffered: true })';

interface Opened {
  /** Of the page's main thread, in milliseconds of a processor that takes four times as long. */
  readonly busy: number;
  /** Of that, what scripts took. */
  readonly scripts: number;
  /** The same for the first scroll, by a pixel. */
  readonly scrolled: number;
  readonly moved: number;
}

type Round = Readonly<Record<'tag' | 'bare' | 'empty', Opened>>;

/** What nobody can go below who changes all addresses and calls those ads that are in sight: it knows beforehand what to write and where. */
const BARE = `
const links = document.querySelectorAll('a');
for (const link of links) {
  link.setAttribute('href', 'https://shop.example/r/code?to=' + encodeURIComponent(link.getAttribute('href')));
  link.setAttribute('rel', 'sponsored');
}
const label = document.createElement('span');
label.textContent = 'Ad';
label.style.cssText = 'position:absolute;transform:scale(.7)translate(-100%,-95%);transform-origin:0 0';
for (let index = 0; index < ${IN_SIGHT}; index++) links[index].after(label.cloneNode(true));
`;

/** A page with links, into which a script comes once all is at rest. */
async function open(context: BrowserContext, url: string, script: string, tagged = 0): Promise<Opened> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  // What the processor does for the page, so that whatever else the machine does is not counted.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const took = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value * 1_000 * SLOWER;
    return { busy: of('TaskDuration'), scripts: of('ScriptDuration') };
  };
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(REST_MS);
  // What the page itself has thrown away by now is not the script's.
  await devtools.send('HeapProfiler.collectGarbage');
  const before = await took();
  await page.evaluate(
    `void document.head.append(Object.assign(document.createElement('script'), { async: true, src: ${JSON.stringify(script)} }))`,
  );
  await page.waitForTimeout(REST_MS);
  const after = await took();
  const found = () => page.evaluate('document.querySelectorAll("a[rel~=sponsored]").length');
  const inSight = (await found()) as number;
  if (tagged > 0 && inSight < IN_SIGHT) throw new Error(`${inSight} links were tagged of ${IN_SIGHT} that are in sight.`);
  await page.evaluate('window.scrollBy(0, 1)');
  await page.waitForTimeout(REST_MS);
  const scrolled = (await took()).busy - after.busy;
  const moved = (await page.evaluate('window.moved')) as number;
  // Whoever takes the whole page along takes it changed.
  await page.evaluate('void window.dispatchEvent(new Event("beforeprint"))');
  if ((await found()) !== tagged) throw new Error(`${String(await found())} links were tagged of ${tagged}.`);
  await page.close();
  return { busy: after.busy - before.busy, scripts: after.scripts - before.scripts, scrolled, moved };
}

/** As publishers get it; visitors have neither the server nor its database on their machine, so these are gone before anything is measured. */
const servedScript = () =>
  withHost(async (host) => {
    const { server, paths } = await publishLinks(host, 'tag');
    return (await fetch(`${server.url}/tag.js?code=${paths(1)[0]!.slice('/r/'.length)}`)).text();
  });

export const bench: Bench['run'] = async ({ pairs, say }) => {
  if (!existsSync(CHROMIUM)) {
    say('  There is no Chromium here: not measured.');
    return [];
  }
  const script = await servedScript();
  const bytes = gzipSync(script, { level: 9 }).length;
  const links = Array.from(
    { length: LINKS },
    (_, index) => `<p>One of many is <a href="${PAGE}?${index}">product ${index}</a>, and it is good.</p>`,
  );
  const page = `<!doctype html><html lang="en"><head><title>Links</title></head><body><h1>Links</h1>${links.join('')}</body></html>`;
  const files: Readonly<Record<string, string>> = { '/': page, '/tag.js': script, '/bare.js': BARE };
  const site = createServer(({ url = '' }, response) => {
    response.setHeader('content-type', url === '/' ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8');
    response.end(files[url]);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  try {
    return rowsOf(await roundsOn(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`, pairs), bytes);
  } finally {
    site.close();
  }
};

async function roundsOn(url: string, pairs: number): Promise<Round[]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext();
    await context.addInitScript(WATCH);
    const rounds: Round[] = [];
    for (let pair = -1; pair < pairs; pair++) {
      const round = {
        tag: await open(context, url, 'tag.js', LINKS),
        bare: await open(context, url, 'bare.js', LINKS),
        empty: await open(context, url, 'empty.js'),
      };
      // The first round warms up.
      if (pair >= 0) rounds.push(round);
    }
    return rounds;
  } finally {
    await browser.close();
  }
}

function rowsOf(rounds: readonly Round[], bytes: number): Measure[] {
  const extra = (name: 'tag' | 'bare', what: 'busy' | 'scripts' | 'scrolled' = 'busy') =>
    rounds.map((round) => round[name][what] - round.empty[what]);
  const [tag, bare, scripts, scrolled] = [extra('tag'), extra('bare'), extra('tag', 'scripts'), extra('tag', 'scrolled')];
  const moved = Math.max(...rounds.map((round) => round.tag.moved));
  return [
    {
      name: `tag: main thread for ${LINKS} links, ${SLOWER} times slower`,
      ours: `${figure(medianOf(tag))} ms more than an empty script`,
      against: `at most ${MOST_MS} ms`,
      ratio: summarise(tag.map((ms) => ms / MOST_MS)),
      goal: { atMost: 1 },
    },
    {
      name: 'tag: the same, against what is written',
      ours: `${figure(medianOf(tag))} ms`,
      against: `addresses and labels alone: ${figure(medianOf(bare))} ms`,
      ratio: summarise(tag.map((ms, pair) => ms / bare[pair]!)),
    },
    {
      name: 'tag: of that, its own script; the rest is the picture with the labels',
      ours: `${figure(medianOf(scripts))} ms`,
      against: `${figure(medianOf(tag))} ms`,
      ratio: summarise(scripts.map((ms, pair) => ms / tag[pair]!)),
    },
    {
      name: 'tag: the first scroll, with which the watching begins',
      ours: `${figure(medianOf(scrolled))} ms more than an empty script`,
      against: `${MOST_MS} ms`,
      ratio: summarise(scrolled.map((ms) => ms / MOST_MS)),
    },
    {
      name: 'tag: what moves, and its size in gzip',
      ours: `layout shift ${moved}, ${figure(bytes)} bytes`,
      against: `none, and less than ${figure(MOST_BYTES)} bytes`,
      ratio: summarise([moved === 0 ? bytes / MOST_BYTES : Number.POSITIVE_INFINITY]),
      goal: { atMost: 1 },
    },
  ];
}
