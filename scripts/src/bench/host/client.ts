import { Pool } from 'undici';

const PATIENCE_MS = 120_000;

/** GraphQL over HTTP on connections that are kept. */
export class Client {
  private readonly pool: Pool;
  private readonly headers: Record<string, string>;

  constructor(url: string, token: string, connections: number) {
    this.pool = new Pool(url, { connections, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS, keepAliveTimeout: PATIENCE_MS });
    this.headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  }

  /** The body of a request, made beforehand where its making must not be measured. */
  static body(query: string, variables: object = {}): string {
    return JSON.stringify({ query, variables });
  }

  /** By the token of the client, or by another one. */
  ask<T>(query: string, variables: object = {}, token?: string): Promise<T> {
    return this.post<T>(Client.body(query, variables), token);
  }

  async post<T>(body: string, token?: string): Promise<T> {
    const headers = token === undefined ? this.headers : { ...this.headers, authorization: `Bearer ${token}` };
    const answer = await this.pool.request({ method: 'POST', path: '/graphql', headers, body });
    const { data, errors } = (await answer.body.json()) as { data?: T; errors?: { message: string }[] };
    if (errors || !data) throw new Error(`The API answered: ${errors?.map(({ message }) => message).join('; ')}`);
    return data;
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** Runs the jobs with so many callers at once, each taking the next. */
export async function callers<T>(count: number, jobs: readonly T[], call: (job: T, caller: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (caller: number) => {
    while (next < jobs.length) await call(jobs[next++]!, caller);
  };
  await Promise.all(Array.from({ length: count }, (_, caller) => work(caller)));
}
