import { join } from 'node:path';
import { type LinkHosts, whyNoLink } from '@tributary/shared/compliance';
import type { ClickInput } from '@tributary/shared/facts';
import { type CompiledTerms, linkHosts } from '@tributary/shared/terms';
import { destinationWith, isReachable } from '@tributary/shared/tracking';
import { Cron } from 'croner';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type ProgramTerms, versionAt } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import type { Keys } from '../../platform/keys.ts';
import { ClickIds } from './click-id.ts';
import { type CountrySource, countryFinder } from './country.ts';
import { LinkDirectory, type Target } from './directory.ts';
import { Landings } from './landings.ts';
import { type ClickStore, DatabaseSink, inTime, type SeenClick, TOLD_BY } from './sink.ts';
import { Spool, type SpoolStanding } from './spool.ts';
import { readVisit, type Visit } from './visit.ts';
import { Visitors } from './visitor.ts';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';
const AT_ONCE = 500;
const DAY_MS = 86_400_000;
/** Browsers keep no cookie longer. */
const LONGEST_COOKIE_DAYS = 400;
const MOST_CLOCKS = 10_000;
const MOST_SPOOLED_BYTES = 512 * 1024 * 1024;

/** What a request for a link is answered with. */
export type Answer =
  | { readonly kind: 'go'; readonly to: string; readonly cookie?: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly rule: string; readonly reason: string };

interface TermsSource extends ClickStore {
  termsOf(em: EntityManager, programId: string, organizationId: string): Promise<ProgramTerms>;
}

interface Clocks {
  now(through: { readonly em: EntityManager }, organizationId: string): Promise<number>;
}

export interface RedirectOptions {
  readonly intake: TermsSource;
  readonly organizations: Clocks;
  readonly keys: Keys;
  readonly fork: () => EntityManager;
  readonly countries: CountrySource;
  readonly dataDir: string;
  /** Does the visitor's browser reach us by TLS? */
  readonly isSecure: () => boolean;
  readonly onTrouble: (error: Error) => void;
  /** Whenever that has changed. */
  readonly onStanding: (standing: SpoolStanding) => void;
}

/** Sends visitors on, and keeps their clicks before it answers. */
export class Redirects {
  private readonly options: RedirectOptions;
  /** For single statements, which leave nothing in it. */
  private readonly em: EntityManager;
  private readonly directory: LinkDirectory;
  private readonly landings: Landings;
  private readonly visitors: Visitors;
  private readonly clickIds: ClickIds;
  private readonly spool: Spool;
  private readonly sink: DatabaseSink;
  private readonly countryOf: (request: FastifyRequest) => string | undefined;
  /** Terms as they were last known, for the time in which they cannot be asked for. */
  private readonly lastTerms = new Map<string, ProgramTerms>();
  /** Of sandboxes, by organization. */
  private readonly lastClocks = new LRUCache<string, number>({ max: MOST_CLOCKS });
  private delivering: Promise<void> = Promise.resolve();
  private lastTold: SpoolStanding;
  private job: Cron | undefined;

  constructor(options: RedirectOptions) {
    const { fork, keys, dataDir, onTrouble, intake, isSecure } = options;
    this.options = options;
    this.em = fork();
    this.directory = new LinkDirectory(fork);
    this.landings = new Landings(fork);
    this.clickIds = new ClickIds(keys.of('clicks'));
    this.visitors = new Visitors(keys.of('clicks'), isSecure);
    this.countryOf = countryFinder(options.countries);
    this.spool = new Spool({ folder: join(dataDir, 'clicks'), mostBytes: MOST_SPOOLED_BYTES, onTrouble });
    this.lastTold = { waitingBytes: 0, lost: 0 };
    this.sink = new DatabaseSink({ store: intake, otherwise: this.spool, onTrouble });
  }

  async answer(code: string, request: FastifyRequest): Promise<Answer> {
    const found = await this.find(code);
    if (found === undefined) return { kind: 'unknown' };
    const { target, compiled, now } = found;
    const visit = readVisit(request);
    const reason = visit.to === undefined ? null : whyNoLink(visit.to, linkHosts(compiled, now));
    if (reason !== null) return { kind: 'refused', rule: compiled.terms.links.id, reason };
    return this.send(target, compiled, visit, this.countryOf(request), now, request.headers.cookie);
  }

  private async find(code: string): Promise<{ target: Target; compiled: CompiledTerms; now: number } | undefined> {
    const target = isReachable(code) ? await this.directory.find(code) : undefined;
    if (target === undefined) return undefined;
    const now = await this.clockOf(target);
    return { target, compiled: versionAt(await this.termsOf(target), now).compiled, now };
  }

  /** Where a link's deep links may lead; undefined: there is no such link. `now`: by the program's clock. */
  async hostsOf(code: string): Promise<(LinkHosts & Pick<Target, 'affiliateId' | 'programId'> & { now: number }) | undefined> {
    const found = await this.find(code);
    if (found === undefined) return undefined;
    const { affiliateId, programId } = found.target;
    return { ...linkHosts(found.compiled, found.now), affiliateId, programId, now: found.now };
  }

  private async send(
    target: Target,
    compiled: CompiledTerms,
    { to, told, automated, mayHaveCookie }: Visit,
    country: string | undefined,
    now: number,
    cookies: string | undefined,
  ): Promise<Answer> {
    const url = to ?? target.url;
    const isPerson = automated === undefined;
    const known = isPerson && mayHaveCookie ? this.visitors.read(cookies) : null;
    const visitor = known ?? (isPerson && mayHaveCookie ? this.visitors.make() : null);
    const id = this.clickIds.make(target.subject, now);
    const input: ClickInput = {
      id,
      affiliate: target.affiliate,
      link: target.link,
      ...(target.subId === null ? {} : { subId: target.subId }),
      ...told,
      ...(to === undefined ? {} : { url: to }),
      ...(visitor === null ? {} : { visitor: visitor.id }),
      ...(country === undefined ? {} : { country }),
      ...(automated === undefined ? {} : { automated }),
      occurredAt: now,
    };
    const { programId, organizationId, isLive } = target;
    const landing = looksAtPages(compiled) ? await this.landingOf(programId, url) : undefined;
    const click: SeenClick = {
      programId,
      organizationId,
      isLive,
      now,
      isFirst: isPerson && known === null,
      through: { affiliateId: target.affiliateId, url: target.url },
      input: { ...input, ...landing },
    };
    const kept = await this.sink.keep(click);
    // A click that nobody knows cannot be named by an order, and one of a program is not to be.
    const isNamed = isPerson && kept.state !== 'lost';
    const destination = kept.state === 'recorded' ? (kept.destination ?? url) : url;
    return {
      kind: 'go',
      // As a header takes it, whatever letters the address is written in.
      to: isNamed ? destinationWith(destination, id) : new URL(destination).href,
      ...(visitor === null ? {} : { cookie: this.visitors.cookie(visitor.value, cookieDays(compiled, now)) }),
    };
  }

  private async landingOf(programId: string, url: string): Promise<Partial<ClickInput>> {
    try {
      return (await this.landings.of(programId, url)) ?? {};
    } catch {
      // Found out when the click is handed over.
      return {};
    }
  }

  /** Of a sandbox whose clock cannot be asked for: where it was last known to stand. It moves by hand only, and not without the database. */
  private async clockOf({ isLive, organizationId }: Pick<Target, 'isLive' | 'organizationId'>): Promise<number> {
    if (isLive) return Date.now();
    const last = this.lastClocks.get(organizationId);
    try {
      const asked = this.options.organizations.now({ em: this.options.fork() }, organizationId);
      const now = last === undefined ? await asked : await inTime(asked);
      this.lastClocks.set(organizationId, now);
      return now;
    } catch (error) {
      if (last === undefined) throw error;
      return last;
    }
  }

  private async termsOf({ programId, organizationId }: Pick<Target, 'programId' | 'organizationId'>): Promise<ProgramTerms> {
    const last = this.lastTerms.get(programId);
    try {
      const terms = await this.options.intake.termsOf(this.em, programId, organizationId);
      if (terms !== last) this.lastTerms.set(programId, terms);
      return terms;
    } catch (error) {
      if (last === undefined) throw error;
      return last;
    }
  }

  /** Makes facts of the clicks that lie on the disk. */
  deliver(): Promise<void> {
    this.delivering = this.delivering.then(() => this.deliverAll()).catch(this.options.onTrouble);
    return this.delivering;
  }

  private async deliverAll(): Promise<void> {
    this.tellStanding();
    await this.spool.deliver((clicks) => this.take(clicks));
    this.tellStanding();
  }

  private tellStanding(): void {
    const { standing } = this.spool;
    const { waitingBytes, lost } = this.lastTold;
    if (standing.waitingBytes === waitingBytes && standing.lost === lost) return;
    this.lastTold = standing;
    this.options.onStanding(standing);
  }

  private async take(clicks: readonly SeenClick[]): Promise<void> {
    for (const { programId, organizationId, isLive } of new Map(clicks.map((click) => [click.programId, click])).values()) {
      const now = await this.clockOf({ isLive, organizationId });
      const { compiled } = versionAt(await this.termsOf({ programId, organizationId }), now);
      const own = clicks.filter((click) => click.programId === programId);
      for (let start = 0; start < own.length; start += AT_ONCE) {
        const part = await Promise.all(own.slice(start, start + AT_ONCE).map(({ input }) => this.told(programId, compiled, input, now)));
        const results = await this.options.intake.tell({ id: programId, organizationId }, part);
        for (const result of results)
          if (!result.ok) this.options.onTrouble(new Error(`A spooled click was turned away: ${result.refusal.message}`));
      }
    }
  }

  /** An order may have named it meanwhile, and so may a visitor: it is told as any other. */
  private async told(programId: string, compiled: CompiledTerms, input: ClickInput, now: number) {
    const needsLanding = looksAtPages(compiled) && input.page === undefined && input.url != null;
    const landing = needsLanding ? await this.landings.of(programId, input.url as string) : undefined;
    return { fact: { kind: 'click' as const, input: { ...input, ...landing }, isLate: true }, now, by: TOLD_BY };
  }

  start(): void {
    void this.deliver();
    this.job = new Cron(EVERY_FIVE_SECONDS, { protect: true, unref: true }, () => this.deliver());
  }

  async stop(): Promise<void> {
    this.job?.stop();
    await this.delivering;
    await this.spool.close();
  }
}

/** Does it matter to the terms what page a link leads to? */
function looksAtPages({ terms }: CompiledTerms): boolean {
  return terms.attribution.pageRanks !== undefined || terms.links.similarProduct !== undefined;
}

/** As long as a click may count. */
function cookieDays({ windows }: CompiledTerms, now: number): number {
  if (windows.length === 0) return LONGEST_COOKIE_DAYS;
  const days = windows.map(({ end }) => Math.ceil((end(now) - now) / DAY_MS));
  return Math.min(LONGEST_COOKIE_DAYS, Math.max(1, ...days));
}
