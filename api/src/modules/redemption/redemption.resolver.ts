import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Amount, amountOf } from '../../platform/graphql/money.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { Redemption } from './redemption.entity.ts';
import {
  CaptureRedemptionInput,
  FulfilRedemptionInput,
  RedeemPointsInput,
  RedemptionArgs,
  RefuseRedemptionInput,
  ReleaseRedemptionInput,
} from './redemption.input.ts';
import { RedemptionConnection, RedemptionPayload, RedemptionType } from './redemption.type.ts';

type RedemptionAnswer = Promise<Payload<'redemption', Redemption>>;

@Resolver(() => RedemptionType)
export class RedemptionResolver {
  @Access('redemption.make', 'redemption.decide')
  @Query(() => RedemptionType, { nullable: true, description: 'An exchange of points; null: there is none of that id.' })
  redemption(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: 'The caller’s id.' }) id: string,
  ): Promise<Redemption | null> {
    return context.services.redemptions.find(context, program, id);
  }

  @Access('redemption.decide')
  @Query(() => RedemptionConnection, { description: 'Exchanges of points, the last first.' })
  redemptions(@Ctx() context: Context, @Args(() => RedemptionArgs) args: RedemptionArgs): Promise<Connection<Redemption>> {
    return context.services.redemptions.list(context, args, readPage(args, ['id']));
  }

  @Access('redemption.make')
  @Mutation(() => RedemptionPayload, {
    description: 'Exchanges points: for a coupon or a product they leave at once, at checkout they are held.',
  })
  async redeemPoints(@Ctx() context: Context, @Input(() => RedeemPointsInput) input: RedeemPointsInput): RedemptionAnswer {
    return payload('redemption', await context.services.redemptions.redeem(context, input));
  }

  @Access('redemption.make')
  @Mutation(() => RedemptionPayload, { description: 'Takes held points with the order.' })
  async captureRedemption(@Ctx() context: Context, @Input(() => CaptureRedemptionInput) input: CaptureRedemptionInput): RedemptionAnswer {
    return payload('redemption', await context.services.redemptions.capture(context, input));
  }

  @Access('redemption.make')
  @Mutation(() => RedemptionPayload, { description: 'Gives held points back.' })
  async releaseRedemption(@Ctx() context: Context, @Input(() => ReleaseRedemptionInput) input: ReleaseRedemptionInput): RedemptionAnswer {
    return payload('redemption', await context.services.redemptions.release(context, input));
  }

  @Access('redemption.decide')
  @Mutation(() => RedemptionPayload, { description: 'Says that a product for points was sent.' })
  async fulfilRedemption(@Ctx() context: Context, @Input(() => FulfilRedemptionInput) input: FulfilRedemptionInput): RedemptionAnswer {
    return payload('redemption', await context.services.redemptions.fulfil(context, input));
  }

  @Access('redemption.decide')
  @Mutation(() => RedemptionPayload, { description: 'Refuses an exchange; the points come back.' })
  async refuseRedemption(@Ctx() context: Context, @Input(() => RefuseRedemptionInput) input: RefuseRedemptionInput): RedemptionAnswer {
    return payload('redemption', await context.services.redemptions.refuse(context, input));
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Redemption, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: Redemption, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }

  @FieldResolver(() => Amount)
  async points(@Root() { points, unit, programId }: Redemption, @Ctx() context: Context): Promise<Amount> {
    const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
    const compiled = terms.versions.at(-1)?.compiled;
    const { activity } = compiled?.terms ?? {};
    return amountOf(points, unit, (unit === activity?.unit ? activity.exponent : compiled?.rewardExponent) ?? 0);
  }
}
