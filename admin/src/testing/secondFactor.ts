import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

const STEP_MS = 30_000;

/** Sets a second factor up for somebody, as the app on a telephone would; answers how to make codes. */
export async function setUpSecondFactor(url: string, email: string, password: string): Promise<(at?: number) => Promise<string>> {
  let cookie = '';
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', origin: url, ...(cookie ? { cookie } : {}) };
    const response = await fetch(`${url}/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])[0] ?? cookie;
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as { uri?: string };
  };
  await post('sign-in', { email, password });
  const { uri = '' } = await post('second-factor/begin', { password });
  const secret = new TextDecoder().decode(base32.decode(new URL(uri).searchParams.get('secret') ?? ''));
  const code = (at = Date.now()) => createOTP(secret, { digits: 6, period: 30 }).hotp(Math.floor(at / STEP_MS));
  // Each code opens once: that of now is kept for the browser.
  await post('second-factor/confirm', { code: await code(Date.now() - STEP_MS) });
  return code;
}
