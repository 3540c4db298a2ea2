import { Pool } from 'undici';

export interface ApiError {
  readonly message: string;
  readonly code: string;
}

export interface Reply {
  /** Null where the whole request failed. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** What is no refusal by a rule: malformed, forbidden, faults. */
  readonly errors: readonly ApiError[];
}

interface RawReply {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const PATIENCE_MS = 60_000;

/** GraphQL over HTTP, as anybody would speak it. */
export class Client {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(url: string, connections: number) {
    const { origin, pathname } = new URL(url);
    this.path = pathname;
    this.pool = new Pool(origin, { connections, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  }

  async send(token: string, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Reply> {
    const { body, statusCode } = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const text = await body.text();
    const { data = null, errors = [] } = parse(text, statusCode);
    return { data, errors: errors.map(({ message, extensions }) => ({ message, code: extensions?.code ?? 'UNKNOWN' })) };
  }

  /** Brings a file to a path beside GraphQL. */
  async upload(token: string, path: string, contentType: string, file: string): Promise<{ status: number; value: unknown }> {
    const { body, statusCode } = await this.pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': contentType, authorization: `Bearer ${token}` },
      body: file,
    });
    return { status: statusCode, value: parse(await body.text(), statusCode) };
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

function parse(text: string, status: number): RawReply {
  try {
    return JSON.parse(text) as RawReply;
  } catch {
    return { errors: [{ message: `The API answered no JSON (status ${status}): ${text.slice(0, 200)}` }] };
  }
}
