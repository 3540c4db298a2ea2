import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningApi, startApi } from '../testing/api.ts';
import { hasChromium, openBrowser, type Visit, violationsInBothSchemes, violationsOf, visit } from '../testing/browser.ts';
import type {} from '../testing/global-setup.ts';
import { type Site, startSite } from '../testing/site.ts';

/** Walked alone it takes a quarter of a minute; beside everything else on two cores much more. */
const ALL_MS = 240_000;
const PROGRAM = 'banggood';
const EMAIL = 'ada@example.com';

if (!hasChromium) process.stderr.write('The browser journey is skipped: there is no /usr/bin/chromium, and CHROMIUM names none.\n');

/** A sandbox with one order that earns and one that doesn't. */
async function tellStory(api: RunningApi): Promise<void> {
  const { createSandbox } = await api.as(api.staffToken)<{ createSandbox: { staffToken: string; integratorToken: string } }>(
    'mutation ($input: CreateSandboxInput!) { createSandbox(input: $input) { staffToken integratorToken userErrors { message } } }',
    { input: { name: 'Journey', startsAt: '2026-03-01T00:00:00Z', programs: [PROGRAM] } },
  );
  const staff = api.as(createSandbox.staffToken);
  const integrator = api.as(createSandbox.integratorToken);
  const tell = (name: string, input: object) =>
    integrator(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { id userErrors { code message path } } }`,
      { input: { program: PROGRAM, ...input } },
    );
  await staff('mutation ($input: EnrollAffiliateInput!) { enrollAffiliate(input: $input) { userErrors { code message path } } }', {
    input: { program: PROGRAM, affiliate: 'maya', name: 'Maya Gadgets', country: 'DE', class: 'silver' },
  });
  await tell('recordClick', { id: 'k1', affiliate: 'maya', visitor: 'v1', country: 'DE', page: 'home' });
  const line = { sku: 'drone', category: 'toys-and-hobbies', price: '89.90' };
  await tell('recordOrder', { id: 'o-1', visitor: 'v1', country: 'DE', lines: [line, { ...line, sku: 'battery', quantity: 2 }] });
  await tell('recordOrder', { id: 'o-2', visitor: 'v1', country: 'DE', lines: [line] });
  await tell('recordOrderEvent', { order: 'o-2', kind: 'CANCELLED' });
}

describe.skipIf(!hasChromium)('staff read why an order earned what it did', () => {
  let api: RunningApi;
  let site: Site;
  let browser: Browser;
  let password: string;

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ runFolder: inject('runFolder') }), openBrowser()]);
    [, password, site] = await Promise.all([
      tellStory(api),
      api.join(EMAIL, 'Ada'),
      startSite(api.url, inject('runFolder'), 'development'),
    ]);
  }, ALL_MS);

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await api?.stop();
  });

  /** And goes on in the sandbox of the story. */
  async function signIn({ page }: Visit): Promise<void> {
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('combobox', { name: 'Where you work' }).click();
    await page.getByRole('option', { name: 'Journey' }).click();
    await page.getByText('Sandbox', { exact: true }).waitFor();
  }

  it('on a wide screen, light and dark', { timeout: ALL_MS }, async () => {
    const seen = await visit(browser, { width: 1360, height: 860, scheme: 'light' });
    const { page, complaints, context } = seen;
    const problems: string[] = [];
    const look = async (place: string) => {
      problems.push(...(await violationsInBothSchemes(page)).map((line) => `${place}, ${line}`));
    };

    await page.goto(site.url);
    await page.getByLabel('E-mail').waitFor();
    await look('sign-in');
    await signIn(seen);
    await page.goto(`${site.url}#/commissions`);
    await page.getByRole('heading', { level: 1, name: 'Commissions' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'o-1' }).waitFor();
    expect(await page.getByText('Sandbox', { exact: true }).isVisible()).toBe(true);
    await look('commissions');

    await page.getByLabel('Status').click();
    await page.getByRole('option', { name: 'Pending' }).click();
    await page.getByRole('row').filter({ hasText: 'o-2' }).waitFor({ state: 'detached' });
    expect(decodeURIComponent(page.url())).toContain('"status":"PENDING"');

    await page.getByRole('link', { name: 'o-1' }).click();
    const drawer = page.getByRole('dialog', { name: 'Why order o-1 earns what it does' });
    await drawer.getByText('Step by step').waitFor();
    expect(await drawer.getByRole('row', { name: /^drone/ }).textContent()).toContain('points');
    expect(await drawer.getByRole('listitem').count()).toBeGreaterThan(2);
    expect(await drawer.getByText(/^Saw /).count()).toBeGreaterThan(0);
    await look('explanation');

    await drawer.getByRole('link', { name: 'Open the order' }).click();
    await page.getByRole('heading', { level: 1, name: 'Order o-1' }).waitFor();
    await page.getByRole('heading', { name: 'Clicks that compete' }).waitFor();
    await page.getByText('Step by step').waitFor();
    await look('order');

    for (const [link, row] of [
      ['Programs', 'Banggood'],
      ['Affiliates', 'Maya Gadgets'],
      ['Orders', 'o-2'],
      ['Ledger', 'Commission earned'],
    ] as const) {
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: link }).click();
      await page.getByRole('heading', { level: 1, name: link }).waitFor();
      await page.getByRole('row').filter({ hasText: row }).first().waitFor();
      await look(link);
    }

    // In Chinese the clauses and the steps are Chinese, too, and come so from the API.
    await page.getByRole('button', { name: 'Ada' }).click();
    await page.getByRole('menuitem', { name: '中文' }).click();
    await page.getByRole('heading', { level: 1, name: '账簿' }).waitFor();
    await page.goto(`${site.url}#/commissions?open=${PROGRAM}%3Ao-1&filter=%7B%7D`);
    const chinese = page.getByRole('dialog', { name: '订单 o-1 的佣金说明' });
    await chinese.getByText('行 drone：89.90 USD × 7% 为 629 affiliate points，向下取整。').waitFor();
    await chinese.getByText('条款：金额逐行向下取整').first().waitFor();
    await look('explanation in Chinese');
    await page.goto(`${site.url}#/programs/${PROGRAM}/show`);
    await page.getByText('佣金自发货时间起 45 天后可用。').waitFor();
    await look('terms in Chinese');
    expect(problems).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('on a phone, and is sent back to sign in when the session is ended elsewhere', { timeout: ALL_MS }, async () => {
    const seen = await visit(browser, { width: 390, height: 844, scheme: 'light' });
    const { page, context } = seen;
    await page.goto(site.url);
    await signIn(seen);
    await page.goto(`${site.url}#/affiliates/maya/show`);
    await page.getByRole('heading', { level: 1, name: 'Maya Gadgets' }).waitFor();
    await page.getByRole('row', { name: /Referrals/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    expect(await violationsOf(page)).toEqual([]);

    const staff = api.as(api.staffToken);
    const { staffMembers } = await staff<{ staffMembers: { nodes: { sessions: { id: string }[] }[] } }>(
      '{ staffMembers { nodes { sessions { id } } } }',
    );
    for (const { id } of staffMembers.nodes.flatMap(({ sessions }) => sessions)) {
      await staff('mutation ($input: EndStaffSessionInput!) { endStaffSession(input: $input) { userErrors { message } } }', {
        input: { id },
      });
    }
    await page.getByRole('link', { name: 'Orders' }).first().click();
    await page.getByLabel('E-mail').waitFor();
    // One comes back to where one was: only where that is stays in the browser.
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual(['tributary.place']);
    await context.close();
  });
});
