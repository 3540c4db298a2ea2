import { METHODS } from '@tributary/shared/facts';
import { adTraceOf, fetchDestOf, isPrefetch } from '@tributary/shared/tracking';
import type { FastifyRequest } from 'fastify';
import { isbot } from 'isbot';
import { LRUCache } from 'lru-cache';

const LONGEST_URL = 2000;
const LONGEST_MARK = 200;
/** What a link may say of itself. That it was a pop-up or a hijack nobody says; it is told by others. */
const WAYS: ReadonlySet<string> = new Set(METHODS.filter((method) => method !== 'popup' && method !== 'hijack'));
/** Looking through a name takes longer than all else that is read of a request, and most visitors share a few. */
const bots = new LRUCache<string, boolean, unknown>({ max: 10_000, memoMethod: (agent) => isbot(agent) });

/** Browsers say one of these when somebody does not want to be followed. */
const REFUSALS = ['sec-gpc', 'dnt'];

/** What a request for a link tells. */
export interface Visit {
  /** A page other than the link's own. */
  readonly to: string | undefined;
  readonly automated: 'bot' | 'prefetch' | undefined;
  readonly mayHaveCookie: boolean;
  /** In the words of a click's facts. */
  readonly told: {
    readonly subId?: string;
    readonly method?: string;
    readonly channel?: string;
    readonly keyword?: string;
    readonly referrer?: string;
    readonly fetchDest?: string;
  };
}

export function readVisit({ method, query, headers }: FastifyRequest): Visit {
  const given = firstOf(query as Record<string, unknown>);
  const told: Record<string, string | undefined> = {
    subId: readable(given['sub'], LONGEST_MARK),
    method: WAYS.has(given['via'] ?? '') ? given['via'] : undefined,
    referrer: readable(headers.referer, LONGEST_URL),
    fetchDest: fetchDestOf(String(headers['sec-fetch-dest'] ?? '')),
  };
  for (const [name, text] of Object.entries(adTraceOf(given))) told[name] = readable(text, LONGEST_URL);
  return {
    to: given['to'],
    automated: isRobot(method, headers['user-agent']) ? 'bot' : isPrefetch(headers) ? 'prefetch' : undefined,
    mayHaveCookie: !REFUSALS.some((name) => headers[name] === '1'),
    told: Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
  };
}

/** Browsers have a name, and get pages. */
function isRobot(method: string, agent: string | undefined): boolean {
  return method !== 'GET' || !agent || bots.memo(agent);
}

/** Of a parameter that comes more than once, the first. */
function firstOf(query: Record<string, unknown>): Record<string, string | undefined> {
  const first: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(query)) first[name] = String(Array.isArray(value) ? value[0] : value);
  return first;
}

/** What a database could not keep as text is left out: the visitor did not write it. */
function readable(text: string | undefined, longest: number): string | undefined {
  const cut = text?.slice(0, longest).trim();
  return cut?.isWellFormed() && cut !== '' && !/[\p{Cc}\ufffd]/u.test(cut) ? cut : undefined;
}
