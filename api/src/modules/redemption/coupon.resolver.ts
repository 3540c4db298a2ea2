import { couponStatusAt } from '@tributary/shared/payout';
import { currencyExponent } from '@tributary/shared/terms';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Money, moneyOf } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { Coupon } from './coupon.entity.ts';
import { HoldCouponInput, ReleaseCouponInput, UseCouponInput } from './coupon.input.ts';
import { couponsByRedemption, factsOf } from './coupon.service.ts';
import { CouponPayload, CouponStatusEnum, CouponType } from './coupon.type.ts';
import type { Redemption } from './redemption.entity.ts';
import { RedemptionType } from './redemption.type.ts';

type CouponAnswer = Promise<Payload<'coupon', Coupon>>;

@Resolver(() => CouponType)
export class CouponResolver {
  @Access('redemption.make', 'redemption.decide')
  @Query(() => CouponType, { nullable: true, description: 'A coupon by its code; null: there is none.' })
  coupon(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('code', () => String, { description: 'The code, as the shopper typed it.' }) code: string,
  ): Promise<Coupon | null> {
    return context.services.coupons.find(context, program, code);
  }

  @Access('redemption.make')
  @Mutation(() => CouponPayload, { description: 'Holds a coupon against a cart; the hold lapses by itself.' })
  async holdCoupon(@Ctx() context: Context, @Input(() => HoldCouponInput) input: HoldCouponInput): CouponAnswer {
    return payload('coupon', await context.services.coupons.hold(context, input));
  }

  @Access('redemption.make')
  @Mutation(() => CouponPayload, { description: 'Gives a coupon free again that a cart holds.' })
  async releaseCoupon(@Ctx() context: Context, @Input(() => ReleaseCouponInput) input: ReleaseCouponInput): CouponAnswer {
    return payload('coupon', await context.services.coupons.release(context, input));
  }

  @Access('redemption.make')
  @Mutation(() => CouponPayload, { description: 'Uses a coupon with an order, once and for good.' })
  async useCoupon(@Ctx() context: Context, @Input(() => UseCouponInput) input: UseCouponInput): CouponAnswer {
    return payload('coupon', await context.services.coupons.use(context, input));
  }

  @FieldResolver(() => CouponStatusEnum)
  async status(@Root() coupon: Coupon, @Ctx() context: Context): Promise<string> {
    return couponStatusAt(factsOf(coupon), await context.now());
  }

  @FieldResolver(() => String, { nullable: true })
  code(@Root() coupon: Coupon, @Ctx() context: Context): string | null {
    return context.services.coupons.codeOf(coupon);
  }

  @FieldResolver(() => Money)
  worth(@Root() { worth, currency }: Coupon): Money {
    return moneyOf(worth, currency, currencyExponent(currency));
  }

  @FieldResolver(() => Instant, { nullable: true })
  async heldUntil(@Root() coupon: Coupon, @Ctx() context: Context): Promise<Date | null> {
    return couponStatusAt(factsOf(coupon), await context.now()) === 'held' ? coupon.heldUntil : null;
  }
}

/** The coupon that an exchange bought. */
@Resolver(() => RedemptionType)
export class RedemptionCouponResolver {
  @FieldResolver(() => CouponType, { nullable: true, description: 'The coupon that it bought; null: it is no exchange for one.' })
  coupon(@Root() redemption: Redemption, @Ctx() context: Context): Promise<Coupon | null> {
    return context.load(couponsByRedemption).load(redemption);
  }
}
