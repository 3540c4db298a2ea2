import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A coupon at a checkout.' })
export class CouponInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The code, as the shopper typed it.' })
  code!: string;

  @Field(() => String, { description: 'The cart or order, by the caller’s id: what holds a coupon uses it, and a repeat is known by it.' })
  cart!: string;
}

@InputType({ description: 'A coupon to hold.' })
export class HoldCouponInput extends CouponInput {}

@InputType({ description: 'A coupon to give free again.' })
export class ReleaseCouponInput extends CouponInput {}

@InputType({ description: 'A coupon to use.' })
export class UseCouponInput extends CouponInput {}
