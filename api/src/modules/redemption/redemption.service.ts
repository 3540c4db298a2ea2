import { FieldReader } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { type CouponPoints, couponPoints, REDEMPTION_KINDS, type RedemptionKind, refuseRedemption } from '@tributary/shared/payout';
import { type CompiledTerms, spanEnd } from '@tributary/shared/terms';
import { availableAt, giveBack, postEntries, settleAccount, takeOut } from '../../books/index.ts';
import type { Context } from '../../context.ts';
import { hashOf } from '../../intake/index.ts';
import { tellRedemptions } from '../../messages/index.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { whyHeld } from '../../sanctions/index.ts';
import { type Act, onEnrollment, refuseAfterBreach } from '../affiliate/index.ts';
import { narrow, whyNoRequests } from '../program/index.ts';
import { whyContradicted } from '../withdrawal/index.ts';
import { type CouponService, voidCoupon } from './coupon.service.ts';
import { REDEMPTION_COLUMNS, type Redemption } from './redemption.entity.ts';
import type { DecideRedemptionInput, RedeemPointsInput, RedemptionArgs } from './redemption.input.ts';

interface Wish {
  externalId: string;
  kind: RedemptionKind;
  /** What these points are, and with how many decimals. */
  unit: string;
  exponent: number;
  /** What they buy as coupons; null: it is no coupon. */
  coupon: CouponPoints | null;
  points: bigint;
  price: bigint | null;
  discounts: readonly string[];
  hash: Buffer;
}

type End = 'captured' | 'released' | 'fulfilled' | 'refused';

/** From which state an exchange ends how. */
const FROM: Record<End, Redemption['status']> = { captured: 'held', released: 'held', fulfilled: 'redeemed', refused: 'redeemed' };

export class RedemptionService {
  private readonly coupons: CouponService;

  constructor(coupons: CouponService) {
    this.coupons = coupons;
  }

  /** Points leave at once, or are held against a cart. The caller's id makes a repeat answer what the first call did. */
  redeem(context: Context, input: RedeemPointsInput): Promise<Outcome<Redemption>> {
    return onEnrollment(context, input, async (act) => {
      const redeemed = await redeemWithin(act, input, (redemptionId, worth) => this.coupons.issue(act, redemptionId, worth));
      // A product waits for staff to send it: it stands among the requests to them, too.
      if (redeemed.value?.kind === 'product')
        await context.services.requests.began(act, { kind: 'product-exchange', subject: null, refId: redeemed.value.id });
      return redeemed;
    });
  }

  capture(context: Context, input: DecideRedemptionInput): Promise<Outcome<Redemption>> {
    return this.end(context, input, 'captured');
  }

  release(context: Context, input: DecideRedemptionInput): Promise<Outcome<Redemption>> {
    return this.end(context, input, 'released');
  }

  fulfil(context: Context, input: DecideRedemptionInput): Promise<Outcome<Redemption>> {
    return this.end(context, input, 'fulfilled');
  }

  refuse(context: Context, input: DecideRedemptionInput): Promise<Outcome<Redemption>> {
    return this.end(context, input, 'refused');
  }

  /** Null: there is none, or it is not the viewer's. */
  async find(context: Context, programKey: string, externalId: string): Promise<(Redemption & { affiliate: string }) | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const found = await row<Redemption & { affiliate: string }>(
      context.em,
      `select ${REDEMPTION_COLUMNS}, a.external_id as affiliate from fact_key f join redemption r on r.program_id = f.scope_id and r.id = f.fact_id join affiliate a on a.id = r.affiliate_id
       where f.slice = $1 and f.scope_id = $2 and f.kind = 'redemption' and f.external_id = $3 and ($4::uuid is null or r.affiliate_id = $4)`,
      [sliceOf(externalId), program.id, externalId, context.viewer.affiliateId],
    );
    return found ?? null;
  }

  /** The last first. */
  async list(context: Context, { kind, status, ...args }: RedemptionArgs, page: Page): Promise<Connection<Redemption>> {
    const list = new List({ select: REDEMPTION_COLUMNS, from: 'redemption r', sort: [['r.id', 'uuid']], descending: true });
    await narrow(context, list, 'r', args);
    if (kind != null) list.where('r.kind = ?', kind);
    if (status != null) list.where('r.status = ?', status);
    return list.read<Redemption, Redemption>(context.em, page, { cursor: ({ id }) => [id], node: (redemption) => redemption });
  }

  private async end(context: Context, input: DecideRedemptionInput, end: End): Promise<Outcome<Redemption>> {
    const found = await this.find(context, input.program, input.redemption);
    if (found === null)
      return refused(userError('NOT_FOUND', `There is no redemption ${JSON.stringify(input.redemption.slice(0, 80))}.`, ['redemption']));
    return onEnrollment(context, { program: input.program, affiliate: found.affiliate }, async (act) => {
      const ended = await endWithin(act, found.id, end, input.order ?? null);
      const { requests } = context.services;
      if (ended.value && (end === 'fulfilled' || end === 'refused'))
        await requests.ended(act, found.id, end === 'fulfilled' ? 'grant' : 'refuse', null);
      return ended;
    });
  }
}

/** Makes the coupon that an exchange bought: our id of the exchange, and minor units of the currency. */
type Issue = (redemptionId: string, worth: bigint) => Promise<void>;

/** `issue`: where the exchange may be one for a coupon. */
export async function redeemWithin(
  act: Act,
  input: Omit<RedeemPointsInput, 'program' | 'affiliate'>,
  issue?: Issue,
): Promise<Outcome<Redemption>> {
  const wish = readWish(input, act);
  if ('code' in wish) return refused(userError('INVALID', wish.message, wish.path));
  const known = await row<{ fact_id: string; content_hash: Buffer }>(
    act.tx,
    `select fact_id, content_hash from fact_key where slice = $1 and scope_id = $2 and kind = 'redemption' and external_id = $3`,
    [sliceOf(wish.externalId), act.program.id, wish.externalId],
  );
  if (known === undefined) return redeemNew(act, wish, issue);
  if (!known.content_hash.equals(wish.hash))
    return refused(userError('CONFLICT', `The redemption "${wish.externalId}" is known with other content.`, ['id']));
  return done((await byId(act, known.fact_id)) as Redemption);
}

/** `id`: ours, of an exchange of this affiliate. */
export async function endWithin(act: Act, id: string, end: End, order: string | null = null): Promise<Outcome<Redemption>> {
  const redemption = (await byId(act, id)) as Redemption;
  if (redemption.status === end) return end === 'captured' && redemption.order !== order ? capturedElsewhere(redemption) : done(redemption);
  const lapsed = redemption.lapsesAt !== null && act.now >= redemption.lapsesAt.getTime();
  const rule = act.compiled.terms.redemption?.checkout?.id;
  if (end === 'captured' && rule !== undefined && (lapsed || redemption.status === 'released'))
    return refused(ruleError(rule, 'The hold has ended.', ['redemption']));
  if (redemption.status !== FROM[end])
    return refused(userError('INVALID', `An exchange that is ${redemption.status} cannot become ${end}.`, ['redemption']));
  if (end === 'fulfilled' && redemption.kind !== 'product') return refused(userError('INVALID', 'Only products are sent.', ['redemption']));
  const held = end === 'captured' || end === 'fulfilled' ? await whyHeld(act.tx, redemption.affiliateId) : null;
  if (held !== null) return refused(held);
  const tooLate = end === 'refused' ? await voidCoupon(act, redemption.id) : null;
  if (tooLate !== null) return refused(tooLate);
  await endIt(act, redemption, end, order);
  return done((await byId(act, redemption.id)) as Redemption);
}

/** One exchange pays one order. */
function capturedElsewhere({ externalId }: Redemption): Outcome<never> {
  return refused(userError('CONFLICT', `The redemption "${externalId}" was captured with another order.`, ['order']));
}

/** Holds of an affiliate are undone when a breach is proven (reading 19). */
export async function undoHolds(act: Act): Promise<void> {
  const held = await rows<Redemption>(
    act.tx,
    `select ${REDEMPTION_COLUMNS} from redemption r where r.affiliate_id = $1 and r.program_id = $2 and r.status = 'held' order by r.id`,
    [act.enrollment.affiliateId, act.enrollment.programId],
  );
  for (const redemption of held) await endIt(act, redemption, 'released', null);
}

function readWish(
  input: Omit<RedeemPointsInput, 'program' | 'affiliate'>,
  { compiled, enrollment }: Act,
): Wish | { code: string; message: string; path: string[] } {
  const read = new FieldReader();
  const externalId = read.id(input.id, ['id']);
  const kind = (read.oneOf(input.kind, REDEMPTION_KINDS, ['kind']) ?? 'coupon') as RedemptionKind;
  if (compiled.terms.redemption?.[kind] === undefined) read.refuse(['kind'], 'The program does not exchange that.');
  const { reward, activity } = compiled.terms;
  const unit =
    read.oneOf(input.unit ?? reward.unit, activity === undefined ? [reward.unit] : [reward.unit, activity.unit], ['unit']) ?? reward.unit;
  const exponent = unit === reward.unit || activity === undefined ? reward.exponent : activity.exponent;
  const coupon = kind === 'coupon' ? couponPoints(compiled, unit) : null;
  const points = parseDecimal(input.points, exponent);
  if (points === null || points <= 0n) read.refuse(['points'], 'That is no number of points above zero.');
  const price = input.productPrice == null ? null : parseDecimal(input.productPrice, compiled.currencyExponent);
  if (input.productPrice != null && (price === null || price < 0n)) read.refuse(['productPrice'], 'That is no price.');
  if (read.refusal !== null) return read.refusal;
  const discounts = [...new Set(input.discounts ?? [])].sort();
  const hash = hashOf({
    affiliateId: enrollment.affiliateId,
    kind,
    points: String(points),
    price: price === null ? null : String(price),
    discounts,
    ...(unit === reward.unit ? {} : { unit }),
  });
  return { externalId, kind, unit, exponent, coupon, points: points as bigint, price, discounts, hash };
}

async function redeemNew(act: Act, wish: Wish, issue: Issue | undefined): Promise<Outcome<Redemption>> {
  const { tx, compiled, enrollment, program, now, by } = act;
  const { affiliateId } = enrollment;
  const { kind, unit, points, coupon } = wish;
  const rules = compiled.terms.redemption;
  if (rules === undefined) return refused(userError('INVALID', 'The program exchanges no points.', ['program']));
  const tooLate = refuseAfterBreach(act.history) ?? (await whyNoRequests(tx, program.id, now));
  if (tooLate !== null) return refused(tooLate);
  const held = await whyHeld(tx, affiliateId);
  if (held !== null) return refused(held);
  // What was given back and is said to be paid does not leave as points either.
  if ((await whyContradicted(tx, { affiliateId, programId: program.id })) !== null)
    return refused(userError('INVALID', 'An earlier payment has to be settled first.', ['affiliate']));
  // Points for activity buy what the terms let them buy, and never mix with commissions (BG-17).
  if (unit !== compiled.terms.reward.unit && coupon === null) {
    const { id, name } = compiled.terms.activity as { id: string; name: string };
    return refused(ruleError(id, `${name} do not buy that.`, ['unit']));
  }
  await settleAccount(tx, program.id, affiliateId, now);
  const available = await availableAt(tx, program.id, affiliateId, unit, now);
  const worth = coupon?.worth(points) ?? 0n;
  const refusal = refuseRedemption(rules, {
    kind,
    points,
    discounts: wish.discounts,
    available: available.amount,
    exponent: wish.exponent,
    ...priceOf(compiled, wish.price),
    ...(coupon === null ? {} : { coupon: { rule: coupon.rule, minimumAvailable: coupon.minimumAvailable, worth } }),
  });
  if (refusal !== null) return refused(ruleError(refusal.rule, refusal.message, ['points']));
  const id = newId();
  const isHold = kind === 'checkout';
  const lapsesAt = isHold && rules.checkout !== undefined ? new Date(spanEnd(rules.checkout.hold, compiled.calendar)(now)) : null;
  await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'redemption', $3, $4, $5)`,
    [sliceOf(wish.externalId), program.id, wish.externalId, id, wish.hash],
  );
  await rows(
    tx,
    `insert into redemption (affiliate_id, id, program_id, external_id, kind, status, unit, points, lapses_at, redeemed_at, redeemed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [affiliateId, id, program.id, wish.externalId, kind, isHold ? 'held' : 'redeemed', unit, points, lapsesAt, new Date(now), by],
  );
  const out = { affiliateId, unit, kind: isHold ? 'redemption-held' : 'redeemed', causeId: id, sequence: 0, at: now };
  await takeOut(tx, program.id, out, available.lots, points, isHold ? 'reserved' : 'redeemed');
  if (coupon !== null) await (issue as Issue)(id, worth);
  const redemption = (await byId(act, id)) as Redemption;
  await tell(act, redemption, redemption.status, null);
  return done(redemption);
}

function priceOf(compiled: CompiledTerms, price: bigint | null) {
  if (price === null) return {};
  const { numerator, denominator } = compiled.conversion;
  return { price: { currency: price, exponent: compiled.currencyExponent, points: (price * numerator) / denominator } };
}

async function endIt(act: Act, redemption: Redemption, end: End, order: string | null): Promise<void> {
  const { tx, program, now, by } = act;
  const { affiliateId, id, unit, points } = redemption;
  await rows(
    tx,
    'update redemption set status = $3, decided_at = $4, decided_by = $5, order_ref = $6 where affiliate_id = $1 and id = $2',
    [affiliateId, id, end, new Date(now), by, order],
  );
  const out = { affiliateId, unit, causeId: id, sequence: 1, at: now };
  if (end === 'captured')
    await postEntries(tx, program.id, [
      { ...out, kind: 'redemption-captured', postings: [{ debit: 'reserved', credit: 'redeemed', amount: points }], newLot: null },
    ]);
  else if (end === 'released') await giveBack(tx, program.id, [{ ...out, kind: 'redemption-released' }], 'reserved');
  else if (end === 'refused') await giveBack(tx, program.id, [{ ...out, kind: 'redemption-refused' }], 'redeemed');
  await tell(act, redemption, end, order);
}

function tell({ tx, program, now }: Act, redemption: Redemption, state: Redemption['status'], order: string | null): Promise<void> {
  const { affiliateId, externalId: id, unit, points: amount, kind } = redemption;
  return tellRedemptions(tx, program.id, now, [{ affiliateId, id, state, unit, amount, more: { kind, order } }]);
}

async function byId({ tx, enrollment }: Act, id: string): Promise<Redemption | undefined> {
  return row<Redemption>(tx, `select ${REDEMPTION_COLUMNS} from redemption r where r.affiliate_id = $1 and r.id = $2`, [
    enrollment.affiliateId,
    id,
  ]);
}
