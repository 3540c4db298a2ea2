import { Field, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';
import { RedemptionStatusEnum } from './redemption.enums.ts';

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

  @Field(() => Instant, { nullable: true, description: 'When it came to its end: taken, given back, sent or refused. Null: it did not.' })
  decidedAt!: Date | null;

  @Field(() => ProgramType, { description: 'Where.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'Whose points they were.' })
  affiliate!: AffiliateType;
}

export const RedemptionConnection = connectionOf('Redemption', () => RedemptionType);

@Part()
@ObjectType({ description: 'What became of an exchange.' })
export class RedemptionPayload {
  @Field(() => RedemptionType, { nullable: true, description: 'The exchange; null when it was turned away.' })
  redemption!: RedemptionType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
