import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Amount, amountOf } from '../../platform/graphql/money.ts';
import { type Approvable, approvable, type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import type { PayoutMethod, Withdrawal } from './withdrawal.entity.ts';
import {
  ApproveWithdrawalInput,
  MarkWithdrawalFailedInput,
  MarkWithdrawalPaidInput,
  RejectWithdrawalInput,
  RequestWithdrawalInput,
  SetPayoutMethodInput,
} from './withdrawal.input.ts';
import { ApproveWithdrawalPayload, SetPayoutMethodPayload, WithdrawalPayload, WithdrawalType } from './withdrawal.type.ts';

type WithdrawalAnswer = Promise<Payload<'withdrawal', Withdrawal>>;

@Resolver(() => WithdrawalType)
export class WithdrawalResolver {
  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => WithdrawalPayload, { description: 'Asks for what is available to be paid.' })
  async requestWithdrawal(@Ctx() context: Context, @Input(() => RequestWithdrawalInput) input: RequestWithdrawalInput): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.request(context, input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => ApproveWithdrawalPayload, { description: 'Approves a withdrawal, after its cut-off where there is one.' })
  async approveWithdrawal(
    @Ctx() context: Context,
    @Input(() => ApproveWithdrawalInput) input: ApproveWithdrawalInput,
  ): Promise<Approvable<'withdrawal', Withdrawal>> {
    return approvable('withdrawal', await context.services.approvals.through<Withdrawal>(context, 'approveWithdrawal', input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Turns a withdrawal away; the amount is available again.' })
  async rejectWithdrawal(@Ctx() context: Context, @Input(() => RejectWithdrawalInput) input: RejectWithdrawalInput): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.reject(context, input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Says that an approved withdrawal was paid.' })
  async markWithdrawalPaid(
    @Ctx() context: Context,
    @Input(() => MarkWithdrawalPaidInput) input: MarkWithdrawalPaidInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.markPaid(context, input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Says that a payment failed or came back; the amount is available again.' })
  async markWithdrawalFailed(
    @Ctx() context: Context,
    @Input(() => MarkWithdrawalFailedInput) input: MarkWithdrawalFailedInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.markFailed(context, input));
  }

  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => SetPayoutMethodPayload, { description: 'Says how an affiliate is paid. Every state of it is kept.' })
  async setPayoutMethod(
    @Ctx() context: Context,
    @Input(() => SetPayoutMethodInput) input: SetPayoutMethodInput,
  ): Promise<Payload<'payoutMethod', PayoutMethod>> {
    return payload('payoutMethod', await context.services.payoutMethods.set(context, input));
  }

  @Access('withdrawal.read', 'own.read')
  @Query(() => WithdrawalType, { nullable: true, description: 'A withdrawal; null: there is none, or it is not for you to see.' })
  withdrawal(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id." }) id: string,
  ): Promise<Withdrawal | null> {
    return context.services.withdrawals.find(context, program, id);
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: Withdrawal, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }

  @FieldResolver(() => Amount, { nullable: true })
  async amount(@Root() { amount, unit, programId }: Withdrawal, @Ctx() context: Context): Promise<Amount | null> {
    if (amount === null) return null;
    const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
    return amountOf(amount, unit, terms.versions.at(-1)?.compiled.rewardExponent ?? 2);
  }
}
