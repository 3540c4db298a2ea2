import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import { PageArgs, RecordArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

export const WebhookKind = { WEBHOOK: 'webhook', POSTBACK: 'postback' } as const;
registerEnumType(WebhookKind, {
  name: 'WebhookKind',
  description: 'How an address is told.',
  valuesConfig: {
    WEBHOOK: { description: 'By a signed POST with JSON, as the Standard Webhooks specification says.' },
    POSTBACK: { description: 'By a GET of an address with macros such as {order} and {amount}.' },
  },
});

export const WebhookStatus = { ON: 'on', OFF: 'off', GONE: 'gone' } as const;
registerEnumType(WebhookStatus, {
  name: 'WebhookStatus',
  description: 'Whether an address is told.',
  valuesConfig: {
    ON: { description: 'It is told.' },
    OFF: { description: 'It was turned off.' },
    GONE: { description: 'It answered that it is gone.' },
  },
});

export const DeliveryStatus = { WAITING: 'waiting', DELIVERED: 'delivered', DEAD: 'dead' } as const;
registerEnumType(DeliveryStatus, {
  name: 'WebhookDeliveryStatus',
  description: 'What became of a message.',
  valuesConfig: {
    WAITING: { description: 'It is tried, or tried again.' },
    DELIVERED: { description: 'The other side took it.' },
    DEAD: { description: 'All tries failed; it is sent again when somebody asks for it.' },
  },
});

@InputType({ description: 'An address that is to hear of what happens.' })
export class CreateWebhookInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => WebhookKind, { nullable: true, description: 'How it is told; left out: by webhooks. Postbacks are for affiliates.' })
  kind?: 'webhook' | 'postback' | null;

  @Field(() => String, { description: 'The address; of a postback with macros.' })
  url!: string;

  @Field(() => [String], { description: 'Of what it is to hear, such as `commission.created`.' })
  events!: string[];
}

@InputType({ description: 'Whether an address is told.' })
export class SetWebhookInput {
  @Field(() => String, { description: 'The address, by its id.' })
  webhook!: string;

  @Field(() => Boolean, { description: 'Is it told? What happens meanwhile is not told later.' })
  on!: boolean;
}

@InputType({ description: 'A webhook whose secret is to be replaced.' })
export class RotateWebhookInput {
  @Field(() => String, { description: 'The address, by its id.' })
  webhook!: string;
}

@InputType({ description: 'Messages to be sent again.' })
export class ReplayWebhookInput {
  @Field(() => String, { description: 'The address, by its id.' })
  webhook!: string;

  @Field(() => String, { nullable: true, description: 'One message, by its id; left out: all that are dead.' })
  delivery?: string | null;
}

@ArgsType()
export class WebhookArgs extends RecordArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;
}

@ArgsType()
export class DeliveryArgs extends PageArgs {
  @Field(() => String, { description: 'The address, by its id.' })
  webhook!: string;

  @Field(() => DeliveryStatus, { nullable: true, description: 'Only those of which this became.' })
  status?: 'waiting' | 'delivered' | 'dead' | null;

  @Field(() => Instant, { nullable: true, description: 'Only of what happened from then on, by business time.' })
  from?: number | null;
}
