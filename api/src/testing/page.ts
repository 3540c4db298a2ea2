/** What a browser would answer, with what it was told to keep. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly errors?: readonly { message: string; extensions: { code: string; retryAfter?: number } }[];
    readonly data?: Record<string, unknown> | null;
  };
  /** Of the first error. */
  readonly code: string | undefined;
}

/** A page of the back office in a browser of its own: keeps cookies and says where it comes from. */
export class TestPage {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url;
    this.headers = { origin: url, 'sec-fetch-site': 'same-origin', ...headers };
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<PageAnswer> {
    return this.send(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  }

  get(path: string): Promise<PageAnswer> {
    return this.send(path, { headers: {} });
  }

  /** Asks the API as whoever is signed in. */
  ask(query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<PageAnswer> {
    return this.post('/graphql', { query, variables }, headers);
  }

  async send(path: string, { headers, ...init }: { method?: string; body?: string; headers: Record<string, string> }): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { ...this.headers, ...headers, ...(cookie ? { cookie } : {}) };
    const response = await fetch(new URL(path, this.url), { ...init, headers: sent, redirect: 'manual' });
    this.keep(response.headers.getSetCookie());
    const text = await response.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as PageAnswer['body'];
    return { status: response.status, headers: response.headers, body, code: body.errors?.[0]?.extensions.code };
  }

  keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
  }
}
