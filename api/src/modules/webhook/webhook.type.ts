import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';
import type { WebhookEndpoint } from './webhook.entity.ts';
import { DeliveryStatus, WebhookKind, WebhookStatus } from './webhook.input.ts';

@Access('token.manage', 'own.read')
@ObjectType('Webhook', { description: 'An address that hears of what happens in a program; an affiliate’s hears of what is its own.' })
export class WebhookType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => WebhookKind, { description: 'How it is told.' })
  kind!: string;

  @Field(() => String, { description: 'The address.' })
  url!: string;

  @Field(() => [String], { description: 'Of what it hears.' })
  events!: string[];

  @Field(() => WebhookStatus, { description: 'Whether it is told.' })
  status!: string;

  @Field(() => Instant, { description: 'When it was made, by the wall clock.' })
  madeAt!: Date;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when the secret before signs as well, by the wall clock; null: only one secret does.',
  })
  formerUntil!: Date | null;

  @Field(() => ProgramType, { description: 'Of which program it hears.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { nullable: true, description: 'Whose it is; null: it is of the organization.' })
  affiliate!: AffiliateType | null;
}

@Part()
@ObjectType('WebhookAttempt', { description: 'One try to deliver a message.' })
export class WebhookAttemptType {
  @Field(() => Int, { description: 'Which try.' })
  number!: number;

  @Field(() => Instant, { description: 'When, by the wall clock.' })
  triedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'The HTTP status that it was answered with; null: there was no answer.' })
  answered!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null: it did not.' })
  failure!: string | null;

  @Field(() => Int, { description: 'How long it took.' })
  milliseconds!: number;
}

@Access('token.manage', 'own.read')
@ObjectType('WebhookDelivery', { description: 'A message to one address.' })
export class WebhookDeliveryType {
  @Field(() => String, { description: 'The same with every try: by it the other side knows a repeat.' })
  id!: string;

  @Field(() => String, { description: 'What happened.' })
  event!: string;

  @Field(() => Instant, { description: 'When, by business time.' })
  happenedAt!: Date;

  @Field(() => String, { description: 'What it says, as JSON.' })
  payload!: string;

  @Field(() => DeliveryStatus, { description: 'What became of it.' })
  status!: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => Instant, { nullable: true, description: 'When it is tried again, by the wall clock; null: it is not.' })
  nextAt!: Date | null;

  @Field(() => [WebhookAttemptType], { description: 'The last 20 tries, the newest first.' })
  log!: WebhookAttemptType[];
}

export const WebhookConnection = connectionOf('Webhook', () => WebhookType);
export const WebhookDeliveryConnection = connectionOf('WebhookDelivery', () => WebhookDeliveryType);

@Part()
@ObjectType({ description: 'A new address.' })
export class CreateWebhookPayload {
  @Field(() => WebhookType, { nullable: true, description: 'The address; null if it was turned away.' })
  webhook!: WebhookEndpoint | null;

  @Field(() => String, {
    nullable: true,
    description: "The secret that messages are signed with. It isn't shown again. Postbacks have none.",
  })
  secret!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A replaced secret.' })
export class RotateWebhookPayload {
  @Field(() => WebhookType, { nullable: true, description: 'The address; null if the act was turned away.' })
  webhook!: WebhookEndpoint | null;

  @Field(() => String, { nullable: true, description: "The new secret. It isn't shown again." })
  secret!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'An address that was turned on or off.' })
export class SetWebhookPayload {
  @Field(() => WebhookType, { nullable: true, description: 'The address; null if the act was turned away.' })
  webhook!: WebhookEndpoint | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'Messages that are sent again.' })
export class ReplayWebhookPayload {
  @Field(() => Int, { nullable: true, description: 'How many; null if the act was turned away.' })
  replayed!: number | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
