import { ArgsType, Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf, RecordArgs } from '../../platform/graphql/connection.ts';
import { Decimal, Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { ProgramType } from '../program/index.ts';
import type { ApprovalStatus } from './approval.entity.ts';
import { APPROVERS } from './kinds.ts';
import type { RuleKind } from './rule.ts';

export const ApprovalStatusEnum = {
  REQUESTED: 'requested',
  APPROVED: 'approved',
  REFUSED: 'refused',
  WITHDRAWN: 'withdrawn',
  LAPSED: 'lapsed',
} as const;
registerEnumType(ApprovalStatusEnum, {
  name: 'ApprovalStatus',
  description: 'What became of an act that needs a second person.',
  valuesConfig: {
    REQUESTED: { description: 'Waits for a second person.' },
    APPROVED: { description: 'A second person said yes, and it was done.' },
    REFUSED: { description: 'It was turned down.' },
    WITHDRAWN: { description: 'Whoever asked took it back.' },
    LAPSED: { description: 'When it was approved it could be done no longer.' },
  },
});

export const SecondPersonKind = {
  TERMS: 'terms',
  WITHDRAWAL: 'withdrawal',
  ADJUSTMENT: 'adjustment',
  BATCH: 'batch',
  CLOSING: 'closing',
} as const;
registerEnumType(SecondPersonKind, {
  name: 'SecondPersonKind',
  description: 'Acts that may need a second person.',
  valuesConfig: {
    TERMS: { description: 'Publishing terms.' },
    WITHDRAWAL: { description: 'Approving a withdrawal above a limit.' },
    ADJUSTMENT: { description: 'Giving or taking an amount above a limit.' },
    BATCH: { description: 'Approving a payout batch.' },
    CLOSING: { description: 'Closing a program.' },
  },
});

export const WAITS = 'What waits for a second person; null: nothing does.';

@Access(...APPROVERS)
@ObjectType('Approval', { description: 'An act that waits, or waited, for a second member of staff.' })
export class ApprovalType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { nullable: true, description: 'The program that it is about; null: the organization.' })
  program!: ProgramType | null;

  @Field(() => String, { description: 'The act: the name of its mutation.' })
  kind!: string;

  @Field(() => String, { description: 'What it is about.' })
  subject!: string;

  @Field(() => String, { description: 'What was asked for, as JSON: the input of the mutation.' })
  input!: string;

  @Field(() => Instant, { description: 'When it was asked for, in business time.' })
  requestedAt!: Date;

  @Field(() => String, { description: 'Who asked.' })
  requestedBy!: string;

  @Field(() => ApprovalStatusEnum, { description: 'What became of it.' })
  status!: ApprovalStatus;

  @Field(() => Instant, { nullable: true, description: 'When it was decided; null: it waits.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who decided.' })
  decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, as whoever decided said; of what lapsed, why it could be done no longer.' })
  reason!: string | null;
}

export const ApprovalConnection = connectionOf('Approval', () => ApprovalType);

@ArgsType()
export class ApprovalArgs extends RecordArgs {
  @Field(() => String, { nullable: true, description: 'About this program only, by its key.' })
  program?: string | null;

  @Field(() => ApprovalStatusEnum, { nullable: true, description: 'What became of it.' })
  status?: ApprovalStatus | null;
}

@InputType({ description: 'What is decided about an act that waits.' })
export class DecideApprovalInput {
  @Field(() => String, { description: 'The id of the approval.' })
  approval!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}
@InputType({ description: 'An act to approve.' })
export class GiveApprovalInput extends DecideApprovalInput {}
@InputType({ description: 'An act to turn down.' })
export class RefuseApprovalInput extends DecideApprovalInput {}
@InputType({ description: 'An act to take back.' })
export class WithdrawApprovalInput extends DecideApprovalInput {}

@Part()
@ObjectType({ description: 'What became of an act that waited for a second person.' })
export class ApprovalPayload {
  @Field(() => ApprovalType, { nullable: true, description: 'The approval; null if it was turned away.' })
  approval!: ApprovalType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@InputType({ description: 'A limit.' })
export class SecondPersonLimitInput {
  @Field(() => String, { description: 'The unit.' })
  unit!: string;

  @Field(() => Decimal, { description: 'Above this amount.' })
  amount!: string;
}

@InputType({ description: 'Whether acts of a kind need a second person from now on.' })
export class SetSecondPersonInput {
  @Field(() => SecondPersonKind, { description: 'The kind.' })
  kind!: RuleKind;

  @Field(() => String, {
    nullable: true,
    description: 'For this program only, by its key. Left out: for all that have no rule of their own.',
  })
  program?: string | null;

  @Field(() => Boolean, { description: 'Do they?' })
  on!: boolean;

  @Field(() => [SecondPersonLimitInput], { nullable: true, description: 'Of withdrawals and adjustments: only those above these amounts.' })
  limits?: SecondPersonLimitInput[] | null;
}

@Part()
@ObjectType('SecondPersonLimit', { description: 'A limit.' })
export class SecondPersonLimitType {
  @Field(() => String, { description: 'The unit.' })
  unit!: string;

  @Field(() => Decimal, { description: 'Above this amount.' })
  amount!: string;
}

@Part()
@ObjectType('SecondPersonRule', { description: 'Whether acts of a kind need a second person.' })
export class SecondPersonRuleType {
  @Field(() => SecondPersonKind, { description: 'The kind.' })
  kind!: RuleKind;

  @Field(() => Boolean, { description: 'Do they?' })
  on!: boolean;

  @Field(() => [SecondPersonLimitType], { description: 'Of withdrawals and adjustments: those above these amounts.' })
  limits!: SecondPersonLimitType[];
}

@Part()
@ObjectType({ description: 'A rule about second persons.' })
export class SetSecondPersonPayload {
  @Field(() => SecondPersonRuleType, { nullable: true, description: 'The rule; null if it was turned away.' })
  secondPersonRule!: SecondPersonRuleType | null;

  @Field(() => ApprovalType, { nullable: true, description: WAITS })
  approval!: ApprovalType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
