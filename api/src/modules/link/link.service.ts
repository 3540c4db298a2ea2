import { whyNoLink } from '@tributary/shared/compliance';
import { approximateRate } from '@tributary/shared/decide';
import { FieldReader } from '@tributary/shared/facts';
import { formatPercent } from '@tributary/shared/money';
import { type CompiledTerms, linkHosts, type PromotionText } from '@tributary/shared/terms';
import { promote, variantOf } from '@tributary/shared/tracking';
import type { Context } from '../../context.ts';
import { hashOf, nearestProduct, versionAt } from '../../intake/index.ts';
import { givePersonalLink, insertLink } from '../../links/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import { type Act, type Affiliate, affiliatesById, findAffiliateId, notActive, onEnrollment, type Pair } from '../affiliate/index.ts';
import { whyBlocked } from '../document/index.ts';
import { type Product, productById, productsByPage } from '../product/index.ts';
import { whyClosed } from '../program/index.ts';
import { giveCode, whyNotCode } from './code.ts';
import { LINK_COLUMNS, type Link, type PageRate } from './link.entity.ts';
import type { ChooseLinkCodeInput, CreateLinkInput, CreatePersonalLinkInput, LinkVariantArgs } from './link.input.ts';
import { earningsFacts } from './link.loader.ts';

const LONGEST_MARK = 200;
const LONGEST_CHANNEL = 100;
const UNKNOWN: PageRate = { kind: null, rate: null };

export interface LinkCheck extends PageRate {
  readonly url: string;
  readonly accepted: boolean;
  readonly rule: string | null;
  readonly reason: string | null;
  readonly product: Product | null;
  readonly similar: Product | null;
  readonly seenAt: Date | null;
  readonly ageSeconds: number | null;
  readonly caveat: string;
}

/** `url` is null where `reason` says why. */
export interface LinkVariantAnswer {
  readonly url: string | null;
  readonly rule: string | null;
  readonly reason: string | null;
}

export interface Promotion {
  readonly programName: string;
  /** The affiliate's referral code. */
  readonly code: string;
  readonly texts: readonly PromotionText[];
}

/** What links, their codes and what is published of them come from. */
export class LinkService {
  /** A link of an active affiliate to a page that the terms take. The caller's id makes a repeat answer the first one's link. */
  create(context: Context, input: CreateLinkInput): Promise<Outcome<Link>> {
    const read = new FieldReader();
    const id = read.id(input.id, ['id']);
    const subId = read.text(input.subId, ['subId'], LONGEST_MARK) ?? null;
    if ((input.url == null) === (input.product == null)) read.refuse(['url'], 'Give url or product.');
    if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
    const make = async (act: Act) => {
      const { tx, enrollment, program } = act;
      const hash = hashOf({
        affiliateId: enrollment.affiliateId,
        ...(input.product == null ? { url: input.url } : { product: input.product }),
        subId,
      });
      const known = await keyOf(tx, program.id, 'link', id);
      if (known !== undefined) {
        if (!known.content_hash.equals(hash))
          return refused(userError('CONFLICT', `The link "${id}" is known with other content.`, ['id']));
        return done((await linkOf(tx, enrollment.affiliateId, program.id, known.fact_id)) as Link);
      }
      const refusal = await whyNoLinks(act);
      if (refusal !== null) return refused(refusal);
      const page = await pageOf(act, input);
      if (typeof page !== 'string') return refused(page);
      const { now, by } = act;
      const { affiliateId } = enrollment;
      const made = { programId: program.id, affiliateId, externalId: id, url: page, subId, hash, personal: false, at: new Date(now), by };
      const link = await insertLink(tx, made);
      return done({ ...link, vanity: null, name: link.code });
    };
    return onEnrollment(context, input, make, 'share');
  }

  /** The link that the terms give to every affiliate; made here where the terms had none when the affiliate became active. */
  createPersonal(context: Context, whose: CreatePersonalLinkInput): Promise<Outcome<Link>> {
    return onEnrollment(context, { program: whose.program, affiliate: whose.affiliate ?? null }, async (act) => {
      const { tx, compiled, enrollment, program } = act;
      const refusal = await whyNoLinks(act);
      if (refusal !== null) return refused(refusal);
      if (compiled.terms.links.personal === undefined)
        return refused(userError('INVALID', 'The terms give no link to every affiliate.', ['program']));
      await givePersonalLink({ ...act, programId: program.id, affiliateId: enrollment.affiliateId });
      return done((await personalOf(tx, enrollment)) as Link);
    });
  }

  /** Another code for a link, that its affiliate chose. It is the link's for good. */
  chooseCode(context: Context, { program, affiliate, link: id, code: text }: ChooseLinkCodeInput): Promise<Outcome<Link>> {
    return onEnrollment(context, { program, affiliate: affiliate ?? null }, async (act) => {
      const { tx, compiled, enrollment, now, by } = act;
      const known = await keyOf(tx, act.program.id, 'link', id);
      const link = known && (await linkOf(tx, enrollment.affiliateId, act.program.id, known.fact_id));
      if (link === undefined) return refused(userError('NOT_FOUND', `There is no link "${id}".`, ['link']));
      if (enrollment.status !== 'active') return refused(notActive(compiled.terms, enrollment.status));
      const code = text.trim().toLowerCase();
      const refusal = link.vanity === code ? null : whyNotCode(compiled, code, now);
      if (refusal !== null) return refused(refusal);
      const { id: organization, kind } = await context.services.organizations.find(tx, act.program.organizationId);
      const name = await giveCode(tx, link, { code, sandbox: kind === 'sandbox' ? organization : null, now, by });
      return typeof name === 'string' ? done({ ...link, vanity: code, name }) : refused(name);
    });
  }

  /** The address to publish for a page, a mark, a channel. */
  async variant(context: Context, link: Link, { to, subId, channel, use }: LinkVariantArgs): Promise<LinkVariantAnswer> {
    const read = new FieldReader();
    read.text(subId, ['subId'], LONGEST_MARK);
    read.text(channel, ['channel'], LONGEST_CHANNEL);
    if (read.refusal !== null) return { url: null, rule: null, reason: read.refusal.message };
    const compiled = await compiledOf(context, link.programId);
    const reason = to == null ? null : refusalOf(compiled, to, await context.now());
    if (reason !== null) return { url: null, rule: compiled.terms.links.id, reason };
    return { url: variantOf(this.trackingUrl(context, link), { to, subId, channel, use }), rule: null, reason: null };
  }

  trackingUrl({ services }: Context, { name }: Pick<Link, 'name'>): string {
    return `${services.signIn.publicUrl()}/r/${name}`;
  }

  /** What there is to promote with, filled in for one link. No texts: the terms have none. */
  async promotionOf(context: Context, link: Link): Promise<Promotion> {
    const { program, links } = (await compiledOf(context, link.programId)).terms;
    const { externalId: code } = (await context.load(affiliatesById).load(link.affiliateId)) as Affiliate;
    const values = { link: this.trackingUrl(context, link), code };
    const texts = (links.promotion?.texts ?? []).map(({ language, headline, text, poster }) => ({
      language,
      headline: promote(headline, values),
      text: promote(text, values),
      poster: promote(poster, values),
    }));
    return { programName: program.name, code, texts };
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
    if (compiled.terms.links.checker === undefined) return UNKNOWN;
    const product = await context.load(productsByPage).load({ programId: pair.programId, url });
    return product === null ? UNKNOWN : this.rateOfProduct(context, compiled, product, pair.affiliateId);
  }

  async check(context: Context, programKey: string, url: string): Promise<LinkCheck | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const now = await context.now();
    const compiled = await compiledOf(context, program.id);
    const { links } = compiled.terms;
    const reason = refusalOf(compiled, url, now);
    const isChecked = links.checker !== undefined && reason === null;
    const product = isChecked ? await context.load(productsByPage).load({ programId: program.id, url }) : null;
    const found = product === null ? UNKNOWN : await this.rateOfProduct(context, compiled, product, context.viewer.affiliateId);
    return {
      url,
      accepted: reason === null,
      rule: reason === null ? null : links.id,
      reason,
      product,
      similar: product === null ? null : await this.similarTo(context, compiled, product, now),
      ...found,
      seenAt: product?.seenAt ?? null,
      ageSeconds: product === null ? null : Math.max(0, Math.floor((now - product.seenAt.getTime()) / 1000)),
      caveat: caveatOf(compiled, product !== null),
    };
  }

  /** What a visitor would be shown in place of a product that cannot be had. */
  private async similarTo({ em }: Context, compiled: CompiledTerms, product: Product, now: number): Promise<Product | null> {
    const { available, participates } = product.content;
    if (compiled.terms.links.similarProduct === undefined || (available && participates)) return null;
    const similar = await nearestProduct(em, product.programId, product.content, compiled, now);
    return similar === undefined ? null : productById(em, product.programId, similar.id);
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
  return whyNoLink(url, linkHosts(compiled, at));
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

/** Why an affiliate gets no link now; null: it gets one. */
async function whyNoLinks(act: Act): Promise<UserError | null> {
  const { tx, compiled, enrollment, program, now } = act;
  if (enrollment.status !== 'active') return notActive(compiled.terms, enrollment.status);
  return (await whyClosed(tx, program.id, now)) ?? (await whyBlocked(act, 'links'));
}

/** The page that was asked for, itself or as a product's; or why no link may lead there. */
async function pageOf({ tx, compiled, program, now }: Act, { url, product }: CreateLinkInput): Promise<string | UserError> {
  const { links } = compiled.terms;
  const path = [product == null ? 'url' : 'product'];
  if (product != null && links.search === undefined)
    return userError('INVALID', 'The terms of this program make no links by products: give the URL.', path);
  const page = product == null ? url : (await productById(tx, program.id, product))?.content.url;
  if (page == null) return userError('NOT_FOUND', `The product feed knows no page of "${product}".`, path);
  const reason = refusalOf(compiled, page, now);
  return reason === null ? page : ruleError(links.id, reason, path);
}

function personalOf(em: EntityManager, { affiliateId, programId }: Pair): Promise<Link | undefined> {
  const text = `select ${LINK_COLUMNS} from link l where l.affiliate_id = $1 and l.program_id = $2 and l.personal`;
  return row<Link>(em, text, [affiliateId, programId]);
}

function linkOf(em: Transaction, affiliateId: string, programId: string, id: string): Promise<Link | undefined> {
  const text = `select ${LINK_COLUMNS} from link l where l.affiliate_id = $1 and l.program_id = $2 and l.id = $3`;
  return row<Link>(em, text, [affiliateId, programId, id]);
}
