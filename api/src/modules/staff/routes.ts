import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isSameOrigin } from '../../platform/same-origin.ts';
import { errorBody, FOREIGN_PAGE, NOT_AVAILABLE, problemOf, type Refusal, refusalOf, TOO_MANY, WRONG_CODE } from './answers.ts';
import type { Auth } from './auth.ts';
import type { Sessions } from './sessions.ts';
import { isChallenge, type SignInLog } from './sign-in-log.ts';
import { accountKeys, type Body, byAddress, STEPS, type Step, type StepName } from './steps.ts';
import type { Counted, Throttle } from './throttle.ts';
import type { UsedCodes } from './used-codes.ts';

const PREFIX = '/auth';
const PAGE = '/admin/';
/** Where the library sends a sign-in by the company's provider that came to nothing. */
const REFUSED = '/auth/refused';
const LONGEST = 1_000;
/** Whoever has not signed in sends little. */
const SMALL = { bodyLimit: 16_384 };

export interface SignInRoutes {
  readonly auth: () => Promise<Auth>;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly usedCodes: UsedCodes;
  readonly log: SignInLog;
  readonly publicUrl: () => string;
  /** What the button says; null: there is no company sign-in. */
  readonly company: string | null;
}

/** The addresses by which browsers sign in. Each is one step of the library, with the cookies and the texts that it needs and no others. */
export function serveSignIn(server: FastifyInstance, parts: SignInRoutes): void {
  const handle = new Handler(parts);
  server.get(`${PREFIX}/options`, async (_, reply) => reply.header('cache-control', 'no-store').send({ company: parts.company }));
  for (const name of Object.keys(STEPS) as StepName[]) {
    server.post(`${PREFIX}/${name}`, SMALL, (request, reply) => handle.step(name, request, reply));
  }
  server.post(`${PREFIX}/company`, SMALL, (request, reply) => handle.company(request, reply));
  server.get(`${PREFIX}/callback/company`, (request, reply) => handle.callback(request, reply));
}

class Handler {
  private readonly parts: SignInRoutes;

  constructor(parts: SignInRoutes) {
    this.parts = parts;
  }

  async step(name: StepName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const step: Step = STEPS[name];
    const body = readBody(request.body, step);
    if (!body) return malformed(reply, `It takes a JSON object with ${Object.keys(step.takes).join(' and ') || 'nothing in it'}`);
    const refused = await this.admit(request, reply, step.counts?.(body, request.ip) ?? []);
    if (refused) return refused;
    if (name === 'forgotten-password') return this.forgotten(step, body, request, reply);
    const { log, throttle, usedCodes } = this.parts;
    const known = await log.whoTakes(step, body, request);
    const act = name === 'set-password' && known?.accepted === false ? 'acceptInvitation' : step.act;
    const turnAway = async (refusal: Refusal, more = {}) => {
      // Of somebody without a session, who is nobody, there is nothing to tell.
      if (known || step.cookies !== 'session') await log.write({ act, who: known, code: refusal.code }, request);
      return refuse(reply, refusal, more);
    };
    const answer = await this.ask(step, body, request);
    if (!answer.ok) return turnAway(refusalOf(answer.status, answer.code), answer);
    const isCode = name === 'second-factor' || name === 'second-factor/confirm';
    const isFresh = !isCode || (await usedCodes.use(answer.memberId, String(body['code'])));
    if (!isFresh && name === 'second-factor') {
      await usedCodes.undo(answer.token);
      return turnAway(WRONG_CODE);
    }
    if (name === 'sign-in') await throttle.forget(accountKeys(String(body['email']), request.ip));
    const begun = await log.whoseCookie(answer.cookies);
    const who = begun ?? known;
    const isWaiting = answer.data['twoFactorRedirect'] === true;
    if (who) await log.write({ act, who, after: isWaiting ? { waitsFor: 'secondFactor' } : undefined }, request);
    return passCookies(reply, answer).send({ ok: true, ...pick(answer.data, step.gives) });
  }

  /** Begins a sign-in by the company's provider: says where to go. */
  async company(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (this.parts.company === null) return refuse(reply, NOT_AVAILABLE);
    const refused = await this.admit(request, reply, [byAddress('company', request.ip)]);
    if (refused) return refused;
    const step: Step = {
      to: '/sign-in/social',
      act: 'signInByCompany',
      takes: {},
      cookies: 'none',
      always: { provider: 'company', disableRedirect: true, callbackURL: pageOf(request.body), errorCallbackURL: REFUSED },
    };
    const answer = await this.ask(step, {}, request);
    if (!answer.ok) return refuse(reply, refusalOf(answer.status, answer.code), answer);
    return passCookies(reply, answer).send({ ok: true, url: answer.data['url'] });
  }

  /** Comes back from the provider; ends in our own page, whatever came of it. */
  async callback(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { publicUrl } = this.parts;
    const auth = await this.parts.auth();
    const url = new URL(request.url, publicUrl());
    const cookie = this.parts.sessions.cookieHeader(request.headers.cookie, (name) => /tributary\.state$/.test(name));
    const response = await auth.handler(new Request(url, { headers: this.headers(request, cookie) }));
    const lines = response.headers.getSetCookie();
    const target = new URL(response.headers.get('location') ?? REFUSED, publicUrl());
    const isOurs = target.origin === publicUrl() && target.pathname.startsWith(PAGE);
    const problem = isOurs ? undefined : problemOf(target.searchParams.get('error') ?? '');
    await this.logCompany(request, lines, problem);
    for (const line of lines) reply.header('set-cookie', line);
    reply.header('cache-control', 'no-store');
    if (problem === undefined) return reply.redirect(`${target.pathname}${target.search}${target.hash}`, 303);
    return reply.redirect(`${PAGE}#/login?problem=${problem}`, 303);
  }

  private async logCompany(request: FastifyRequest, lines: readonly string[], code: string | undefined): Promise<void> {
    const { log, throttle } = this.parts;
    const who = await log.whoseCookie(lines);
    // Anybody can open this address as often as they like: that it came to nothing is written down so many times only.
    const isTooMuch = code !== undefined && (await throttle.count([byAddress('callback', request.ip)])) !== undefined;
    if (!isTooMuch) await log.write({ act: 'signInByCompany', who, code }, request);
  }

  /** Answers at once, and the same whether there is such a member or not. */
  private forgotten(step: Step, body: Body, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const send = async () => {
      await this.ask(step, body, request);
      const who = await this.parts.log.whoTakes(step, body, request);
      if (who) await this.parts.log.write({ act: step.act, who }, request);
    };
    void send().catch((error: unknown) => request.log.error(error, 'A link for a new password could not be made'));
    return reply.header('cache-control', 'no-store').send({ ok: true });
  }

  /** Undefined: go on. */
  private async admit(request: FastifyRequest, reply: FastifyReply, counted: readonly Counted[]) {
    if (!isSameOrigin({ headers: request.headers, publicUrl: this.parts.publicUrl() })) return refuse(reply, FOREIGN_PAGE);
    const wait = await this.parts.throttle.count(counted);
    return wait === undefined ? undefined : refuse(reply, TOO_MANY, { retryAfter: wait });
  }

  private async ask(step: Step, body: Body, request: FastifyRequest): Promise<Answer> {
    const { sessions, publicUrl } = this.parts;
    const auth = await this.parts.auth();
    const wanted = { none: () => false, session: (name: string) => name === sessions.cookieName, challenge: isChallenge }[step.cookies];
    const cookie = sessions.cookieHeader(request.headers.cookie, wanted);
    const theirs = Object.entries(step.takes).map(([ours, name]) => [name, body[ours]] as const);
    const response = await auth.handler(
      new Request(`${publicUrl()}${PREFIX}${step.to}`, {
        method: 'POST',
        headers: this.headers(request, cookie),
        body: JSON.stringify({ ...Object.fromEntries(theirs), ...step.always }),
      }),
    );
    return readAnswer(response);
  }

  /** We have seen for ourselves that a page of ours asks. */
  private headers(request: FastifyRequest, cookie: string): Headers {
    return new Headers({
      'content-type': 'application/json',
      origin: this.parts.publicUrl(),
      'x-tributary-address': request.ip,
      'user-agent': String(request.headers['user-agent'] ?? '').slice(0, 300),
      ...(cookie ? { cookie } : {}),
    });
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly code: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
  /** Of the session that was made. */
  readonly token: string;
  readonly memberId: string;
  readonly retryAfter?: number;
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const data = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  const { code, token, user } = data as { code?: string; token?: string; user?: { id?: string } };
  return {
    ok: response.ok,
    status: response.status,
    code,
    data,
    cookies: response.headers.getSetCookie(),
    token: token ?? '',
    memberId: user?.id ?? '',
    ...(response.status === 429 ? { retryAfter: 900 } : {}),
  };
}

/** The named texts and nothing else; undefined where one is missing or no text. */
function readBody(given: unknown, { takes }: Step): Body | undefined {
  const names = Object.keys(takes);
  if (names.length === 0) return {};
  if (typeof given !== 'object' || given === null) return undefined;
  const body = given as Body;
  const fits = names.every((name) => typeof body[name] === 'string' && (body[name] as string).length <= LONGEST && body[name] !== '');
  return fits
    ? Object.fromEntries(names.map((name) => [name, name === 'email' ? String(body[name]).trim().toLowerCase() : body[name]]))
    : undefined;
}

/** Where to go afterwards: a page of the back office and nowhere else. */
function pageOf(body: unknown): string {
  const page = (body as { page?: unknown } | null)?.page;
  return typeof page === 'string' && /^#\/[\w\-/?=&%.~:]{0,500}$/.test(page) ? `${PAGE}${page}` : PAGE;
}

function pick(data: Body, gives: Step['gives'] = {}): Body {
  const found = Object.entries(gives).map(([ours, theirs]) => [ours, data[theirs]] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function passCookies(reply: FastifyReply, { cookies }: Answer): FastifyReply {
  for (const line of cookies) reply.header('set-cookie', line);
  return reply.header('cache-control', 'no-store');
}

function malformed(reply: FastifyReply, message: string): FastifyReply {
  return refuse(reply, { status: 400, code: 'MALFORMED', message });
}

function refuse(reply: FastifyReply, refusal: Refusal, { retryAfter }: { readonly retryAfter?: number } = {}): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .send(errorBody(refusal, retryAfter === undefined ? {} : { retryAfter }));
}
