import { join } from 'node:path';
import { TOKENS_FILE } from '../bootstrap.ts';
import { call, Refused } from './client.ts';
import { type Call, readStory, type Story } from './story.ts';
import { type DemoTokens, readTokens, writeTokens } from './tokens.ts';

const DAY_MS = 86_400_000;
const MINUTES_MS = 11 * 60_000;

export interface DemoOptions {
  /** Where the API answers. */
  readonly url: string;
  readonly dataDir: string;
  say(line: string): void;
}

/**
 * Tells a small living demo through the public API, once, and says how to look at it. Needs the first staff token: a
 * database that others filled stays as it is. Told in part (a start that was killed) it is told to its end the next time.
 */
export async function tellDemo({ url, dataDir, say }: DemoOptions): Promise<void> {
  const found = readTokens(dataDir);
  if (!found.staff) return;
  if (found.demo === 'told') return say(`Explorer: ${new URL('/', url).href}  Demo tokens: ${join(dataDir, TOKENS_FILE)}`);
  const again = found.demo === 'begun';
  const story = readStory();
  const demo = new Demo(url, dataDir, found);
  try {
    await demo.begin();
    await demo.tellLive(story, again);
    await demo.tellSandbox(story);
    await demo.finish(story);
    for (const line of describe(demo.tokens, url, dataDir, story)) say(line);
  } catch (error) {
    // The staff token is one of another database: nothing here is ours to fill.
    if (error instanceof Refused && error.code === 'UNAUTHENTICATED') return;
    say(`The demo could not be told: ${(error as Error).message}`);
  }
}

class Demo {
  tokens: DemoTokens;
  private readonly url: string;
  private readonly dataDir: string;

  constructor(url: string, dataDir: string, tokens: DemoTokens) {
    this.url = url;
    this.dataDir = dataDir;
    this.tokens = tokens;
  }

  private keep(tokens: Partial<DemoTokens>): void {
    this.tokens = { ...this.tokens, ...tokens };
    writeTokens(this.dataDir, this.tokens);
  }

  private async issue(input: object): Promise<string> {
    const { secret } = await call(this.url, this.tokens.staff!, 'createToken', input, 'secret');
    return String(secret);
  }

  async begin(): Promise<void> {
    const integrator = this.tokens.integrator ?? (await this.issue({ kind: 'INTEGRATOR', name: 'demo shop' }));
    this.keep({ integrator, demo: 'begun', demoBegan: this.tokens.demoBegan ?? instant(Date.now()) });
  }

  /** Facts told again have no further effect; acts of staff told again may be turned away, and have none either. */
  async tellLive({ live }: Story, again: boolean): Promise<void> {
    const tokens = { staff: this.tokens.staff!, integrator: this.tokens.integrator! };
    const began = Date.parse(this.tokens.demoBegan!);
    for (const [index, { past, ...step }] of live.entries()) {
      // Each some minutes after the one before it, and at the same instant when it is told again.
      const at = past && { [past.field]: instant(began - past.daysAgo * DAY_MS + index * MINUTES_MS) };
      try {
        await this.tell({ ...step, input: { ...step.input, ...at } }, tokens);
      } catch (error) {
        if (!again || !(error instanceof Refused)) throw error;
      }
    }
  }

  async tellSandbox({ sandbox }: Story): Promise<void> {
    if (this.tokens.sandboxStaff) return;
    const { name, startsDaysAgo, programs, steps } = sandbox;
    let clock = Math.floor(Date.now() / DAY_MS - startsDaysAgo) * DAY_MS;
    const input = { name, startsAt: instant(clock), programs };
    const { staffToken, integratorToken } = await call(this.url, this.tokens.staff!, 'createSandbox', input, 'staffToken integratorToken');
    const tokens = { staff: String(staffToken), integrator: String(integratorToken) };
    for (const step of steps) {
      if ('wait' in step) {
        clock += step.wait * DAY_MS;
        await call(this.url, tokens.staff, 'advanceClock', { to: instant(clock) });
      } else {
        await this.tell(step, tokens);
      }
    }
    this.keep({ sandboxStaff: tokens.staff, sandboxIntegrator: tokens.integrator });
  }

  async finish({ affiliate }: Story): Promise<void> {
    this.keep({ affiliate: await this.issue({ kind: 'AFFILIATE', affiliate, name: `demo of ${affiliate}` }), demo: 'told' });
  }

  private async tell({ caller, mutation, input }: Call, tokens: Readonly<Record<Call['caller'], string>>): Promise<void> {
    await call(this.url, tokens[caller], mutation, input);
  }
}

const instant = (at: number) => new Date(at).toISOString();

function describe(tokens: DemoTokens, url: string, dataDir: string, { affiliate, query }: Story): string[] {
  const shown: [string, string | undefined][] = [
    ['staff', tokens.staff],
    ['integrator', tokens.integrator],
    [`affiliate ${affiliate}`, tokens.affiliate],
    ['staff of the sandbox', tokens.sandboxStaff],
  ];
  const width = Math.max(...shown.map(([who]) => who.length));
  return [
    '',
    `GraphQL      ${new URL('/graphql', url).href}`,
    `Explorer     ${new URL('/', url).href}`,
    `Demo tokens  (kept in ${join(dataDir, TOKENS_FILE)})`,
    ...shown.map(([who, token]) => `  ${who.padEnd(width)}  ${token}`),
    '',
    'A first query to paste into the explorer, with this among its headers:',
    `  { "Authorization": "Bearer ${tokens.staff}" }`,
    '',
    ...query.split('\n').map((line) => `  ${line}`),
    '',
  ];
}
