import type { PayPalAccount } from '../../settings.ts';

const PATIENCE_MS = 30_000;
/** A token is renewed before it ends. */
const MARGIN_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** It is certain that nothing was asked for. */
export class NotReached extends Error {}

/** Whether it was asked for is not known: the connection broke, or nobody answered in time. */
export class NoAnswer extends Error {}

/** PayPal's REST interface, for one account. */
export class PayPalClient {
  readonly account: PayPalAccount;
  private token: { readonly value: string; readonly until: number } | undefined;

  constructor(account: PayPalAccount) {
    this.account = account;
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body: string): Promise<Answer> {
    return this.call('POST', path, body);
  }

  private async call(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
    const authorization = `Bearer ${await this.authorize()}`;
    const headers = { authorization, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await this.fetch(path, { method, headers, ...(body === undefined ? {} : { body }) });
    if (answer.status === 401) this.token = undefined;
    return answer;
  }

  private async authorize(): Promise<string> {
    if (this.token !== undefined && this.token.until > Date.now()) return this.token.value;
    const { clientId, secret } = this.account;
    const headers = {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const { status, body } = await this.fetch('/v1/oauth2/token', { method: 'POST', headers, body: 'grant_type=client_credentials' }).catch(
      (error: Error) => {
        throw new NotReached(error.message);
      },
    );
    const { access_token: value, expires_in: seconds } = body as { access_token?: unknown; expires_in?: unknown };
    if (status !== 200 || typeof value !== 'string') throw new NotReached(`PayPal gives no access token: status ${status}`);
    this.token = { value, until: Date.now() + Math.max(0, Number(seconds ?? 0) * 1000 - MARGIN_MS) };
    return value;
  }

  private async fetch(path: string, init: RequestInit): Promise<Answer> {
    let response: Response;
    try {
      response = await fetch(`${this.account.url}${path}`, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
      const text = await response.text();
      return { status: response.status, body: readJson(text) };
    } catch (error) {
      const code = (error as { cause?: { code?: string } }).cause?.code;
      const message = `PayPal: ${code ?? (error as Error).message}`;
      throw ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code ?? '') ? new NotReached(message) : new NoAnswer(message);
    }
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
