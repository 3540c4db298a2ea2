import { classesAbove, type HistoryEvent, missingToClass, neededFor, valueAt } from '@tributary/shared/people';
import { type Classes, foldChannel } from '@tributary/shared/terms';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { holdsIn } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Money, moneyOf } from '../../platform/graphql/money.ts';
import { Decimal } from '../../platform/graphql/scalars.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { Affiliate, ClassRequest, Enrollment } from './affiliate.entity.ts';
import {
  affiliatesById,
  classRequestsByPair,
  enrollmentsByPair,
  enrollmentsOfAffiliate,
  historyByPair,
  measuredByPair,
  payingCustomersByPair,
  profilesById,
  warningsByPair,
} from './affiliate.loader.ts';
import {
  AcceptedTermsType,
  AffiliateArgs,
  AffiliateConnection,
  AffiliateType,
  ApplicationType,
  ClassAheadType,
  ClassEvidenceType,
  ClassRequestArgs,
  ClassRequestConnection,
  ClassRequestType,
  EnrollmentArgs,
  EnrollmentConnection,
  EnrollmentStatusChangeType,
  EnrollmentType,
  MeasuredType,
  measuredOf,
  PermissionType,
} from './affiliate.type.ts';
import { applicationOf } from './joining.ts';

@Resolver(() => AffiliateType)
export class AffiliateResolver {
  @Access('affiliate.read')
  @Query(() => AffiliateConnection, { description: 'Affiliates of the organization.' })
  affiliates(@Ctx() context: Context, @Args(() => AffiliateArgs) args: AffiliateArgs): Promise<Connection<Affiliate>> {
    return context.services.affiliates.list(context, args, readPage(args, args.sort === 'externalId' ? ['text', 'id'] : ['id']));
  }

  @Access('affiliate.read', 'own.read')
  @Query(() => AffiliateType, { nullable: true, description: 'An affiliate; null: there is none, or it is not for you to see.' })
  affiliate(@Ctx() context: Context, @Arg('id', () => String, { description: "The caller's id." }) id: string): Promise<Affiliate | null> {
    return context.services.affiliates.find(context, id);
  }

  @FieldResolver(() => String, { nullable: true })
  async name(@Root() { id }: Affiliate, @Ctx() context: Context): Promise<string | null> {
    return (await context.load(profilesById).load(id)).name;
  }

  @FieldResolver(() => String, { nullable: true })
  async email(@Root() { id }: Affiliate, @Ctx() context: Context): Promise<string | null> {
    return (await context.load(profilesById).load(id)).email;
  }

  @FieldResolver(() => [EnrollmentType])
  async enrollments(@Root() { id }: Affiliate, @Ctx() context: Context): Promise<Enrollment[]> {
    const found = await context.load(enrollmentsOfAffiliate).load(id);
    return found.filter(({ programId }) => holdsIn(context.viewer.grants, ['affiliate.read', 'own.read'], programId));
  }
}

@Resolver(() => ClassRequestType)
export class ClassRequestResolver {
  @Access('affiliate.read')
  @Query(() => ClassRequestConnection, { description: 'Classes that affiliates asked for, the newest first.' })
  classRequests(@Ctx() context: Context, @Args(() => ClassRequestArgs) args: ClassRequestArgs): Promise<Connection<ClassRequest>> {
    return context.services.affiliates.listClassRequests(context, args, readPage(args, ['id']));
  }

  @FieldResolver(() => EnrollmentType)
  async enrollment(@Root() request: ClassRequest, @Ctx() context: Context): Promise<Enrollment> {
    return (await context.load(enrollmentsByPair).load(request)) as Enrollment;
  }

  @FieldResolver(() => ClassEvidenceType, { nullable: true })
  async evidence(
    @Root() { affiliateId, programId, class: wanted, evidence }: ClassRequest,
    @Ctx() context: Context,
  ): Promise<ClassEvidenceType | null> {
    if (evidence === null) return null;
    const today = await context.load(measuredByPair).load({ affiliateId, programId, measure: evidence.measure });
    const classes = await classesOf(context, programId);
    // Another measure can't be compared with what was asked by.
    const stands = classes?.measure === evidence.measure && classes.names.includes(wanted) ? classes : null;
    return {
      measured: measuredOf(evidence, evidence.measured),
      needed: measuredOf(evidence, evidence.needed),
      measuredNow: measuredOf(today!, today!.minor),
      neededNow: stands && measuredOf(today!, neededFor(stands, wanted, today!.exponent)),
    };
  }
}

/** The classes by the terms in force; undefined: there are none. */
async function classesOf(context: Context, programId: string): Promise<Classes | undefined> {
  const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
  return versionAt(terms, await context.now()).compiled.terms.classes;
}

@Resolver(() => EnrollmentType)
export class EnrollmentResolver {
  @Access('affiliate.read')
  @Query(() => EnrollmentConnection, { description: 'Enrollments of the organization, the newest first.' })
  enrollments(@Ctx() context: Context, @Args(() => EnrollmentArgs) args: EnrollmentArgs): Promise<Connection<Enrollment>> {
    return context.services.affiliates.listEnrollments(context, args, readPage(args, ['id']));
  }

  @Access('affiliate.read', 'own.read')
  @Query(() => EnrollmentType, {
    nullable: true,
    description: 'An affiliate in a program; null: there is none, or it is not for you to see.',
  })
  enrollment(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('affiliate', () => String, { description: "The affiliate, by the caller's id." }) affiliate: string,
  ): Promise<Enrollment | null> {
    return context.services.affiliates.findEnrollment(context, program, affiliate);
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Enrollment, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: Enrollment, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }

  @FieldResolver(() => String, { nullable: true })
  async country(@Root() { affiliateId }: Enrollment, @Ctx() context: Context): Promise<string | null> {
    return (await context.load(affiliatesById).load(affiliateId))?.country ?? null;
  }

  @FieldResolver(() => [EnrollmentStatusChangeType])
  async statusHistory(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<EnrollmentStatusChangeType[]> {
    const history = await context.load(historyByPair).load(enrollment);
    return history
      .filter(({ kind }) => kind === 'status')
      .map(({ value, holdsFrom, reason, by }) => ({ status: value as Enrollment['status'], at: holdsFrom, reason, doneBy: by }));
  }

  @FieldResolver(() => ApplicationType, { nullable: true })
  async application(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<ApplicationType | null> {
    return applicationOf(await context.load(historyByPair).load(enrollment));
  }

  @FieldResolver(() => AcceptedTermsType, { nullable: true })
  async acceptedTerms(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<AcceptedTermsType | null> {
    const found = (await context.load(historyByPair).load(enrollment)).findLast(({ kind }) => kind === 'terms');
    return found ? { version: Number(found.value), at: found.holdsFrom, by: found.by } : null;
  }

  @FieldResolver(() => [PermissionType])
  async permissions(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<PermissionType[]> {
    const newest = new Map<string, PermissionType>();
    for (const { kind, value, subject, holdsFrom, by } of await context.load(historyByPair).load(enrollment)) {
      if (kind !== 'permission' || subject === null) continue;
      newest.set(foldChannel(subject), { channel: subject, granted: value === 'granted', since: holdsFrom, decidedBy: by });
    }
    return [...newest.values()];
  }

  @FieldResolver(() => Decimal)
  async qualityFactor(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<string> {
    const history: HistoryEvent[] = await context.load(historyByPair).load(enrollment);
    return valueAt(history, 'quality-factor', Number.POSITIVE_INFINITY) ?? '1';
  }

  @FieldResolver(() => Money)
  async paidSales(@Root() { affiliateId, programId }: Enrollment, @Ctx() context: Context): Promise<Money> {
    const { minor, unit, exponent } = (await context.load(measuredByPair).load({ affiliateId, programId, measure: 'paid-sales' }))!;
    return moneyOf(minor, unit!, exponent);
  }

  @FieldResolver(() => MeasuredType, { nullable: true })
  async measured(@Root() { affiliateId, programId }: Enrollment, @Ctx() context: Context): Promise<MeasuredType | null> {
    const found = await context.load(measuredByPair).load({ affiliateId, programId, measure: null });
    return found && measuredOf(found, found.minor);
  }

  @FieldResolver(() => [ClassAheadType])
  async classesAhead(@Root() { affiliateId, programId, class: current }: Enrollment, @Ctx() context: Context): Promise<ClassAheadType[]> {
    const found = await context.load(measuredByPair).load({ affiliateId, programId, measure: null });
    const classes = await classesOf(context, programId);
    if (found === null || classes === undefined) return [];
    return classesAbove(classes, current).map((name) => ({
      class: name,
      needed: measuredOf(found, neededFor(classes, name, found.exponent)),
      missing: measuredOf(found, missingToClass(classes, name, found.minor, found.exponent)),
      rule: classes.rise.id,
    }));
  }

  @FieldResolver(() => Int)
  payingCustomers(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<number> {
    return context.load(payingCustomersByPair).load(enrollment);
  }

  @FieldResolver(() => [ClassRequestType])
  classRequests(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<ClassRequest[]> {
    return context.load(classRequestsByPair).load(enrollment);
  }

  @FieldResolver(() => [String])
  warnings(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<string[]> {
    return context.load(warningsByPair).load(enrollment);
  }
}
