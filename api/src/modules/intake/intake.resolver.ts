import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import type { Fact } from '../../intake/index.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { userError } from '../../platform/graphql/user-error.ts';
import { Answer } from './answers.ts';
import {
  RecordActivityInput,
  RecordClickInput,
  RecordClicksInput,
  RecordOrderEventInput,
  RecordOrderEventsInput,
  RecordOrderInput,
  RecordOrdersInput,
  RecordRegistrationInput,
  RecordRegistrationsInput,
} from './intake.input.ts';
import {
  RecordActivityPayload,
  RecordClickPayload,
  RecordClicksPayload,
  type Recording,
  type Recordings,
  RecordOrderEventPayload,
  RecordOrderEventsPayload,
  RecordOrderPayload,
  RecordOrdersPayload,
  RecordRegistrationPayload,
  RecordRegistrationsPayload,
} from './intake.type.ts';

const MOST_FACTS = 1000;

/** Facts, told by the merchant's systems. */
@Resolver()
export class IntakeResolver {
  @Access('fact.tell')
  @Mutation(() => RecordClickPayload, { description: 'Tells a click.' })
  recordClick(@Ctx() context: Context, @Input(() => RecordClickInput) { program, ...input }: RecordClickInput): Promise<Recording> {
    return recordOne(context, program, { kind: 'click', input });
  }

  @Access('fact.tell')
  @Mutation(() => RecordClicksPayload, { description: 'Tells up to 1,000 clicks.' })
  recordClicks(@Ctx() context: Context, @Input(() => RecordClicksInput) { program, clicks }: RecordClicksInput): Promise<Recordings> {
    return recordMany(
      context,
      program,
      clicks.map((input) => ({ kind: 'click', input })),
      'clicks',
    );
  }

  @Access('fact.tell')
  @Mutation(() => RecordRegistrationPayload, {
    description: 'Tells a registration. A customer is tied to the affiliate that referred them.',
  })
  recordRegistration(
    @Ctx() context: Context,
    @Input(() => RecordRegistrationInput) { program, ...input }: RecordRegistrationInput,
  ): Promise<Recording> {
    return recordOne(context, program, { kind: 'registration', input });
  }

  @Access('fact.tell')
  @Mutation(() => RecordRegistrationsPayload, { description: 'Tells up to 1,000 registrations.' })
  recordRegistrations(
    @Ctx() context: Context,
    @Input(() => RecordRegistrationsInput) { program, registrations }: RecordRegistrationsInput,
  ): Promise<Recordings> {
    return recordMany(
      context,
      program,
      registrations.map((input) => ({ kind: 'registration', input })),
      'registrations',
    );
  }

  @Access('fact.tell')
  @Mutation(() => RecordOrderPayload, {
    description: 'Tells an order. It is attributed and priced by the terms in force when it was placed.',
  })
  recordOrder(@Ctx() context: Context, @Input(() => RecordOrderInput) { program, ...input }: RecordOrderInput): Promise<Recording> {
    return recordOne(context, program, { kind: 'order', input });
  }

  @Access('fact.tell')
  @Mutation(() => RecordOrdersPayload, { description: 'Tells up to 1,000 orders.' })
  recordOrders(@Ctx() context: Context, @Input(() => RecordOrdersInput) { program, orders }: RecordOrdersInput): Promise<Recordings> {
    return recordMany(
      context,
      program,
      orders.map((input) => ({ kind: 'order', input })),
      'orders',
    );
  }

  @Access('fact.tell')
  @Mutation(() => RecordOrderEventPayload, {
    description: 'Tells what became of an order. It is decided again, and the books receive the difference.',
  })
  recordOrderEvent(
    @Ctx() context: Context,
    @Input(() => RecordOrderEventInput) { program, ...input }: RecordOrderEventInput,
  ): Promise<Recording> {
    return recordOne(context, program, { kind: 'event', input });
  }

  @Access('fact.tell')
  @Mutation(() => RecordOrderEventsPayload, { description: 'Tells up to 1,000 events of orders.' })
  recordOrderEvents(
    @Ctx() context: Context,
    @Input(() => RecordOrderEventsInput) { program, events }: RecordOrderEventsInput,
  ): Promise<Recordings> {
    return recordMany(
      context,
      program,
      events.map((input) => ({ kind: 'event', input })),
      'events',
    );
  }

  @Access('fact.tell')
  @Mutation(() => RecordActivityPayload, { description: 'Tells an activity of an affiliate, which earns general points once.' })
  recordActivity(
    @Ctx() context: Context,
    @Input(() => RecordActivityInput) { program, ...input }: RecordActivityInput,
  ): Promise<Recording> {
    return recordOne(context, program, { kind: 'activity', input });
  }
}

async function recordOne(context: Context, program: string, fact: Fact): Promise<Recording> {
  const results = await context.services.intake.record(context, program, [fact]);
  return new Answer(Array.isArray(results) ? results[0]! : { id: null, repeated: false, userErrors: [results] });
}

async function recordMany(context: Context, program: string, facts: Fact[], field: string): Promise<Recordings> {
  if (facts.length > MOST_FACTS)
    return {
      results: [],
      userErrors: [userError('INVALID', `At most ${MOST_FACTS} are taken at once; these are ${facts.length}.`, [field])],
    };
  const results = await context.services.intake.record(context, program, facts);
  if (!Array.isArray(results)) return { results: [], userErrors: [results] };
  return { results: results.map((result, index) => new Answer(result, index)), userErrors: [] };
}
