import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--host-resolver-rules=MAP *.example 127.0.0.1',
];

export const hasChromium = existsSync(CHROMIUM);

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
}

export interface PublisherPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A publisher's site: pages by their paths. Only the browser knows its name. */
export async function publish(pages: Readonly<Record<string, PublisherPage>>): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url!, 'http://site').pathname];
    // Browsers ask for the picture of a site by themselves.
    response.writeHead(page === undefined ? 204 : 200, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://ann.example:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong on a page, by rule. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe || (0, eval)(${JSON.stringify(axe)})`);
  const { violations } = (await page.evaluate(
    `window.axe.run(document, ${JSON.stringify({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })})`,
  )) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
