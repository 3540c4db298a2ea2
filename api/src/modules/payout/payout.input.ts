import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';

export const BatchStatusEnum = {
  OPEN: 'open',
  FROZEN: 'frozen',
  APPROVED: 'approved',
  SENDING: 'sending',
  SENT: 'sent',
  DISCARDED: 'discarded',
} as const;
registerEnumType(BatchStatusEnum, {
  name: 'PayoutBatchStatus',
  description: 'How far a payout batch is.',
  valuesConfig: {
    OPEN: { description: 'Being collected.' },
    FROZEN: { description: 'Nothing of it changes any more; it waits for a second person.' },
    APPROVED: { description: 'It may be sent.' },
    SENDING: { description: 'Its lines are leaving.' },
    SENT: { description: 'All of it has left: what became of each line stands there.' },
    DISCARDED: { description: 'Given up before it was sent.' },
  },
});

export const LineStatusEnum = {
  DEFERRED: 'deferred',
  COLLECTED: 'collected',
  DROPPED: 'dropped',
  SENT: 'sent',
  UNKNOWN: 'unknown',
  PAID: 'paid',
  FAILED: 'failed',
  RETURNED: 'returned',
} as const;
registerEnumType(LineStatusEnum, {
  name: 'PayoutLineStatus',
  description: 'How far a line of a payout batch is.',
  valuesConfig: {
    DEFERRED: { description: 'Left to a later batch; the reason says why.' },
    COLLECTED: { description: 'Taken, and not sent yet.' },
    DROPPED: { description: 'Taken out before it was sent.' },
    SENT: { description: 'On its way.' },
    UNKNOWN: { description: 'Sent, and it is not clear whether it was paid.' },
    PAID: { description: 'Paid.' },
    FAILED: { description: 'Not paid; the amount is available again.' },
    RETURNED: { description: 'Paid, and it came back; the amount is available again.' },
  },
});

export const LineOutcomeEnum = { PAID: 'paid', FAILED: 'failed', RETURNED: 'returned', UNKNOWN: 'unknown' } as const;
registerEnumType(LineOutcomeEnum, {
  name: 'PayoutLineOutcome',
  description: 'What staff say became of a line.',
  valuesConfig: {
    PAID: { description: 'Paid.' },
    FAILED: { description: 'Not paid.' },
    RETURNED: { description: 'Paid, and it came back.' },
    UNKNOWN: { description: 'It is not clear whether it was paid.' },
  },
});

@InputType({ description: 'A payout batch.' })
export class PayoutBatchInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'Its name. Where the terms have a cut-off: year and month of it, e.g. 2026-03.' })
  batch!: string;
}

@InputType({ description: 'A payout batch to fill.' })
export class CollectPayoutBatchInput extends PayoutBatchInput {}

@InputType({ description: 'A payout batch to freeze.' })
export class FreezePayoutBatchInput extends PayoutBatchInput {}

@InputType({ description: 'A payout batch to approve.' })
export class ApprovePayoutBatchInput extends PayoutBatchInput {
  @Field(() => String, { description: 'The hash of what was seen, as the frozen batch shows it.' })
  hash!: string;
}

@InputType({ description: 'A payout batch to give up.' })
export class DiscardPayoutBatchInput extends PayoutBatchInput {
  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A payout batch to send.' })
export class SendPayoutBatchInput extends PayoutBatchInput {}

@InputType({ description: 'A payout batch of which providers are asked at once.' })
export class AskPayoutBatchInput extends PayoutBatchInput {}

@InputType({ description: 'A payout batch of which providers that have not accepted it are given nothing more.' })
export class StopPayoutBatchInput extends PayoutBatchInput {}

@InputType({ description: 'Lines of a batch, and what became of them.' })
export class MarkPayoutLinesInput extends PayoutBatchInput {
  @Field(() => [String], { description: 'The lines, by our ids; 1,000 at most.' })
  lines!: string[];

  @Field(() => LineOutcomeEnum, { description: 'What became of them.' })
  outcome!: string;

  @Field(() => String, { description: 'How that is known. The affiliate reads it.' })
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'That you have looked it up where it was to be paid. Needed to mark as failed or returned what is unknown, and to mark at all what a provider has accepted: the affiliate has an amount back then that may be paid all the same.',
  })
  lookedUp?: boolean | null;
}

@ArgsType()
export class PayoutBatchArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'The key of a program; left out: all.' })
  program?: string | null;

  @Field(() => [BatchStatusEnum], { nullable: true, description: 'How far they are; left out: however far.' })
  statuses?: string[] | null;
}

@ArgsType()
export class PayoutLineArgs extends PageArgs {
  @Field(() => [LineStatusEnum], { nullable: true, description: 'How far they are; left out: however far.' })
  statuses?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only those paid in that way, e.g. paypal.' })
  method?: string | null;
}
