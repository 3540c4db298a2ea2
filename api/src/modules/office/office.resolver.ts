import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { FoundRecord } from './lookup.service.ts';
import { CutOffAheadType, DashboardArgs, DashboardType, DayOfCommissionType, FoundRecordType, WaitingWorkType } from './office.type.ts';

interface OfProgram {
  readonly programId: string;
}

@Resolver(() => DashboardType)
export class DashboardResolver {
  @Access('order.read')
  @Query(() => DashboardType, { description: 'What staff look at first: what waits, what comes, what was earned.' })
  dashboard(@Args(() => DashboardArgs) args: DashboardArgs): DashboardArgs {
    return args;
  }

  @FieldResolver(() => [WaitingWorkType])
  waiting(@Ctx() context: Context): Promise<object[]> {
    return context.services.dashboard.waiting(context);
  }

  @FieldResolver(() => [CutOffAheadType])
  cutOffs(@Ctx() context: Context): Promise<object[]> {
    return context.services.dashboard.cutOffs(context);
  }

  @FieldResolver(() => [DayOfCommissionType])
  days(@Root() { days }: DashboardArgs, @Ctx() context: Context): Promise<object[]> {
    return context.services.dashboard.days(context, days);
  }
}

@Resolver(() => WaitingWorkType)
export class WaitingWorkResolver {
  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: OfProgram, @Ctx() context: Context): Promise<Program | undefined> {
    return context.load(programsById).load(programId);
  }
}

@Resolver(() => CutOffAheadType)
export class CutOffAheadResolver {
  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: OfProgram, @Ctx() context: Context): Promise<Program | undefined> {
    return context.load(programsById).load(programId);
  }
}

@Resolver(() => DayOfCommissionType)
export class DayOfCommissionResolver {
  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: OfProgram, @Ctx() context: Context): Promise<Program | undefined> {
    return context.load(programsById).load(programId);
  }
}

@Resolver(() => FoundRecordType)
export class LookupResolver {
  @Access('order.read')
  @Query(() => [FoundRecordType], { description: 'Whatever has this caller’s id, in all programs: for a search field.' })
  lookUp(
    @Ctx() context: Context,
    @Arg('id', () => String, { description: 'The whole id; of an order any of its numbers.' }) id: string,
  ): Promise<FoundRecord[]> {
    return context.services.lookup.find(context, id);
  }

  @FieldResolver(() => ProgramType, { nullable: true })
  async program(@Root() { programId }: FoundRecord, @Ctx() context: Context): Promise<Program | null> {
    return programId === null ? null : ((await context.load(programsById).load(programId)) ?? null);
  }
}
