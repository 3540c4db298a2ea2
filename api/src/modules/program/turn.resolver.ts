import { programStatusAt } from '@tributary/shared/people';
import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Approvable, approvable, type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { Program } from './program.entity.ts';
import { CloseProgramInput, PauseProgramInput, ReopenProgramInput } from './program.input.ts';
import { forfeitureByProgram, turnsByProgram } from './program.loader.ts';
import { ProgramType } from './program.type.ts';
import type { Turn } from './turn.entity.ts';
import {
  CloseProgramPayload,
  ForfeitureType,
  PauseProgramPayload,
  ProgramStatusEnum,
  ProgramTurnType,
  ReopenProgramPayload,
} from './turn.type.ts';

type Turned = Promise<Payload<'program', Program>>;

/** Programs that pause, go on and close. */
@Resolver(() => ProgramType)
export class ProgramTurnResolver {
  @FieldResolver(() => ProgramStatusEnum, { description: 'Whether it goes on, now.' })
  async status(@Root() { id }: Program, @Ctx() context: Context): Promise<string> {
    return programStatusAt(await context.load(turnsByProgram).load(id), await context.now());
  }

  @FieldResolver(() => [ProgramTurnType], {
    description: 'What was decided about it as a whole, in the order of deciding, what is to come included.',
  })
  turns(@Root() { id }: Program, @Ctx() context: Context): Promise<Turn[]> {
    return context.load(turnsByProgram).load(id);
  }

  @FieldResolver(() => ForfeitureType, {
    nullable: true,
    description: 'What the closing that holds or is planned makes of balances; null: there is none, or balances are kept.',
  })
  forfeiture(@Root() { id }: Program, @Ctx() context: Context): Promise<ForfeitureType | null> {
    return context.load(forfeitureByProgram).load(id);
  }

  @Access('program.manage')
  @Mutation(() => PauseProgramPayload, {
    description:
      'Pauses a program: clicks count for nothing and nobody joins, until it is reopened. What is planned for later stands, such as a closing.',
  })
  async pauseProgram(@Ctx() context: Context, @Input(() => PauseProgramInput) input: PauseProgramInput): Turned {
    return payload('program', await context.services.turns.pause(context, input));
  }

  @Access('program.manage')
  @Mutation(() => ReopenProgramPayload, {
    description: 'Lets a paused program go on; what is planned for later stands. Of a program that is open it takes back what is planned.',
  })
  async reopenProgram(@Ctx() context: Context, @Input(() => ReopenProgramInput) input: ReopenProgramInput): Turned {
    return payload('program', await context.services.turns.reopen(context, input));
  }

  @Access('program.manage')
  @Mutation(() => CloseProgramPayload, { description: 'Closes a program for good. What was earned stays owed, or ends as the terms say.' })
  async closeProgram(
    @Ctx() context: Context,
    @Input(() => CloseProgramInput) input: CloseProgramInput,
  ): Promise<Approvable<'program', Program>> {
    return approvable('program', await context.services.approvals.through<Program>(context, 'closeProgram', input));
  }
}
