import { Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Enrollment, EnrollmentType, enrollmentsByPair } from '../affiliate/index.ts';
import { type Order, OrderType, ordersById } from '../order/index.ts';
import { type Program, ProgramType } from '../program/index.ts';
import { type Customer, CustomerType, customersById } from '../referral/index.ts';
import { type Click, ClickType, clicksById } from '../tracking/index.ts';
import { findCase, listCases, listEvidence } from './case.list.ts';
import type { Case, CaseEntry, CaseEvidence, TrafficSource } from './compliance.entity.ts';
import * as inputs from './compliance.input.ts';
import { caseDaysByProgram, entriesOf, evidenceCounts, evidenceNames, evidenceOf, sourcesOfEvidence } from './compliance.loader.ts';
import {
  CaseConnection,
  CaseEntryType,
  CaseEvidenceConnection,
  CaseEvidenceType,
  CasePayload,
  CaseType,
  ConfirmCasePayload,
  DismissCasePayload,
  SetCaseDaysPayload,
  TrafficSourceType,
} from './compliance.type.ts';

type CaseAnswer = Promise<Payload<'case', Case>>;

/** What staff make of cases. */
@Resolver()
export class CaseActResolver {
  @Access('case.settle')
  @Mutation(() => ConfirmCasePayload, { description: 'Says that the breach is proven, with all that the terms have follow from it.' })
  async confirmCase(@Ctx() context: Context, @Input(() => inputs.ConfirmCaseInput) input: inputs.ConfirmCaseInput): CaseAnswer {
    return payload('case', await context.services.cases.confirm(context, input));
  }

  @Access('case.settle')
  @Mutation(() => DismissCasePayload, { description: 'Says that there was no breach, or none that counts.' })
  async dismissCase(@Ctx() context: Context, @Input(() => inputs.DismissCaseInput) input: inputs.DismissCaseInput): CaseAnswer {
    return payload('case', await context.services.cases.dismiss(context, input));
  }

  @Access('case.settle')
  @Mutation(() => CasePayload, { description: 'Hands an open case to a member of staff, or takes it.' })
  async assignCase(@Ctx() context: Context, @Input(() => inputs.AssignCaseInput) input: inputs.AssignCaseInput): CaseAnswer {
    return payload('case', await context.services.cases.assign(context, input));
  }

  @Access('case.settle')
  @Mutation(() => CasePayload, { description: 'Puts an open case back, for anybody of staff to take.' })
  async unassignCase(@Ctx() context: Context, @Input(() => inputs.UnassignCaseInput) input: inputs.UnassignCaseInput): CaseAnswer {
    return payload('case', await context.services.cases.unassign(context, input));
  }

  @Access('case.settle')
  @Mutation(() => CasePayload, { description: 'Gives an open case another deadline.' })
  async setCaseDeadline(@Ctx() context: Context, @Input(() => inputs.SetCaseDeadlineInput) input: inputs.SetCaseDeadlineInput): CaseAnswer {
    return payload('case', await context.services.cases.setDeadline(context, input));
  }

  @Access('case.settle')
  @Mutation(() => CasePayload, { description: 'Adds a note to an open case that only staff see.' })
  async noteCase(@Ctx() context: Context, @Input(() => inputs.NoteCaseInput) input: inputs.NoteCaseInput): CaseAnswer {
    return payload('case', await context.services.cases.note(context, input));
  }

  @Access('case.settle')
  @Mutation(() => CasePayload, {
    description: 'Asks the affiliate something about an open case: a request of the kind CASE, which they read and reply to.',
  })
  async askAboutCase(@Ctx() context: Context, @Input(() => inputs.AskAboutCaseInput) input: inputs.AskAboutCaseInput): CaseAnswer {
    return payload('case', await context.services.cases.ask(context, input));
  }

  @Access('case.settle')
  @Mutation(() => CasePayload, { description: 'Links to an open case what speaks for it: a click, an order, a customer, or words.' })
  async addCaseEvidence(@Ctx() context: Context, @Input(() => inputs.AddCaseEvidenceInput) input: inputs.AddCaseEvidenceInput): CaseAnswer {
    return payload('case', await context.services.cases.addEvidence(context, input));
  }

  @Access('setting.manage')
  @Mutation(() => SetCaseDaysPayload, { description: 'Says how many days staff have for cases that are opened from now on. At first 7.' })
  async setCaseDays(
    @Ctx() context: Context,
    @Input(() => inputs.SetCaseDaysInput) input: inputs.SetCaseDaysInput,
  ): Promise<Payload<'program', Program>> {
    return payload('program', await context.services.cases.setDays(context, input));
  }
}

@Resolver(() => CaseType)
export class CaseResolver {
  @Access('case.read')
  @Query(() => CaseConnection, { description: 'Suspected breaches: what is overdue first, then what is due next, then what is closed.' })
  cases(@Ctx() context: Context, @Args(() => inputs.CaseArgs) args: inputs.CaseArgs): Promise<Connection<Case>> {
    return listCases(context, args, readPage(args, args.sort === 'deadline' ? ['integer', 'instant', 'id'] : ['instant', 'id']));
  }

  @Access('case.read')
  @Query(() => CaseEvidenceConnection, {
    nullable: true,
    description: 'All that speaks for a case, oldest first; null: there is no such case.',
  })
  async caseEvidence(
    @Ctx() context: Context,
    @Args(() => inputs.CaseEvidenceArgs) args: inputs.CaseEvidenceArgs,
  ): Promise<Connection<CaseEvidence> | null> {
    const found = await findCase(context, args);
    return found === undefined ? null : listEvidence(context, found, readPage(args, ['id']));
  }

  @FieldResolver(() => Int)
  evidenceCount(@Root() found: Case, @Ctx() context: Context): Promise<number> {
    return context.load(evidenceCounts).load(found);
  }

  @FieldResolver(() => [CaseEvidenceType])
  evidence(@Root() found: Case, @Ctx() context: Context): Promise<CaseEvidence[]> {
    return context.load(evidenceOf).load(found);
  }

  @FieldResolver(() => [CaseEntryType])
  history(@Root() found: Case, @Ctx() context: Context): Promise<CaseEntry[]> {
    return context.load(entriesOf).load(found);
  }

  @FieldResolver(() => EnrollmentType)
  async enrollment(@Root() found: Case, @Ctx() context: Context): Promise<Enrollment> {
    return (await context.load(enrollmentsByPair).load(found)) as Enrollment;
  }
}

/** What a piece of evidence leads to. */
@Resolver(() => CaseEvidenceType)
export class CaseEvidenceResolver {
  @FieldResolver(() => String)
  async name(@Root() evidence: CaseEvidence, @Ctx() context: Context): Promise<string> {
    const { kind, text, refId } = evidence;
    const name =
      kind === 'source' ? (await context.load(sourcesOfEvidence).load(evidence))?.name : await context.load(evidenceNames).load(evidence);
    return name ?? text ?? refId ?? '';
  }

  @FieldResolver(() => ClickType, { nullable: true })
  click(@Root() evidence: CaseEvidence, @Ctx() context: Context): Promise<Click | null> | null {
    return evidence.kind === 'click' ? context.load(clicksById).load(evidence.refId!) : null;
  }

  @FieldResolver(() => CustomerType, { nullable: true })
  customer(@Root() evidence: CaseEvidence, @Ctx() context: Context): Promise<Customer | null> | null {
    return evidence.kind === 'customer' ? context.load(customersById).load(evidence.refId!) : null;
  }

  @FieldResolver(() => OrderType, { nullable: true })
  order(@Root() evidence: CaseEvidence, @Ctx() context: Context): Promise<Order | null> | null {
    return evidence.kind === 'order' ? context.load(ordersById).load(evidence.refId!) : null;
  }

  @FieldResolver(() => TrafficSourceType, { nullable: true })
  trafficSource(@Root() evidence: CaseEvidence, @Ctx() context: Context): Promise<TrafficSource | null> | null {
    return evidence.kind === 'source' ? context.load(sourcesOfEvidence).load(evidence) : null;
  }
}

/** What cases add to a program. */
@Resolver(() => ProgramType)
export class ProgramCasesResolver {
  @Access('case.read')
  @FieldResolver(() => Int, { description: 'How many days staff have for a case.' })
  caseDays(@Root() { id }: Program, @Ctx() context: Context): Promise<number> {
    return context.load(caseDaysByProgram).load(id);
  }
}
