import { Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Enrollment, EnrollmentType, enrollmentsByPair, historyByPair } from '../affiliate/index.ts';
import type { Case, TrafficSource } from './compliance.entity.ts';
import { ConfirmCaseInput, DeclareTrafficSourceInput, DismissCaseInput, MarkTrafficSourceInput } from './compliance.input.ts';
import { evidenceNames, openCasesByPair, sourcesByPair } from './compliance.loader.ts';
import {
  CaseArgs,
  CaseConnection,
  CaseType,
  ConfirmCasePayload,
  DeclareTrafficSourcePayload,
  DismissCasePayload,
  MarkTrafficSourcePayload,
  TrafficSourceType,
} from './compliance.type.ts';

const MOST_EVIDENCE = 100;

@Resolver(() => CaseType)
export class CaseResolver {
  @Access('case.read')
  @Query(() => CaseConnection, { description: 'Suspected breaches, the newest first.' })
  cases(@Ctx() context: Context, @Args(() => CaseArgs) args: CaseArgs): Promise<Connection<Case>> {
    return context.services.cases.list(context, args, readPage(args, ['instant', 'id']));
  }

  @Access('case.settle')
  @Mutation(() => ConfirmCasePayload, { description: 'Says that the breach is proven, with all that the terms have follow from it.' })
  async confirmCase(@Ctx() context: Context, @Input(() => ConfirmCaseInput) input: ConfirmCaseInput): Promise<Payload<'case', Case>> {
    return payload('case', await context.services.cases.confirm(context, input));
  }

  @Access('case.settle')
  @Mutation(() => DismissCasePayload, { description: 'Says that there was no breach, or none that counts.' })
  async dismissCase(@Ctx() context: Context, @Input(() => DismissCaseInput) input: DismissCaseInput): Promise<Payload<'case', Case>> {
    return payload('case', await context.services.cases.dismiss(context, input));
  }

  @FieldResolver(() => Int)
  evidenceCount(@Root() { evidence }: Case): number {
    return evidence.length;
  }

  @FieldResolver(() => [String])
  evidence(@Root() { evidence }: Case, @Ctx() context: Context): Promise<string[]> {
    const names = context.load(evidenceNames);
    return Promise.all(
      evidence.slice(0, MOST_EVIDENCE).map((item) => (typeof item === 'string' ? names.load(item) : JSON.stringify(item))),
    );
  }

  @FieldResolver(() => EnrollmentType)
  async enrollment(@Root() found: Case, @Ctx() context: Context): Promise<Enrollment> {
    return (await context.load(enrollmentsByPair).load(found)) as Enrollment;
  }
}

@Resolver(() => TrafficSourceType)
export class TrafficSourceResolver {
  @Access('case.settle')
  @Mutation(() => MarkTrafficSourcePayload, {
    description: 'Says that a declared source breaks the rules: clicks from it earn nothing from now on, and a case is opened.',
  })
  async markTrafficSource(
    @Ctx() context: Context,
    @Input(() => MarkTrafficSourceInput) input: MarkTrafficSourceInput,
  ): Promise<Payload<'trafficSource', TrafficSource>> {
    return payload('trafficSource', await context.services.sources.mark(context, input));
  }

  @FieldResolver(() => Instant, { nullable: true })
  async markedAt(@Root() source: TrafficSource, @Ctx() context: Context): Promise<number | null> {
    const history = await context.load(historyByPair).load(source);
    return history.find(({ kind, value }) => kind === 'source-breach' && value === source.id)?.holdsFrom ?? null;
  }
}

/** What compliance adds to an enrollment. */
@Resolver(() => EnrollmentType)
export class EnrollmentComplianceResolver {
  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => DeclareTrafficSourcePayload, {
    description: 'Declares where an affiliate promotes. What looks like the brand is flagged for review.',
  })
  async declareTrafficSource(
    @Ctx() context: Context,
    @Input(() => DeclareTrafficSourceInput) input: DeclareTrafficSourceInput,
  ): Promise<Payload<'trafficSource', TrafficSource>> {
    return payload('trafficSource', await context.services.sources.declare(context, input));
  }

  @FieldResolver(() => [CaseType], { description: 'Open cases, oldest first.' })
  cases(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<Case[]> {
    return context.load(openCasesByPair).load(enrollment);
  }

  @Access('enrollment.read', 'own.read')
  @FieldResolver(() => [String], { description: 'Rules under which a declared traffic source is to be reviewed.' })
  async flags(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<string[]> {
    const sources = await context.load(sourcesByPair).load(enrollment);
    return [...new Set(sources.flatMap(({ flags }) => flags))].sort();
  }

  @Access('enrollment.read', 'own.read')
  @FieldResolver(() => [TrafficSourceType], { description: 'Declared traffic sources, oldest first.' })
  trafficSources(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<TrafficSource[]> {
    return context.load(sourcesByPair).load(enrollment);
  }
}
