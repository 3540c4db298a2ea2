import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startApi } from './api.ts';
import { type Look, openBrowser, visit } from './browser.ts';
import { type Site, startSite } from './site.ts';

// Pictures of every page for people to look at: `pnpm --filter @tributary/admin screens [FOLDER]`. They show the demo, where a start tells it.

const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: 'wide-light', width: 1360, height: 860, scheme: 'light' },
  { name: 'wide-dark', width: 1360, height: 860, scheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, scheme: 'light' },
];
const EMAIL = 'ada@example.com';
/** Every page without a record of its own. */
const LISTS = [
  '',
  'applications',
  'requests',
  'classes',
  'withdrawals',
  'batches',
  'cases',
  'sanctions',
  'approvals',
  'affiliates',
  'customers',
  'links',
  'orders',
  'commissions',
  'redemptions',
  'expiry',
  'ledger',
  'reports',
  'creatives',
  'news',
  'products',
  'imports',
  'programs',
  'documents',
  'members',
  'tokens',
  'webhooks',
  'audit',
  'account',
] as const;
const RECORDS = [
  'applications',
  'requests',
  'customers',
  'redemptions',
  'withdrawals',
  'batches',
  'cases',
  'affiliates',
  'orders',
  'commissions',
  'members',
  'programs',
] as const;
const SHEETS: ReadonlySet<string> = new Set([
  'applications',
  'requests',
  'customers',
  'redemptions',
  'withdrawals',
  'cases',
  'commissions',
  'members',
]);

/** Until nothing loads or moves any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(600);
  await page.waitForFunction('!document.querySelector("[role=progressbar]")');
  await page.waitForTimeout(600);
}

async function takePictures(password: string, site: Site, folder: string): Promise<void> {
  const browser = await openBrowser();
  for (const look of LOOKS) {
    const { page, context, complaints } = await visit(browser, look);
    const take = async (name: string, fullPage = false) => {
      await settle(page);
      await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage });
    };
    await page.goto(site.url);
    await page.getByLabel('E-mail').waitFor();
    await take('sign-in');
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    for (const list of LISTS) {
      await page.goto(`${site.url}#/${list}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await take(list || 'today');
    }
    for (const list of RECORDS) {
      await page.goto(`${site.url}#/${list}`);
      await settle(page);
      const record = page.locator(`main a[href*="/${list}/"], main a[href*="open="]`).first();
      if ((await record.count()) === 0) continue;
      await record.click();
      await take(`${list}-record`, !SHEETS.has(list));
    }
    // The last record is a program's.
    await page.getByRole('link', { name: 'Draft the next version' }).click();
    await take('terms-draft');
    for (const complaint of complaints) process.stderr.write(`${look.name}: ${complaint}\n`);
    await context.close();
  }
  await browser.close();
}

const folder = resolve(process.argv[2] ?? 'screens');
mkdirSync(folder, { recursive: true });
const api = await startApi({ demo: true });
const site = await startSite(api.url);
try {
  await takePictures(await api.join(EMAIL, 'Ada'), site, folder);
  process.stdout.write(`The pictures are in ${folder}\n`);
} finally {
  await site.stop();
  await api.stop();
}
