import { Pool } from 'undici';
import { callers } from '../host/client.ts';

export const CONNECTIONS = 64;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const HEADERS = { 'user-agent': BROWSER, referer: 'https://blog.example/post', 'sec-fetch-dest': 'document' };

/** Visitors whose browsers keep their connections. */
export class Visitors {
  private readonly pool: Pool;

  constructor(url: string) {
    this.pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });
  }

  async follow(path: string): Promise<void> {
    const { statusCode, headers, body } = await this.pool.request({ method: 'GET', path, headers: HEADERS });
    await body.dump();
    if (statusCode !== 302 || !String(headers['location']).includes('click_id=')) throw new Error(`A visitor was answered ${statusCode}.`);
  }

  /** As fast as they are answered. */
  async followAll(paths: readonly string[]): Promise<void> {
    await callers(CONNECTIONS, paths, (path) => this.follow(path));
  }

  /** So many a second, whether they are answered or not. Answers the milliseconds from when each was due to its answer. */
  async followPaced(paths: readonly string[], perSecond: number): Promise<number[]> {
    const start = performance.now();
    const took: number[] = [];
    const running: Promise<void>[] = [];
    for (let next = 0; next < paths.length; ) {
      const due = Math.min(paths.length, Math.floor(((performance.now() - start) / 1000) * perSecond));
      for (; next < due; next++) {
        const wanted = start + (next / perSecond) * 1000;
        running.push(this.follow(paths[next]!).then(() => void took.push(performance.now() - wanted)));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(running);
    return took;
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
