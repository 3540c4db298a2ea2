import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Desk } from './desk.ts';

const QUIET_MS = 500;
/** What is shown while something is still to come. */
const PENDING = ':is(main, [role=dialog]) :is([role=progressbar], .MuiSkeleton-root)';
/** What can be worked with: a list with its total, or the facts of a record. */
const CONTENT = ':is(dl, ol, table, section, article, [role=status])';
/** The heading, and what it is about. */
const PAINTED = `document.querySelector('main h1') && document.querySelector('main ${CONTENT}') && !document.querySelector('${PENDING}')`;
/** A record beside its list is what one came for. */
const paintedAt = (path: string) => (path.includes('open=') ? `${PAINTED} && document.querySelector('[role=dialog] ${CONTENT}')` : PAINTED);
/** The largest thing that was painted, until now. */
const WATCH =
  'window.largest = 0; new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) window.largest = startTime; }).observe({ type: "largest-contentful-paint", buffered: true })';

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A browser that has been nowhere yet, at a processor so many times slower. */
export async function withPage<T>(
  browser: Browser,
  { session, slower = 1 }: { readonly session?: Session; readonly slower?: number },
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    bypassCSP: true,
    viewport: { width: 1360, height: 860 },
    ...(session ? { storageState: session } : {}),
  });
  try {
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    if (slower > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
    return await work(page);
  } finally {
    await context.close();
  }
}

export const addressOf = ({ url }: Desk, page: string) => `${url}/admin/#${page}`;

/** Bytes of a page's own files as they come over the wire, until nothing more comes. */
export async function bytesOf(page: Page, address: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (new URL(request.url()).pathname.startsWith('/admin/')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(address);
  await page.locator('h1').waitFor();
  // Whatever comes later, such as charts, counts as well.
  for (let seen = -1; seen !== sizes.length; await page.waitForTimeout(2 * QUIET_MS)) seen = sizes.length;
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export async function signIn(page: Page, desk: Desk): Promise<Session> {
  await page.goto(addressOf(desk, '/'));
  await page.getByLabel('E-mail').fill(desk.email);
  await page.getByLabel('Password').fill(desk.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return page.context().storageState();
}

/** When the largest part of a page stands, in milliseconds from its address on. */
export async function largestPaint(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForFunction(PAINTED);
  await page.waitForTimeout(QUIET_MS);
  return (await page.evaluate('window.largest')) as number;
}

/** How long a list of a hundred rows takes until it stands, from another page on whose files are there. */
export async function paintRows(page: Page, desk: Desk): Promise<number> {
  await page.goto(addressOf(desk, '/'));
  await page.waitForFunction(PAINTED);
  await page.waitForTimeout(QUIET_MS);
  const filter = encodeURIComponent(JSON.stringify({ program: desk.program }));
  return (await page.evaluate(`new Promise((resolve) => {
    const start = performance.now();
    const look = () => {
      if (document.querySelectorAll('main tbody tr').length < 100) return requestAnimationFrame(look);
      // Behind the frame that shows them.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    };
    location.hash = '#/orders?filter=${filter}&sort=id&order=DESC&page=1&perPage=100';
    look();
  })`)) as number;
}

export interface Asked {
  readonly page: string;
  /** What was asked before the page's content stood. */
  readonly names: readonly string[];
}

/** What a page asks GraphQL for until its content stands, when one comes to it by its address. */
export async function requestsOf(page: Page, desk: Desk, path: string): Promise<Asked> {
  const names: string[] = [];
  let isPainted = false;
  page.on('request', (request) => {
    if (isPainted || !request.url().endsWith('/graphql')) return;
    const { operationName, query } = request.postDataJSON() as { operationName?: string; query: string };
    names.push(operationName ?? query.slice(0, 40));
  });
  await page.goto(addressOf(desk, path));
  await page.waitForFunction(paintedAt(path));
  isPainted = true;
  return { page: path, names };
}

/** Every page that the menu offers, the first record that each of them leads to, and what is behind one's name. */
export async function pagesOf(page: Page, desk: Desk): Promise<readonly string[]> {
  const read = (selector: string) =>
    page.locator(selector).evaluateAll((links) => links.map((link) => (link as unknown as { hash: string }).hash.slice(1)));
  await page.goto(addressOf(desk, '/'));
  await page.waitForFunction(PAINTED);
  const lists = await read('nav[aria-label=Pages] a');
  const found = new Set([...lists, '/account']);
  for (const list of lists) {
    await page.goto(addressOf(desk, list));
    await page.waitForTimeout(QUIET_MS);
    await page.waitForFunction(PAINTED);
    const [record] = (await read('main a')).filter((link) => link.startsWith(`${list}/`) || link.includes('open='));
    if (record) found.add(record);
  }
  return [...found];
}
