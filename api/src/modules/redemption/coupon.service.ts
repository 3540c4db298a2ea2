import { FieldReader } from '@tributary/shared/facts';
import { couponStatusAt, refuseCoupon } from '@tributary/shared/payout';
import { spanEnd } from '@tributary/shared/terms';
import type { Context, LoaderDefinition } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import type { Keys } from '../../platform/keys.ts';
import { whyHeld } from '../../sanctions/index.ts';
import { type Act, onEnrollment } from '../affiliate/index.ts';
import { noteChange } from '../audit/index.ts';
import { codeOf, hashCode } from './code.ts';
import { COUPON_COLUMNS, type Coupon } from './coupon.entity.ts';
import type { CouponInput } from './coupon.input.ts';

const NO_COUPON = userError('NOT_FOUND', 'There is no such coupon.', ['code']);
const WORDS = { used: 'was used', held: 'is held by another cart', expired: 'has expired', void: 'is void' } as const;

/** What checkouts do with coupons: they look at them, hold them against a cart, and use them, once. */
export class CouponService {
  private readonly keys: Keys;

  constructor(keys: Keys) {
    this.keys = keys;
  }

  /** Null: there is none of that code in the program. */
  async find(context: Context, programKey: string, code: string): Promise<(Coupon & { affiliate: string }) | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const name = hashCode(code).toString('hex');
    const found = await row<Coupon & { affiliate: string }>(
      context.em,
      `select ${COUPON_COLUMNS}, a.external_id as affiliate from fact_key o join fact_key f on f.slice = o.slice and f.scope_id = o.scope_id and f.kind = 'coupon' and f.external_id = o.external_id
       join coupon c on c.affiliate_id = o.fact_id and c.id = f.fact_id join affiliate a on a.id = c.affiliate_id
       where o.slice = $1 and o.scope_id = $2 and o.kind = 'coupon.owner' and o.external_id = $3`,
      [sliceOf(name), program.id, name],
    );
    return found ?? null;
  }

  /** Kept for the cart, for as long as the terms hold points at checkout. Another cart cannot use it meanwhile. */
  hold(context: Context, input: CouponInput): Promise<Outcome<Coupon>> {
    return this.act(context, input, async (act, coupon) => {
      const refusal = refuseCoupon(factsOf(coupon), input.cart, 'hold', act.now);
      if (refusal === 'same') return done(coupon);
      if (refusal !== null) return refused(turnedAway(refusal));
      const held = await whyHeld(act.tx, coupon.affiliateId);
      if (held !== null) return refused(held);
      const span = act.compiled.terms.redemption?.checkout?.hold;
      if (span === undefined)
        return refused(userError('INVALID', 'The program holds nothing at checkout; use the coupon at once.', ['program']));
      const heldUntil = new Date(spanEnd(span, act.compiled.calendar)(act.now));
      return done(await change(act, coupon, { ...coupon, heldFor: input.cart, heldUntil }));
    });
  }

  /** Takes a cart's hold off. What is not held by it, or has lapsed, stays as it is. */
  release(context: Context, input: CouponInput): Promise<Outcome<Coupon>> {
    return this.act(context, input, async (act, coupon) => {
      if (coupon.heldFor !== input.cart || couponStatusAt(factsOf(coupon), act.now) !== 'held') return done(coupon);
      return done(await change(act, coupon, { ...coupon, heldFor: null, heldUntil: null }));
    });
  }

  /** Used with the order of a cart, for good. */
  use(context: Context, input: CouponInput): Promise<Outcome<Coupon>> {
    return this.act(context, input, async (act, coupon) => {
      const refusal = refuseCoupon(factsOf(coupon), input.cart, 'use', act.now);
      if (refusal === 'same') return done(coupon);
      if (refusal !== null) return refused(turnedAway(refusal));
      const held = await whyHeld(act.tx, coupon.affiliateId);
      if (held !== null) return refused(held);
      return done(await change(act, coupon, { ...coupon, heldFor: null, heldUntil: null, usedFor: input.cart, usedAt: new Date(act.now) }));
    });
  }

  /** What a shopper types; null: the key it was made with is gone. */
  codeOf({ id, keyVersion }: Coupon): string | null {
    return codeOf(this.keys, id, keyVersion)?.text ?? null;
  }

  /** In the transaction of the exchange that buys it. */
  async issue({ tx, compiled, enrollment, program, now }: Act, redemptionId: string, worth: bigint): Promise<void> {
    const id = newId();
    const { hash, keyVersion } = codeOf(this.keys, id)!;
    const name = hash.toString('hex');
    const { validFor } = compiled.terms.redemption?.coupon ?? {};
    const expiresAt = validFor === undefined ? null : new Date(spanEnd(validFor, compiled.calendar)(now) + 1);
    await rows(
      tx,
      `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'coupon', $3, $4, $6), ($1, $2, 'coupon.owner', $3, $5, $6)`,
      [sliceOf(name), program.id, name, id, enrollment.affiliateId, hash],
    );
    await rows(
      tx,
      `insert into coupon (affiliate_id, id, program_id, redemption_id, code_hash, key_version, worth, currency, issued_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        enrollment.affiliateId,
        id,
        program.id,
        redemptionId,
        hash,
        keyVersion,
        worth,
        compiled.terms.program.currency,
        new Date(now),
        expiresAt,
      ],
    );
  }

  private async act(
    context: Context,
    input: CouponInput,
    work: (act: Act, coupon: Coupon) => Promise<Outcome<Coupon>>,
  ): Promise<Outcome<Coupon>> {
    const read = new FieldReader();
    read.id(input.cart, ['cart']);
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const found = await this.find(context, input.program, input.code);
    if (found === null) return refused(NO_COUPON);
    return onEnrollment(context, { program: input.program, affiliate: found.affiliate }, async (act) =>
      work(act, (await couponOf(act.tx, found.affiliateId, 'c.id', found.id)) as Coupon),
    );
  }
}

function turnedAway(status: keyof typeof WORDS | 'valid'): UserError {
  const words = status === 'valid' ? 'cannot be used' : WORDS[status];
  return userError(status === 'used' || status === 'held' ? 'CONFLICT' : 'INVALID', `The coupon ${words}.`, ['code']);
}

/** As the pure rules look at it. */
export function factsOf({ expiresAt, heldFor, heldUntil, usedFor, voidAt }: Coupon) {
  return {
    expiresAt: expiresAt?.getTime() ?? null,
    heldFor,
    heldUntil: heldUntil?.getTime() ?? null,
    usedFor,
    voidAt: voidAt?.getTime() ?? null,
  };
}

function couponOf(em: EntityManager, affiliateId: string, column: 'c.id' | 'c.redemption_id', id: string): Promise<Coupon | undefined> {
  return row<Coupon>(em, `select ${COUPON_COLUMNS} from coupon c where c.affiliate_id = $1 and ${column} = $2`, [affiliateId, id]);
}

async function change({ tx, now, by }: Pick<Act, 'tx' | 'now' | 'by'>, before: Coupon, after: Coupon): Promise<Coupon> {
  const status = (coupon: Coupon) => ({ coupon: couponStatusAt(factsOf(coupon), now) });
  noteChange(tx, { before: status(before), after: status(after) });
  await rows(
    tx,
    'update coupon set held_for = $3, held_until = $4, used_for = $5, used_at = $6, used_by = $7, void_at = $8 where affiliate_id = $1 and id = $2',
    [
      after.affiliateId,
      after.id,
      after.heldFor,
      after.heldUntil,
      after.usedFor,
      after.usedAt,
      after.usedFor === null ? null : by,
      after.voidAt,
    ],
  );
  return after;
}

/** The exchange is refused: its coupon buys nothing any more. Why that is too late; null: it was done, or there is none. */
export async function voidCoupon(act: Act, redemptionId: string): Promise<UserError | null> {
  const coupon = await couponOf(act.tx, act.enrollment.affiliateId, 'c.redemption_id', redemptionId);
  if (coupon === undefined) return null;
  const status = couponStatusAt(factsOf(coupon), act.now);
  if (status === 'used' || status === 'held') return userError('CONFLICT', `Its coupon ${WORDS[status]}.`, ['redemption']);
  await change(act, coupon, { ...coupon, heldFor: null, heldUntil: null, voidAt: new Date(act.now) });
  return null;
}

/** The coupon that an exchange bought. */
export const couponsByRedemption: LoaderDefinition<{ affiliateId: string; id: string }, Coupon | null> = {
  keyOf: (redemption) => (redemption as { id: string }).id,
  async read({ em }, redemptions) {
    const found = await rows<Coupon>(
      em,
      `select ${COUPON_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join coupon c on c.affiliate_id = k.affiliate_id and c.redemption_id = k.id`,
      [redemptions.map(({ affiliateId }) => affiliateId), redemptions.map(({ id }) => id)],
    );
    const byRedemption = new Map(found.map((coupon) => [coupon.redemptionId, coupon]));
    return redemptions.map(({ id }) => byRedemption.get(id) ?? null);
  },
};
