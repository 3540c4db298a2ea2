import type { RedemptionKind } from '@tributary/shared/payout';
import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Decimal } from '../../platform/graphql/scalars.ts';
import type { RedemptionStatus } from './redemption.entity.ts';
import { RedemptionKindEnum, RedemptionStatusEnum } from './redemption.enums.ts';

@InputType({ description: 'Points to exchange.' })
export class RedeemPointsInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The affiliate's id." })
  affiliate!: string;

  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => String, { description: 'What for: coupon, product or checkout.' })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Which points: the unit of commissions, or of activity, which buy what the terms say. Left out: that of commissions.',
  })
  unit?: string | null;

  @Field(() => Decimal, { description: 'How many points.' })
  points!: string;

  @Field(() => Decimal, { nullable: true, description: "Of a product: its price, in the program's currency." })
  productPrice?: string | null;

  @Field(() => [String], { nullable: true, description: 'Other discounts that would apply.' })
  discounts?: string[] | null;
}

@InputType({ description: 'What becomes of an exchange.' })
export class DecideRedemptionInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The exchange, by the caller's id." })
  redemption!: string;

  @Field(() => String, { nullable: true, description: 'The order that it was captured with.' })
  order?: string | null;
}

@InputType({ description: 'Held points to take.' })
export class CaptureRedemptionInput extends DecideRedemptionInput {}

@InputType({ description: 'Held points to give back.' })
export class ReleaseRedemptionInput extends DecideRedemptionInput {}

@InputType({ description: 'A product that was sent.' })
export class FulfilRedemptionInput extends DecideRedemptionInput {}

@InputType({ description: 'An exchange to refuse.' })
export class RefuseRedemptionInput extends DecideRedemptionInput {}

@ArgsType()
export class RedemptionArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this program only, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Of this affiliate only, by the caller's id." })
  affiliate?: string | null;

  @Field(() => RedemptionKindEnum, { nullable: true, description: 'For this only.' })
  kind?: RedemptionKind | null;

  @Field(() => RedemptionStatusEnum, { nullable: true, description: 'That are so far only.' })
  status?: RedemptionStatus | null;
}
