import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOTP } from '@better-auth/utils/otp';
import type { TestApi } from './api.ts';
import { TestPage } from './page.ts';

export const PASSWORD = 'correct horse battery';

/** The mails that were written beside the data, the oldest first, once there are so many to somebody. */
export async function mailsTo({ dataDir }: Pick<TestApi, 'dataDir'>, email: string, least = 1): Promise<string[]> {
  const folder = join(dataDir, 'mail');
  for (let tries = 0; ; tries++) {
    const files = existsSync(folder) ? readdirSync(folder).sort() : [];
    const found = files.map((file) => readFileSync(join(folder, file), 'utf8')).filter((text) => text.includes(`To: ${email}`));
    if (found.length >= least || tries > 200) return found.map((text) => text.replaceAll(/=\n/g, '').replaceAll('=3D', '='));
    await sleep(20);
  }
}

/** The secret of the link in the newest mail to somebody. */
export async function linkTo(api: Pick<TestApi, 'dataDir'>, email: string, least = 1): Promise<string> {
  const mails = await mailsTo(api, email, least);
  return decodeURIComponent(/set-password\?token=([\w%-]+)/.exec(mails.at(-1) ?? '')![1]!);
}

/** Somebody who was invited and chose the password. */
export async function joinStaff(api: TestApi, email: string, name = email, roles: readonly string[] = []): Promise<void> {
  const query = 'mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { userErrors { code message } } }';
  const { inviteStaff } = await api.staff<{ inviteStaff: { userErrors: { message: string }[] } }>(query, { input: { name, email, roles } });
  if (inviteStaff.userErrors[0]) throw new Error(inviteStaff.userErrors[0].message);
  const { status } = await new TestPage(api.url).post('/auth/set-password', { token: await linkTo(api, email), password: PASSWORD });
  if (status !== 200) throw new Error(`The password could not be set: ${status}`);
}

/** A page in which somebody is signed in. */
export async function signedIn(api: TestApi, email: string, password = PASSWORD): Promise<TestPage> {
  const page = new TestPage(api.url);
  const { status, code } = await page.post('/auth/sign-in', { email, password });
  if (status !== 200) throw new Error(`${email} could not sign in: ${code}`);
  return page;
}

/** Sets up a second factor; answers how to make its codes, and the recovery codes. */
export async function secondFactor(
  page: TestPage,
  password = PASSWORD,
): Promise<{ code(at?: number): Promise<string>; recovery: string[] }> {
  const begun = await page.post('/auth/second-factor/begin', { password });
  const secret = new URL(String(begun.body['uri'])).searchParams.get('secret')!;
  const code = async (at = Date.now()) => codeOf(secret, at);
  const confirmed = await page.post('/auth/second-factor/confirm', { code: await code(Date.now() - 30_000) });
  if (confirmed.status !== 200) throw new Error(`The second factor could not be set up: ${confirmed.code}`);
  return { code, recovery: begun.body['recoveryCodes'] as string[] };
}

/** As an app on a telephone does it. */
function codeOf(secret: string, at: number): Promise<string> {
  return createOTP(decodeBase32(secret), { digits: 6, period: 30 }).hotp(Math.floor(at / 30_000));
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function decodeBase32(text: string): string {
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) bits += BASE32.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 2)));
}
