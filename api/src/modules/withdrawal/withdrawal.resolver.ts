import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Amount, amountOf } from '../../platform/graphql/money.ts';
import { type Approvable, approvable, type Payload, payload, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import { methodOf, missingOf } from './method.service.ts';
import { heldWords } from './withdrawal.change.ts';
import type { MissingDetail, PayoutMethod, Withdrawal, WithdrawalEvent } from './withdrawal.entity.ts';
import * as inputs from './withdrawal.input.ts';
import { payoutBatchOf } from './withdrawal.loader.ts';
import { type DecidedWithdrawal, eventsForAffiliate, eventsOf } from './withdrawal.service.ts';
import {
  ApproveWithdrawalPayload,
  MissingDetailType,
  PayoutMethodType,
  SetPayoutMethodPayload,
  WithdrawalConnection,
  WithdrawalEventType,
  WithdrawalPayload,
  WithdrawalsPayload,
  WithdrawalType,
} from './withdrawal.type.ts';

const MOST_AT_ONCE = 500;

type WithdrawalAnswer = Promise<Payload<'withdrawal', Withdrawal>>;
type WithdrawalsAnswer = Promise<{ results: DecidedWithdrawal[]; userErrors: UserError[] }>;

@Resolver(() => WithdrawalType)
export class WithdrawalResolver {
  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => WithdrawalPayload, { description: 'Asks for what is available to be paid.' })
  async requestWithdrawal(
    @Ctx() context: Context,
    @Input(() => inputs.RequestWithdrawalInput) input: inputs.RequestWithdrawalInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.request(context, input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => ApproveWithdrawalPayload, { description: 'Approves a withdrawal, after its cut-off where there is one.' })
  async approveWithdrawal(
    @Ctx() context: Context,
    @Input(() => inputs.ApproveWithdrawalInput) input: inputs.ApproveWithdrawalInput,
  ): Promise<Approvable<'withdrawal', Withdrawal>> {
    return approvable('withdrawal', await context.services.approvals.through<Withdrawal>(context, 'approveWithdrawal', input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Turns a withdrawal away; the amount is available again.' })
  async rejectWithdrawal(
    @Ctx() context: Context,
    @Input(() => inputs.RejectWithdrawalInput) input: inputs.RejectWithdrawalInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.decide(context, input, 'rejected'));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Says that an approved withdrawal was paid.' })
  async markWithdrawalPaid(
    @Ctx() context: Context,
    @Input(() => inputs.MarkWithdrawalPaidInput) input: inputs.MarkWithdrawalPaidInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.decide(context, input, 'paid'));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Says that a payment failed or came back; the amount is available again.' })
  async markWithdrawalFailed(
    @Ctx() context: Context,
    @Input(() => inputs.MarkWithdrawalFailedInput) input: inputs.MarkWithdrawalFailedInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.decide(context, input, 'failed'));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Says that a payment came back after it was made; the amount is available again.' })
  async markWithdrawalReturned(
    @Ctx() context: Context,
    @Input(() => inputs.MarkWithdrawalReturnedInput) input: inputs.MarkWithdrawalReturnedInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.decide(context, input, 'returned'));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Puts a withdrawal on hold: it is not approved, and no batch takes it.' })
  async holdWithdrawal(
    @Ctx() context: Context,
    @Input(() => inputs.HoldWithdrawalInput) input: inputs.HoldWithdrawalInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.hold(context, input, true));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, { description: 'Takes a withdrawal off its hold.' })
  async releaseWithdrawal(
    @Ctx() context: Context,
    @Input(() => inputs.ReleaseWithdrawalInput) input: inputs.ReleaseWithdrawalInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.hold(context, input, false));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalPayload, {
    description: 'Says that what contradicts a payment is seen to. Money that is out twice is taken back by an adjustment before.',
  })
  async settleContradiction(
    @Ctx() context: Context,
    @Input(() => inputs.SettleContradictionInput) input: inputs.SettleContradictionInput,
  ): WithdrawalAnswer {
    return payload('withdrawal', await context.services.withdrawals.settle(context, input));
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalsPayload, { description: 'Approves many withdrawals, each for itself.' })
  approveWithdrawals(
    @Ctx() context: Context,
    @Input(() => inputs.ApproveWithdrawalsInput) input: inputs.ApproveWithdrawalsInput,
  ): WithdrawalsAnswer {
    return decideAll(context, input, 'approved');
  }

  @Access('withdrawal.decide')
  @Mutation(() => WithdrawalsPayload, { description: 'Turns many withdrawals away, each for itself.' })
  rejectWithdrawals(
    @Ctx() context: Context,
    @Input(() => inputs.RejectWithdrawalsInput) input: inputs.RejectWithdrawalsInput,
  ): WithdrawalsAnswer {
    return decideAll(context, input, 'rejected');
  }

  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => SetPayoutMethodPayload, { description: 'Says how an affiliate is paid. Every state of it is kept.' })
  async setPayoutMethod(
    @Ctx() context: Context,
    @Input(() => inputs.SetPayoutMethodInput) input: inputs.SetPayoutMethodInput,
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

  @Access('withdrawal.read', 'own.read')
  @Query(() => WithdrawalConnection, { description: 'Withdrawals, the newest first.' })
  withdrawals(@Ctx() context: Context, @Args(() => inputs.WithdrawalArgs) args: inputs.WithdrawalArgs): Promise<Connection<Withdrawal>> {
    return context.services.withdrawals.list(context, args, readPage(args, ['id']));
  }

  @Access('withdrawal.read', 'own.read')
  @Query(() => [PayoutMethodType], { description: 'How an affiliate was to be paid, the newest first: that one holds.' })
  payoutMethods(@Ctx() context: Context, @Args(() => inputs.PayoutMethodArgs) args: inputs.PayoutMethodArgs): Promise<PayoutMethod[]> {
    return context.services.payoutMethods.history(context, args);
  }

  @FieldResolver(() => [WithdrawalEventType])
  async history(@Root() withdrawal: Withdrawal, @Ctx() context: Context): Promise<WithdrawalEvent[]> {
    const events = await context.load(eventsOf).load(withdrawal);
    return context.viewer.kind === 'affiliate' ? eventsForAffiliate(events) : events;
  }

  @FieldResolver(() => String, { nullable: true })
  payoutBatch(@Root() withdrawal: Withdrawal, @Ctx() context: Context): Promise<string | null> {
    return context.load(payoutBatchOf).load(withdrawal);
  }

  @FieldResolver(() => String, { nullable: true })
  heldMessage(@Root() withdrawal: Withdrawal): string | null {
    return heldWords(withdrawal);
  }

  @FieldResolver(() => [MissingDetailType])
  async missing(@Root() withdrawal: Withdrawal, @Ctx() context: Context): Promise<MissingDetail[]> {
    const waits = ['requested', 'processing', 'approved'].includes(withdrawal.status);
    return waits ? missingOf(await context.load(methodOf).load(withdrawal)) : [];
  }

  @FieldResolver(() => PayoutMethodType, { nullable: true })
  payoutMethod(@Root() withdrawal: Withdrawal, @Ctx() context: Context): Promise<PayoutMethod | null> {
    return context.load(methodOf).load(withdrawal);
  }

  @FieldResolver(() => ProgramType)
  async program(@Root() { programId }: Withdrawal, @Ctx() context: Context): Promise<Program> {
    return (await context.load(programsById).load(programId)) as Program;
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

async function decideAll(context: Context, input: inputs.DecideWithdrawalsInput, decision: 'approved' | 'rejected'): WithdrawalsAnswer {
  const count = input.withdrawals.length;
  if (count === 0 || count > MOST_AT_ONCE) {
    return {
      results: [],
      userErrors: [userError('INVALID', `Name 1 to ${MOST_AT_ONCE} withdrawals; these are ${count}.`, ['withdrawals'])],
    };
  }
  return { results: await context.services.withdrawals.decideAll(context, input, decision), userErrors: [] };
}

@Resolver(() => PayoutMethodType)
export class PayoutMethodResolver {
  @FieldResolver(() => [MissingDetailType])
  missing(@Root() method: PayoutMethod): MissingDetail[] {
    return missingOf(method);
  }
}
