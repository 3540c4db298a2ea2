import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Enrollment, EnrollmentType, historyByPair } from '../affiliate/index.ts';
import type { Case, TrafficSource } from './compliance.entity.ts';
import * as inputs from './compliance.input.ts';
import { openCasesByPair, sourcesByPair } from './compliance.loader.ts';
import { CaseType, DeclareTrafficSourcePayload, MarkTrafficSourcePayload, TrafficSourceType } from './compliance.type.ts';

@Resolver(() => TrafficSourceType)
export class TrafficSourceResolver {
  @Access('case.settle')
  @Mutation(() => MarkTrafficSourcePayload, {
    description: 'Says that a declared source breaks the rules: clicks from it earn nothing from now on, and a case is opened.',
  })
  async markTrafficSource(
    @Ctx() context: Context,
    @Input(() => inputs.MarkTrafficSourceInput) input: inputs.MarkTrafficSourceInput,
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
    @Input(() => inputs.DeclareTrafficSourceInput) input: inputs.DeclareTrafficSourceInput,
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
