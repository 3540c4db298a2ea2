import type { Example } from './examples.ts';

/** Sends a call for whoever has the token; answers its `data` and fails on any top-level error. */
export type Send = (token: string, query: string, variables: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;

interface Told {
  readonly staffToken?: unknown;
  readonly integratorToken?: unknown;
  readonly secret?: unknown;
  readonly token?: { readonly kind?: unknown } | null;
}

/** Calls a page's examples one after the other, as a reader would: with the tokens that earlier ones answered. */
export class Reader {
  private readonly tokens = new Map<string, string>();
  private readonly send: Send;

  constructor(send: Send, liveStaff: string) {
    this.send = send;
    this.tokens.set('live staff', liveStaff);
  }

  async call({ as, query, variables }: Example): Promise<Record<string, unknown>> {
    const token = this.tokens.get(as);
    if (!token) throw new Error(`nobody has a token "${as}" yet; there are: ${[...this.tokens.keys()].join(', ')}`);
    const data = await this.send(token, query, variables);
    for (const value of Object.values(data)) if (value !== null && typeof value === 'object') this.learn(value, variables);
    return data;
  }

  private learn({ staffToken, integratorToken, secret, token }: Told, variables: Readonly<Record<string, unknown>>): void {
    if (typeof staffToken === 'string') this.tokens.set('staff', staffToken);
    if (typeof integratorToken === 'string') this.tokens.set('integrator', integratorToken);
    const { affiliate } = (variables['input'] ?? {}) as { affiliate?: string };
    if (typeof secret === 'string') this.tokens.set(affiliate ? `affiliate ${affiliate}` : String(token?.kind).toLowerCase(), secret);
  }
}

/** Refusals in an answer, wherever they stand: an example that shows none is meant to have none. */
export function refusalsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'userErrors' ? (inner as unknown[]) : refusalsIn(inner)));
}
