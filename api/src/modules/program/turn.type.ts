import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { ProgramType } from './program.type.ts';

export const ProgramStatusEnum = { OPEN: 'open', PAUSED: 'paused', CLOSED: 'closed' } as const;
registerEnumType(ProgramStatusEnum, {
  name: 'ProgramStatus',
  description: 'Whether a program goes on.',
  valuesConfig: {
    OPEN: { description: 'It goes on.' },
    PAUSED: {
      description: 'Clicks lead on and count for nothing, and nobody joins; orders from earlier clicks earn, and what is there is paid.',
    },
    CLOSED: {
      description:
        'It is over: orders placed from then on earn nothing. What was earned before stays owed, unless `forfeiture` says otherwise.',
    },
  },
});

@Access('program.read', 'own.read')
@ObjectType('ProgramTurn', { description: 'What was decided about a program as a whole.' })
export class ProgramTurnType {
  @Field(() => ProgramStatusEnum, { description: 'What it becomes.' })
  status!: string;

  @Field(() => Instant, {
    description: 'From when on. A later decision takes the place of what was planned, save for a pause and what ends one.',
  })
  holdsFrom!: number;

  @Field(() => Instant, { nullable: true, description: 'Of a closing: until when affiliates may ask for what they have; null: always.' })
  requestsUntil!: number | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Instant, { description: 'When it was decided.' })
  decidedAt!: number;

  @Access('actor.read')
  @Field(() => String, { description: 'Who decided.' })
  decidedBy!: string;
}

@Part()
@ObjectType('Forfeiture', { description: 'What a closing makes of balances, where the terms say that they end.' })
export class ForfeitureType {
  @Field(() => Instant, { description: 'When the program closes, or closed.' })
  closesAt!: number;

  @Field(() => Int, {
    description: 'So many days after the closing, or after they became usable where that is later, earnings are gone; 0: at once.',
  })
  afterDays!: number;

  @Field(() => Boolean, { description: 'Does what is not usable at the closing become so as before? Otherwise it is gone at the closing.' })
  pendingRunsOn!: boolean;

  @Field(() => String, { description: 'The id of the rule.' })
  rule!: string;

  @Field(() => String, { description: 'What the clause says, as a sentence.' })
  sentence!: string;
}

@Part()
@ObjectType({ description: 'A program that pauses.' })
export class PauseProgramPayload {
  @Field(() => ProgramType, { nullable: true, description: 'The program; null if the act was turned away.' })
  program!: ProgramType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A program that goes on.' })
export class ReopenProgramPayload {
  @Field(() => ProgramType, { nullable: true, description: 'The program; null if the act was turned away.' })
  program!: ProgramType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A program that closes.' })
export class CloseProgramPayload {
  @Field(() => ProgramType, { nullable: true, description: 'The program; null if it waits for a second person, or was turned away.' })
  program!: ProgramType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
