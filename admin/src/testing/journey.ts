import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { type RunningApi, startApi } from './api.ts';
import { type Look, openBrowser, type Visit, violationsInBothSchemes, visit } from './browser.ts';
// Says what the run provides.
import type {} from './global-setup.ts';
import { type Site, startSite } from './site.ts';

export { hasChromium } from './browser.ts';

/** Walked alone a journey takes a quarter of a minute; beside everything else on two cores much more. */
export const ALL_MS = 240_000;
export const WIDE: Look = { width: 1360, height: 860, scheme: 'light' };
export const PHONE: Look = { width: 390, height: 844, scheme: 'light' };

export interface Journey {
  readonly api: RunningApi;
  readonly site: Site;
  /** Somebody who is signed in and stands at this address, in a browser of their own. */
  as(name: string, address: string, look?: Look): Promise<Visit>;
  /** Axe, in both colour schemes. */
  look(page: Page, place: string): Promise<void>;
  /** What was found wrong on the way: by axe, the console, the network. */
  problems(): readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts the real server, the site and a browser, and invites these people, each with roles. Where JOURNEY_PICTURES names a folder, it has how every page
 * looked in the end.
 */
export async function startJourney(people: Readonly<Record<string, readonly string[]>>): Promise<Journey> {
  const [api, browser] = await Promise.all([startApi({ runFolder: inject('runFolder') }), openBrowser()]);
  const site = await startSite(api.url, inject('runFolder'));
  const passwords = new Map<string, string>();
  for (const [name, roles] of Object.entries(people)) passwords.set(name, await api.join(emailOf(name), name, roles));
  const found: string[] = [];
  const visits: Visit[] = [];
  return {
    api,
    site,
    async as(name, address, look = WIDE) {
      const seen = await visit(browser, look);
      visits.push(seen);
      await seen.page.goto(`${site.url}#${address}`);
      await signIn(seen.page, emailOf(name), passwords.get(name) ?? '');
      return seen;
    },
    async look(page, place) {
      found.push(...(await violationsInBothSchemes(page)).map((line) => `${place}, ${line}`));
    },
    problems: () => [...found, ...visits.flatMap(({ complaints }) => complaints)],
    async stop() {
      const folder = process.env['JOURNEY_PICTURES'];
      for (const [index, { page }] of visits.entries()) if (folder) await page.screenshot({ path: join(folder, `${index}.png`) });
      await stopAll(browser, site, api);
    },
  };
}

export const emailOf = (name: string) => `${name.toLowerCase()}@example.com`;

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function stopAll(browser: Browser, site: Site, api: RunningApi): Promise<void> {
  await browser.close();
  await site.stop();
  await api.stop();
}
