import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Money } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

export const CouponStatusEnum = { VALID: 'valid', HELD: 'held', USED: 'used', EXPIRED: 'expired', VOID: 'void' } as const;
registerEnumType(CouponStatusEnum, {
  name: 'CouponStatus',
  description: 'Whether a coupon can be used.',
  valuesConfig: {
    VALID: { description: 'It can.' },
    HELD: { description: 'By the cart that holds it, until the hold lapses.' },
    USED: { description: 'It was.' },
    EXPIRED: { description: 'Its time is over.' },
    VOID: { description: 'The exchange was refused, and the points went back.' },
  },
});

@Access('redemption.make', 'redemption.decide')
@ObjectType('Coupon', { description: 'A coupon that points bought. It is used once.' })
export class CouponType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => CouponStatusEnum, { description: 'Whether it can be used now.' })
  status!: string;

  @Access('redemption.make')
  @Field(() => String, { nullable: true, description: 'What the shopper types; null: the key that it was made with is gone.' })
  code!: string | null;

  @Field(() => Money, { description: 'What it takes off a price.' })
  worth!: Money;

  @Field(() => Instant, { description: 'When it was bought.' })
  issuedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'From when on it can be used no more; null: always.' })
  expiresAt!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the hold lapses; null: nothing holds it.' })
  heldUntil!: Date | null;

  @Field(() => String, { nullable: true, description: 'The order that used it.' })
  usedFor!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was used.' })
  usedAt!: Date | null;
}

@Part()
@ObjectType({ description: 'What became of a coupon.' })
export class CouponPayload {
  @Field(() => CouponType, { nullable: true, description: 'The coupon; null when the act was turned away.' })
  coupon!: CouponType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
