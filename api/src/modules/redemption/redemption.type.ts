import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

export const RedemptionStatusEnum = {
  HELD: 'held',
  CAPTURED: 'captured',
  RELEASED: 'released',
  REDEEMED: 'redeemed',
  FULFILLED: 'fulfilled',
  REFUSED: 'refused',
} as const;
registerEnumType(RedemptionStatusEnum, {
  name: 'RedemptionStatus',
  description: 'How far an exchange of points is.',
  valuesConfig: {
    HELD: { description: 'Held against a cart.' },
    CAPTURED: { description: 'Taken with the order.' },
    RELEASED: { description: 'Given back, or lapsed.' },
    REDEEMED: { description: 'The points have left.' },
    FULFILLED: { description: 'The product was sent.' },
    REFUSED: { description: 'Staff refused it; the points came back.' },
  },
});

@Access('redemption.make', 'redemption.decide')
@ObjectType('Redemption', { description: 'Points exchanged for something else than money.' })
export class RedemptionType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => String, { description: 'What for: coupon, product or checkout.' })
  kind!: string;

  @Field(() => RedemptionStatusEnum, { description: 'How far it is.' })
  status!: string;

  @Field(() => Amount, { description: 'The points.' })
  points!: Amount;

  @Field(() => Instant, { nullable: true, description: 'When a hold lapses.' })
  lapsesAt!: Date | null;

  @Field(() => Instant, { description: 'When it was asked for.' })
  redeemedAt!: Date;
}

@Part()
@ObjectType({ description: 'What became of an exchange.' })
export class RedemptionPayload {
  @Field(() => RedemptionType, { nullable: true, description: 'The exchange; null when it was turned away.' })
  redemption!: RedemptionType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
