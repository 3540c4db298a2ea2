import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningApi, startApi } from '../testing/api.ts';
import { hasChromium, openBrowser, violationsOf, visit } from '../testing/browser.ts';
import type {} from '../testing/global-setup.ts';
import { setUpSecondFactor } from '../testing/secondFactor.ts';
import { type Site, startSite } from '../testing/site.ts';

const ALL_MS = 240_000;
const EMAIL = 'ada@example.com';

describe.skipIf(!hasChromium)('a member of staff signs in with a second factor', () => {
  let api: RunningApi;
  let site: Site;
  let browser: Browser;
  let password: string;
  let code: (at?: number) => Promise<string>;

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ runFolder: inject('runFolder') }), openBrowser()]);
    [password, site] = await Promise.all([api.join(EMAIL, 'Ada'), startSite(api.url, inject('runFolder'))]);
    code = await setUpSecondFactor(api.url, EMAIL, password);
  }, ALL_MS);

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await api?.stop();
  });

  it('after a wrong password and a wrong code, and comes to the page that was asked for', { timeout: ALL_MS }, async () => {
    const { page, context, complaints } = await visit(browser, { width: 1360, height: 860, scheme: 'light' });
    await page.goto(`${site.url}#/ledger`);
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'e-mail address or the password is wrong' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Your second factor' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('alert').filter({ hasText: 'code is wrong' }).waitFor();

    await page.getByLabel('Code').fill(await code());
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    await page.getByRole('button', { name: 'Ada' }).waitFor();

    // The session is out of reach of scripts, and outlives a reload.
    expect(await page.evaluate('[document.cookie, localStorage.length, sessionStorage.length]')).toEqual(['', 0, 0]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();

    const kept = await context.cookies();
    await page.getByRole('button', { name: 'Ada' }).click();
    await page.getByRole('menuitem', { name: 'Logout' }).click();
    await page.getByLabel('E-mail').waitFor();
    // Nor does the cookie open anything when it is put back.
    await context.addCookies(kept);
    await page.goto(`${site.url}#/programs`);
    await page.reload();
    await page.getByLabel('E-mail').waitFor();
    // The browser itself complains of what was turned away, the wrong password and the wrong code, and of what a reload broke off.
    expect(complaints.filter((line) => !line.includes('ERR_ABORTED')).map((line) => line.includes('401'))).toEqual([true, true]);
    await context.close();
  });

  it('or forgot the password, and sets another by the link in the mail', { timeout: ALL_MS }, async () => {
    const { page, context } = await visit(browser, { width: 390, height: 844, scheme: 'dark' });
    await page.goto(site.url);
    await page.getByRole('button', { name: 'I forgot my password' }).click();
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('alert').filter({ hasText: 'a link is on its way' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);

    await page.goto(`${site.url}#/set-password?token=${await api.linkTo(EMAIL, 2)}`);
    await page.reload();
    await page.getByLabel('New password').fill('yet another password');
    await page.getByLabel('Once more').fill('yet another passwort');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('alert').filter({ hasText: 'not the same' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Once more').fill('yet another password');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your password is set' }).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill('yet another password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Your second factor' }).waitFor();
    await context.close();
  });
});
