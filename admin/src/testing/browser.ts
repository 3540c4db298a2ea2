import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const hasChromium = existsSync(CHROMIUM);

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console complained of, and requests that failed. */
  readonly complaints: string[];
}

export async function visit(browser: Browser, { width, height, scheme }: Look): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (!endsWithPage(request.url(), why)) complaints.push(`failed: ${request.url()} ${why}`);
  });
  return { context, page, complaints };
}

/**
 * What a page listens to, and the code that it fetches ahead, ends with the page when that is left or loaded anew.
 * A server that fails is told with another word.
 */
function endsWithPage(url: string, why: string | undefined): boolean {
  const { pathname } = new URL(url);
  return why === 'net::ERR_ABORTED' && (pathname.endsWith('/live') || pathname.startsWith('/assets/'));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What depends on the colours alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds wrong, one line for each place; with `colours` by the rules of colours only. */
export async function violationsOf(page: Page, only: 'colours' | 'all' = 'all'): Promise<string[]> {
  const options = JSON.stringify({ runOnly: only === 'colours' ? COLOUR_RULES : TAGS, resultTypes: ['violations'] });
  await page.evaluate(`window.axe || (0, eval)(${JSON.stringify(axe)})`);
  const { violations } = (await page.evaluate(`window.axe.run(document, ${options})`)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
  );
}

/** What axe finds on a page in both colour schemes. */
export async function violationsInBothSchemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(`getComputedStyle(document.documentElement).colorScheme === '${colorScheme}'`);
    // Colours pass into each other for a quarter of a second, for which nobody has to wait here.
    await page.evaluate(
      'new Promise(requestAnimationFrame).then(() => { for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish(); })',
    );
    const wrong = await violationsOf(page, colorScheme === 'dark' ? 'colours' : 'all');
    found.push(...wrong.map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}
