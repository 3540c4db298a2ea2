import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { CommissionStatus, OrderType } from '../order/index.ts';
import { ProgramType, TermsVersionType } from '../program/index.ts';

@Part()
@ObjectType('CommissionLine', { description: 'What one item of an order earns.' })
export class CommissionLineType {
  @Field(() => String, { description: 'The item.' })
  sku!: string;

  @Field(() => Amount, { description: 'What it earns.' })
  amount!: Amount;
}

@Part()
@ObjectType('SeenFact', { description: 'A value that a clause saw.' })
export class SeenFactType {
  @Field(() => String, { description: 'The fact, as terms name it: `order.country`.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its value as text; null: it was not known.' })
  value!: string | null;
}

@Part()
@ObjectType('ExplanationStep', { description: 'One clause that a decision looked at: what it saw and what it concluded.' })
export class ExplanationStepType {
  @Field(() => String, { description: 'What kind of step it is.' })
  kind!: string;

  @Field(() => String, { description: 'Id of the rule that the clause carries.' })
  rule!: string;

  @Field(() => [String], { description: 'Ids of further rules that it carries out.' })
  also!: string[];

  @Field(() => String, { nullable: true, description: 'Where the published document says so.' })
  source!: string | null;

  @Field(() => Boolean, { description: 'Is the published document silent, and the value filled in?' })
  assumed!: boolean;

  @Field(() => String, { nullable: true, description: 'What was filled in.' })
  assumption!: string | null;

  @Field(() => String, { description: 'What the clause says, whatever the order.' })
  clauseText!: string;

  @Field(() => String, {
    nullable: true,
    description: "The line's SKU or the caller's id of the click; null: it is about the whole order.",
  })
  subject!: string | null;

  @Field(() => [SeenFactType], { description: 'What it saw.' })
  facts!: SeenFactType[];

  @Field(() => String, { description: 'What it concluded, as a word for programs.' })
  conclusion!: string;

  @Field(() => String, { description: 'All of it as a sentence for people, in the language of `Accept-Language`.' })
  sentence!: string;

  @Field(() => Amount, { nullable: true, description: 'What the subject earns after it; null: the step does not say.' })
  amountAfter!: Amount | null;
}

@Part()
@ObjectType('Explanation', { description: 'How a decision came about: each clause in order, looked at with the facts known then.' })
export class ExplanationType {
  @Field(() => [ExplanationStepType], { description: 'Step by step.' })
  steps!: ExplanationStepType[];

  @Field(() => [String], { description: 'The same as sentences.' })
  sentences!: string[];
}

@Access('commission.read', 'own.read')
@ObjectType('Commission', {
  description: 'What an order earns, for whom and why: one decision. Each new fact of the order makes a new one.',
})
export class CommissionType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { description: 'The program that pays it.' })
  program!: ProgramType;

  @Field(() => OrderType, { nullable: true, description: 'The order; null: it is no longer yours.' })
  order!: OrderType | null;

  @Field(() => String, { description: "The caller's id of the order." })
  orderExternalId!: string;

  @Field(() => AffiliateType, { nullable: true, description: 'Who earns it; null: the order is attributed to nobody.' })
  affiliate!: AffiliateType | null;

  @Field(() => CommissionStatus, { description: 'Where it stands now.' })
  status!: CommissionStatus;

  @Field(() => Amount, { description: 'All that the order earns.' })
  amount!: Amount;

  @Field(() => [CommissionLineType], { description: 'The same, by item.' })
  lines!: CommissionLineType[];

  @Field(() => Amount, { description: 'What of it has expired by now.' })
  expired!: Amount;

  @Field(() => [String], { description: 'Ids of the rules that decided it.' })
  because!: string[];

  @Field(() => ExplanationType, { description: 'How it was decided. Of a commission that went to somebody else: how that came.' })
  explanation!: ExplanationType;

  @Field(() => Instant, { nullable: true, description: 'From then on it is usable; null: that is not known yet.' })
  availableAt!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'From then on what is left of it is gone; null: it does not expire.' })
  expiresAt!: Date | null;

  @Field(() => TermsVersionType, { description: 'The terms that judged it: those in force when the order was placed.' })
  termsVersion!: TermsVersionType;

  @Field(() => Int, { description: 'Counts the decisions about the order.' })
  revision!: number;

  @Field(() => Instant, { description: 'When it was decided, in business time.' })
  decidedAt!: Date;

  @Field(() => String, { description: 'The kind of fact that made it be decided.' })
  cause!: string;
}

export const CommissionConnection = connectionOf('Commission', () => CommissionType);
