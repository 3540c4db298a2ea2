import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';

const PATIENCE_MS = 15_000;

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Calls addresses that others name. Whatever name is given, the connection goes to no address inside: it is looked at when it is
 * connected to, so that a name that leads somewhere else the second time gains nothing. Answers are not followed anywhere.
 */
export class Caller {
  private readonly http: RequestFilteringHttpAgent;
  private readonly https: RequestFilteringHttpsAgent;

  /** `networks`: addresses inside that may be called all the same. */
  constructor(networks: readonly string[]) {
    const options = { allowIPAddressList: [...networks] };
    this.http = new RequestFilteringHttpAgent(options);
    this.https = new RequestFilteringHttpsAgent(options);
  }

  /** What an address answers, as it comes. It is waited for as long as something comes. */
  download(url: string): Promise<IncomingMessage> {
    const isSecure = url.startsWith('https:');
    return new Promise((resolve, reject) => {
      const request = (isSecure ? requestHttps : requestHttp)(
        url,
        { agent: isSecure ? this.https : this.http, timeout: PATIENCE_MS },
        resolve,
      );
      request.on('timeout', () => request.destroy(new Error('Nothing came for a while')));
      request.on('error', reject);
      request.end();
    });
  }

  /** The status of the answer; what else it says is not read. */
  call({ method, url, headers, body }: Call): Promise<number> {
    const isSecure = url.startsWith('https:');
    return new Promise((resolve, reject) => {
      const request = (isSecure ? requestHttps : requestHttp)(
        url,
        { method, agent: isSecure ? this.https : this.http, headers, signal: AbortSignal.timeout(PATIENCE_MS) },
        (answer) => {
          resolve(answer.statusCode ?? 0);
          answer.destroy();
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}
