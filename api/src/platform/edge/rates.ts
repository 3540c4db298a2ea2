import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limits } from '../../config.ts';

/** Seconds over which is counted. */
const WINDOW = 60;

/** What a caller may do, by who it is. */
export type RateClass = 'address' | 'stranger' | 'token' | 'integrator';

export interface RateKey {
  readonly kind: RateClass;
  readonly key: string;
}

/** How a caller stands after a request was counted. */
export interface Standing {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until everything may be done again. */
  readonly seconds: number;
}

/** Counts what callers do in a minute. The counts are of this process: several processes each allow as much. */
export class Rates {
  private readonly counters: Readonly<Record<RateClass, RateLimiterMemory>>;
  private readonly wrong: RateLimiterMemory;

  constructor(limits: Limits) {
    const counter = (keyPrefix: string, points: number) => new RateLimiterMemory({ keyPrefix, points, duration: WINDOW });
    this.counters = {
      address: counter('a', limits.perAddress),
      stranger: counter('s', limits.perStranger),
      token: counter('t', limits.perToken),
      integrator: counter('i', limits.perIntegrator),
    };
    this.wrong = counter('w', limits.wrongTokens);
  }

  async count(kind: RateClass, key: string, points = 1): Promise<Standing> {
    const counter = this.counters[kind];
    try {
      return standing(true, counter.points, await counter.consume(key, points));
    } catch (found) {
      if (found instanceof RateLimiterRes) return standing(false, counter.points, found);
      throw found;
    }
  }

  async noteWrongToken(network: string): Promise<void> {
    await this.wrong.penalty(network);
  }

  /** Undefined: tokens from there are looked at. */
  async tooManyWrong(network: string): Promise<Standing | undefined> {
    const found = await this.wrong.get(network);
    return found && found.consumedPoints >= this.wrong.points ? standing(false, this.wrong.points, found) : undefined;
  }
}

function standing(allowed: boolean, limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): Standing {
  return { allowed, limit, remaining: allowed ? remainingPoints : 0, seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}

/** Whom to count an address for: one by itself, but of IPv6 the network of 64 bits, whose addresses one host can choose from. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(gap).fill('0'), ...last].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
