import { currencyExponent } from '@tributary/shared/terms';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Amount, amountOf, Money, moneyOf } from '../../platform/graphql/money.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import { type Withdrawal, WithdrawalType } from '../withdrawal/index.ts';
import { filePath } from './paths.ts';
import type { PayoutBatch, PayoutLine, PayoutPart } from './payout.entity.ts';
import * as inputs from './payout.input.ts';
import { partsOfBatch, totalsOf, withdrawalsOfLines } from './payout.loader.ts';
import * as types from './payout.type.ts';

type BatchAnswer = Promise<Payload<'payoutBatch', PayoutBatch>>;

/** Batches: acts on them, and what they hold. */
@Resolver(() => types.PayoutBatchType)
export class PayoutBatchResolver {
  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, {
    description:
      'Fills a payout batch with the approved withdrawals, and says of the others why they are deferred. Opens it where there is none.',
  })
  async collectPayoutBatch(
    @Ctx() context: Context,
    @Input(() => inputs.CollectPayoutBatchInput) input: inputs.CollectPayoutBatchInput,
  ): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutBatches.collect(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, {
    description: 'Freezes a payout batch: nothing of it changes any more, and its hash says what it holds.',
  })
  async freezePayoutBatch(
    @Ctx() context: Context,
    @Input(() => inputs.FreezePayoutBatchInput) input: inputs.FreezePayoutBatchInput,
  ): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutBatches.freeze(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, { description: 'Approves a frozen batch, by somebody else than who froze it.' })
  async approvePayoutBatch(
    @Ctx() context: Context,
    @Input(() => inputs.ApprovePayoutBatchInput) input: inputs.ApprovePayoutBatchInput,
  ): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutBatches.approve(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, { description: 'Gives a batch up that was not sent; its withdrawals stay approved.' })
  async discardPayoutBatch(
    @Ctx() context: Context,
    @Input(() => inputs.DiscardPayoutBatchInput) input: inputs.DiscardPayoutBatchInput,
  ): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutBatches.discard(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, {
    description: 'Sends an approved batch: its lines leave, files can be fetched, providers are called. Once more changes nothing.',
  })
  async sendPayoutBatch(
    @Ctx() context: Context,
    @Input(() => inputs.SendPayoutBatchInput) input: inputs.SendPayoutBatchInput,
  ): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutSending.send(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, {
    description: 'Has providers asked at once, under the same ids, also those that had refused.',
  })
  async askPayoutBatch(@Ctx() context: Context, @Input(() => inputs.AskPayoutBatchInput) input: inputs.AskPayoutBatchInput): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutSending.askAgain(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.PayoutBatchPayload, {
    description:
      'Gives providers that have not accepted a part of the batch nothing more of it, until they are asked again. Only then can lines of it be marked by hand.',
  })
  async stopPayoutBatch(
    @Ctx() context: Context,
    @Input(() => inputs.StopPayoutBatchInput) input: inputs.StopPayoutBatchInput,
  ): BatchAnswer {
    return payload('payoutBatch', await context.services.payoutSending.stop(context, input));
  }

  @Access('batch.manage')
  @Mutation(() => types.MarkPayoutLinesPayload, { description: 'Says what became of lines that were sent.' })
  async markPayoutLines(
    @Ctx() context: Context,
    @Input(() => inputs.MarkPayoutLinesInput) input: inputs.MarkPayoutLinesInput,
  ): Promise<object> {
    const { value, errors } = await context.services.payoutResults.mark(context, input);
    const changed = value && Object.values(value.applied.changed).reduce((sum, count) => sum + count, 0);
    return {
      payoutBatch: value?.batch ?? null,
      changed: changed ?? null,
      problems: value?.applied.problems ?? [],
      warnings: value?.warnings ?? [],
      userErrors: errors ?? [],
    };
  }

  @Access('withdrawal.read')
  @Query(() => types.PayoutBatchType, { nullable: true, description: 'A payout batch; null: there is none of that name.' })
  payoutBatch(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('batch', () => String, { description: 'Its name.' }) batch: string,
  ): Promise<PayoutBatch | null> {
    return context.services.payoutBatches.find(context, program, batch);
  }

  @Access('withdrawal.read')
  @Query(() => types.PayoutBatchConnection, { description: 'Payout batches, the newest first.' })
  payoutBatches(
    @Ctx() context: Context,
    @Args(() => inputs.PayoutBatchArgs) args: inputs.PayoutBatchArgs,
  ): Promise<Connection<PayoutBatch>> {
    return context.services.payoutBatches.list(context, args, readPage(args, ['id']));
  }

  @FieldResolver(() => ProgramType)
  async program(@Root() { programId }: PayoutBatch, @Ctx() context: Context): Promise<Program> {
    return (await context.load(programsById).load(programId)) as Program;
  }

  @FieldResolver(() => String, { nullable: true })
  hash(@Root() { hash }: PayoutBatch): string | null {
    return hash?.toString('hex') ?? null;
  }

  @FieldResolver(() => [types.PayoutTotalType])
  async totals(@Root() batch: PayoutBatch, @Ctx() context: Context): Promise<object[]> {
    const totals = await context.load(totalsOf).load(batch);
    return totals.map(({ amount, currency, ...total }) => ({ ...total, amount: moneyOf(amount, currency, currencyExponent(currency)) }));
  }

  @FieldResolver(() => [types.PayoutPartType])
  async parts(
    @Root() batch: PayoutBatch,
    @Ctx() context: Context,
  ): Promise<(PayoutPart & { file: string | null; answer: string | null })[]> {
    const parts = await context.load(partsOfBatch).load(batch);
    const program = (await context.load(programsById).load(batch.programId)) as Program;
    return parts.map((part) => {
      const way = context.services.payoutResults.fileWay(part.method);
      return {
        ...part,
        file: batch.status === 'sent' && way ? filePath(program.key, batch.name, part.number) : null,
        answer: way?.answer ?? null,
      };
    });
  }

  @FieldResolver(() => [String])
  unready(@Root() batch: PayoutBatch, @Ctx() context: Context): Promise<string[]> {
    return context.services.payoutSending.whyUnready(context, batch);
  }

  @FieldResolver(() => types.PayoutLineConnection, {
    description: 'Its lines, taken and deferred, in the order in which they were collected.',
  })
  lines(
    @Root() batch: PayoutBatch,
    @Ctx() context: Context,
    @Args(() => inputs.PayoutLineArgs) args: inputs.PayoutLineArgs,
  ): Promise<Connection<PayoutLine>> {
    return context.services.payoutBatches.lines(context, batch, args, readPage(args, ['id']));
  }
}

@Resolver(() => types.PayoutLineType)
export class PayoutLineResolver {
  @FieldResolver(() => WithdrawalType)
  withdrawal(@Root() line: PayoutLine, @Ctx() context: Context): Promise<Withdrawal> {
    return context.load(withdrawalsOfLines).load(line);
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: PayoutLine, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }

  @FieldResolver(() => Money, { nullable: true })
  amount(@Root() { amount, currency }: PayoutLine): Money | null {
    return amount === null || currency === null ? null : moneyOf(amount, currency, currencyExponent(currency));
  }

  @FieldResolver(() => Amount, { nullable: true })
  async withdrawn(@Root() { points, unit, programId }: PayoutLine, @Ctx() context: Context): Promise<Amount | null> {
    if (points === null) return null;
    const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
    return amountOf(points, unit, terms.versions.at(-1)?.compiled.rewardExponent ?? 2);
  }
}
