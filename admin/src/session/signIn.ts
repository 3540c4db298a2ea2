import { HttpError } from 'react-admin';

/** What the server's addresses for signing in answer. The session itself is in a cookie that no script sees. */
interface Answer {
  readonly secondFactor?: boolean;
  readonly url?: string;
  readonly company?: string | null;
  readonly uri?: string;
  readonly recoveryCodes?: readonly string[];
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly retryAfter?: number } }[];
}

const UNREACHABLE = 503;

async function send(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(`/auth/${path}`, { credentials: 'same-origin', ...init }).catch(() => undefined);
  const answer = ((await response?.json().catch(() => undefined)) ?? {}) as Answer;
  if (response?.ok) return answer;
  const [problem] = answer.errors ?? [];
  if (!response || !problem)
    throw new HttpError('The server cannot be reached. Try again in a moment.', UNREACHABLE, { code: 'UNREACHABLE' });
  const { code, retryAfter } = problem.extensions;
  const wait = retryAfter === undefined ? '' : `: ${waitOf(retryAfter)}`;
  throw new HttpError(`${problem.message}${wait}`, response.status, { code });
}

function post(path: string, body: object = {}): Promise<Answer> {
  return send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function waitOf(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
}

export type CodeKind = 'second-factor' | 'recovery-code';

/** Each rejects with an HttpError. */
export const signIn = {
  /** Is a code needed, too? */
  async withPassword(email: string, password: string): Promise<boolean> {
    return (await post('sign-in', { email, password })).secondFactor === true;
  },
  withCode: (kind: CodeKind, code: string) => post(kind, { code: code.replaceAll(/\s/g, '') }),
  /** The address of the company's own sign-in. */
  async withCompany(page: string): Promise<string> {
    return (await post('company', { page })).url ?? '/';
  },
  /** What the button for it says; null: there is none. */
  company: async () => (await send('options')).company ?? null,
  /** The key for the app, and the codes to keep. It is asked for only once it is confirmed. */
  async beginFactor(password: string): Promise<{ uri: string; recoveryCodes: readonly string[] }> {
    const { uri = '', recoveryCodes = [] } = await post('second-factor/begin', { password });
    return { uri, recoveryCodes };
  },
  confirmFactor: (code: string) => post('second-factor/confirm', { code: code.replaceAll(/\s/g, '') }),
  out: () => post('sign-out'),
  mailLink: (email: string) => post('forgotten-password', { email }),
  setPassword: (token: string, password: string) => post('set-password', { token, password }),
};

export function codeOf(error: unknown): string | undefined {
  return error instanceof HttpError ? (error.body as { code?: string } | undefined)?.code : undefined;
}
