import { pageKey, whyNoLink } from '@tributary/shared/compliance';
import { approximateRate } from '@tributary/shared/decide';
import { FieldReader } from '@tributary/shared/facts';
import { formatPercent } from '@tributary/shared/money';
import { type CompiledTerms, listOf } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { hashOf, versionAt } from '../../intake/index.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { type Act, findAffiliateId, notActive, onEnrollment, type Pair } from '../affiliate/index.ts';
import { whyBlocked } from '../document/index.ts';
import { type Product, productsByPage } from '../product/index.ts';
import { whyClosed } from '../program/index.ts';
import { chooseCode, claimCode, newCode } from './code.ts';
import { LINK_COLUMNS, type Link, type PageRate } from './link.entity.ts';
import type { ChooseLinkCodeInput, CreateLinkInput } from './link.input.ts';
import { earningsFacts } from './link.loader.ts';

/** Told like a serialization failure, so that the transaction runs again on what is there now. */
class NameTaken extends Error {
  readonly code = '40001';
}

const UNKNOWN: PageRate = { kind: null, rate: null };

export interface LinkCheck extends PageRate {
  readonly url: string;
  readonly accepted: boolean;
  readonly rule: string | null;
  readonly reason: string | null;
  readonly product: Product | null;
  readonly seenAt: Date | null;
  readonly ageSeconds: number | null;
  readonly caveat: string;
}

export class LinkService {
  /** A link of an active affiliate to a page that the terms take. The caller's id makes a repeat answer the first one's link. */
  create(context: Context, input: CreateLinkInput): Promise<Outcome<Link>> {
    const read = new FieldReader();
    const id = read.id(input.id, ['id']);
    const subId = read.text(input.subId, ['subId'], 200) ?? null;
    if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
    const make = async (act: Act) => {
      const { tx, compiled, enrollment, program, now } = act;
      const hash = hashOf({ affiliateId: enrollment.affiliateId, url: input.url, subId });
      const known = await keyOf(tx, program.id, 'link', id);
      if (known !== undefined) {
        if (!known.content_hash.equals(hash))
          return refused(userError('CONFLICT', `The link "${id}" is known with other content.`, ['id']));
        return done((await linkOf(tx, enrollment.affiliateId, program.id, known.fact_id)) as Link);
      }
      if (enrollment.status !== 'active') return refused(notActive(compiled.terms, enrollment.status));
      const closed = await whyClosed(tx, program.id, now);
      if (closed !== null) return refused(closed);
      const blocked = await whyBlocked(act, 'links');
      if (blocked !== null) return refused(blocked);
      const reason = refusalOf(compiled, input.url, now);
      if (reason !== null) return refused(ruleError(compiled.terms.links.id, reason, ['url']));
      return done(await insertLink(act, { id, url: input.url, subId, hash }));
    };
    return onEnrollment(context, input, make, 'share');
  }

  /** Another code for a link, that its affiliate chose. It is the link's for good. */
  chooseCode(context: Context, { program, affiliate, link: id, code }: ChooseLinkCodeInput): Promise<Outcome<Link>> {
    return onEnrollment(context, { program, affiliate: affiliate ?? null }, async (act) => {
      const { tx, compiled, enrollment, now, by } = act;
      const known = await keyOf(tx, act.program.id, 'link', id);
      const link = known && (await linkOf(tx, enrollment.affiliateId, act.program.id, known.fact_id));
      if (link === undefined) return refused(userError('NOT_FOUND', `There is no link "${id}".`, ['link']));
      if (enrollment.status !== 'active') return refused(notActive(compiled.terms, enrollment.status));
      return chooseCode(tx, link, code, now, by);
    });
  }

  async find(context: Context, programKey: string, externalId: string): Promise<Link | null> {
    const { em, services, viewer } = context;
    const program = await services.programs.find(context, programKey);
    if (program === undefined) return null;
    const [link, owner] = await Promise.all([keyOf(em, program.id, 'link', externalId), keyOf(em, program.id, 'link.owner', externalId)]);
    if (link === undefined || owner === undefined) return null;
    if (viewer.kind === 'affiliate' && viewer.affiliateId !== owner.fact_id) return null;
    return (await linkOf(em, owner.fact_id, program.id, link.fact_id)) ?? null;
  }

  /** An affiliate's links, the newest first. */
  async list(context: Context, whose: { program: string; affiliate?: string | null }, page: Page): Promise<Connection<Link>> {
    const program = await context.services.programs.find(context, whose.program);
    const affiliateId = await findAffiliateId(context, whose.affiliate);
    const list = new List({ select: LINK_COLUMNS, from: 'link l', sort: [['l.id', 'uuid']], descending: true });
    list.where('l.affiliate_id = ? and l.program_id = ?', affiliateId ?? null, program?.id ?? null);
    return list.read<Link, Link>(context.em, page, { cursor: ({ id }) => [id], node: (link) => link });
  }

  /** What the product on a page would earn its affiliate, about; nothing where the terms have no checker. */
  async rateOf(context: Context, { url, ...pair }: Pair & { url: string }): Promise<PageRate> {
    const compiled = await compiledOf(context, pair.programId);
    const page = pageKey(url);
    if (compiled.terms.links.checker === undefined || page === null) return UNKNOWN;
    const product = await context.load(productsByPage).load({ programId: pair.programId, page });
    return product === null ? UNKNOWN : this.rateOfProduct(context, compiled, product, pair.affiliateId);
  }

  async check(context: Context, programKey: string, url: string): Promise<LinkCheck | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const now = await context.now();
    const compiled = await compiledOf(context, program.id);
    const { links } = compiled.terms;
    const reason = refusalOf(compiled, url, now);
    const page = links.checker === undefined || reason !== null ? null : pageKey(url);
    const product = page === null ? null : await context.load(productsByPage).load({ programId: program.id, page });
    const found = product === null ? UNKNOWN : await this.rateOfProduct(context, compiled, product, context.viewer.affiliateId);
    return {
      url,
      accepted: reason === null,
      rule: reason === null ? null : links.id,
      reason,
      product,
      ...found,
      seenAt: product?.seenAt ?? null,
      ageSeconds: product === null ? null : Math.max(0, Math.floor((now - product.seenAt.getTime()) / 1000)),
      caveat: caveatOf(compiled, product !== null),
    };
  }

  private async rateOfProduct(context: Context, compiled: CompiledTerms, product: Product, affiliateId: string | null): Promise<PageRate> {
    const affiliate =
      affiliateId === null
        ? { documents: [], sourceKinds: [] }
        : await context.load(earningsFacts).load({ affiliateId, programId: product.programId });
    const rate = approximateRate(compiled, product.content, affiliate, await context.now());
    return { kind: product.content.kind ?? null, rate: rate === undefined ? null : formatPercent(rate) };
  }
}

function caveatOf({ terms }: CompiledTerms, isKnown: boolean): string {
  if (terms.links.checker === undefined) return 'The program has no link checker.';
  return isKnown
    ? 'The rate is approximate, from the product feed: the real one may differ by the delivery country, the order, and what changed since.'
    : 'The product feed does not know this page.';
}

function refusalOf(compiled: CompiledTerms, url: string, at: number): string | null {
  const { hosts, exceptHosts } = compiled.terms.links;
  return whyNoLink(url, {
    hosts: listOf(compiled, hosts, at),
    exceptHosts: exceptHosts === undefined ? [] : listOf(compiled, exceptHosts, at),
  });
}

async function compiledOf(context: Context, programId: string): Promise<CompiledTerms> {
  const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
  return versionAt(terms, await context.now()).compiled;
}

function keyOf(
  em: Transaction,
  programId: string,
  kind: 'link' | 'link.owner',
  externalId: string,
): Promise<{ fact_id: string; content_hash: Buffer } | undefined> {
  const text = 'select fact_id, content_hash from fact_key where slice = $1 and scope_id = $2 and kind = $3 and external_id = $4';
  return row(em, text, [sliceOf(externalId), programId, kind, externalId]);
}

function linkOf(em: Transaction, affiliateId: string, programId: string, id: string): Promise<Link | undefined> {
  const text = `select ${LINK_COLUMNS} from link l where l.affiliate_id = $1 and l.program_id = $2 and l.id = $3`;
  return row<Link>(em, text, [affiliateId, programId, id]);
}

/** The directory names the link, and whose it is: a link lies with its affiliate and cannot be found without. */
async function insertLink(
  { tx, enrollment, program, now, by }: Act,
  { id, url, subId, hash }: { id: string; url: string; subId: string | null; hash: Buffer },
): Promise<Link> {
  const link = {
    id: newId(),
    affiliateId: enrollment.affiliateId,
    programId: program.id,
    externalId: id,
    url,
    subId,
    createdAt: new Date(now),
    code: newCode(),
    vanity: null,
  };
  const claimed = await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
     values ($1, $2, 'link', $3, $4, $6), ($1, $2, 'link.owner', $3, $5, $6) on conflict do nothing returning 1`,
    [sliceOf(id), program.id, id, link.id, link.affiliateId, hash],
  );
  if (claimed.length < 2 || !(await claimCode(tx, link.code, link, link.createdAt, by))) throw new NameTaken();
  await rows(
    tx,
    'insert into link (affiliate_id, program_id, id, external_id, url, sub_id, created_at, code) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [link.affiliateId, link.programId, link.id, id, url, subId, link.createdAt, link.code],
  );
  return link;
}
