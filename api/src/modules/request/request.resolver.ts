import type { RequestKind } from '@tributary/shared/people';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Enrollment, EnrollmentType, enrollmentsByPair } from '../affiliate/index.ts';
import { type Case, CaseType, type TrafficSource, TrafficSourceType } from '../compliance/index.ts';
import { type Program, ProgramType } from '../program/index.ts';
import type { PaymentDetails } from '../withdrawal/index.ts';
import { INTERNAL, type Request, type RequestMessage } from './request.entity.ts';
import { RequestKindEnum } from './request.enums.ts';
import * as inputs from './request.input.ts';
import { requestsAbout, reviewsOf, threadsOf } from './request.loader.ts';
import {
  OpenRequestPayload,
  RequestConnection,
  RequestedPayoutMethodType,
  RequestMessageType,
  RequestPayload,
  RequestType,
  SetRequestKindsPayload,
} from './request.type.ts';

type RequestAnswer = Promise<Payload<'request', Request>>;

/** What is asked, said and decided. */
@Resolver()
export class RequestActResolver {
  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => OpenRequestPayload, { description: 'Asks something of staff.' })
  async openRequest(@Ctx() context: Context, @Input(() => inputs.OpenRequestInput) input: inputs.OpenRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.open(context, input));
  }

  @Access('request.answer', 'own.ask')
  @Mutation(() => RequestPayload, { description: 'Says something about a request; when the affiliate does, it is the turn of staff.' })
  async replyToRequest(@Ctx() context: Context, @Input(() => inputs.ReplyToRequestInput) input: inputs.ReplyToRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.reply(context, input));
  }

  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => RequestPayload, { description: 'Takes a request back; points that left for it come back.' })
  async withdrawRequest(
    @Ctx() context: Context,
    @Input(() => inputs.WithdrawRequestInput) input: inputs.WithdrawRequestInput,
  ): RequestAnswer {
    return payload('request', await context.services.requests.withdraw(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, { description: 'Adds a note that only staff see.' })
  async noteRequest(@Ctx() context: Context, @Input(() => inputs.NoteRequestInput) input: inputs.NoteRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.note(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, { description: 'Asks the affiliate something; until the reply the request waits.' })
  async askAboutRequest(
    @Ctx() context: Context,
    @Input(() => inputs.AskAboutRequestInput) input: inputs.AskAboutRequestInput,
  ): RequestAnswer {
    return payload('request', await context.services.requests.ask(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, {
    description: 'Grants a request, with what follows from it: details changed, channel permitted, class given, product sent.',
  })
  async grantRequest(@Ctx() context: Context, @Input(() => inputs.GrantRequestInput) input: inputs.GrantRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.grant(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, { description: 'Refuses a request, with the reason.' })
  async refuseRequest(@Ctx() context: Context, @Input(() => inputs.RefuseRequestInput) input: inputs.RefuseRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.refuse(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, { description: 'Settles a request in words, where nothing else follows from it.' })
  async answerRequest(@Ctx() context: Context, @Input(() => inputs.AnswerRequestInput) input: inputs.AnswerRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.answer(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, { description: 'Hands a request to a member of staff, or takes it.' })
  async assignRequest(@Ctx() context: Context, @Input(() => inputs.AssignRequestInput) input: inputs.AssignRequestInput): RequestAnswer {
    return payload('request', await context.services.requests.assign(context, input));
  }

  @Access('request.answer')
  @Mutation(() => RequestPayload, { description: 'Puts a request back, for anybody of staff to take.' })
  async unassignRequest(
    @Ctx() context: Context,
    @Input(() => inputs.UnassignRequestInput) input: inputs.UnassignRequestInput,
  ): RequestAnswer {
    return payload('request', await context.services.requests.unassign(context, input));
  }

  @Access('setting.manage')
  @Mutation(() => SetRequestKindsPayload, {
    description: 'Says what affiliates may ask for in a program. At first all of which its terms know.',
  })
  async setRequestKinds(
    @Ctx() context: Context,
    @Input(() => inputs.SetRequestKindsInput) input: inputs.SetRequestKindsInput,
  ): Promise<Payload<'kinds', RequestKind[]>> {
    return payload('kinds', await context.services.requests.setKinds(context, input));
  }
}

@Resolver(() => RequestType)
export class RequestResolver {
  @Access('request.read', 'own.read')
  @Query(() => RequestType, { nullable: true, description: 'A request; null: there is none, or it is not for you to see.' })
  request(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id." }) id: string,
  ): Promise<Request | null> {
    return context.services.requests.find(context, program, id);
  }

  @Access('request.read', 'own.read')
  @Query(() => RequestConnection, { description: 'What affiliates ask of staff. An affiliate sees its own.' })
  requests(@Ctx() context: Context, @Args(() => inputs.RequestArgs) args: inputs.RequestArgs): Promise<Connection<Request>> {
    return context.services.requests.list(context, args, readPage(args, args.sort === 'changed' ? ['instant', 'id'] : ['id']));
  }

  @FieldResolver(() => String, { nullable: true })
  reference(@Root() { refId }: Request): string | null {
    return refId;
  }

  @FieldResolver(() => RequestedPayoutMethodType, { nullable: true })
  payoutMethod(@Root() { details }: Request): PaymentDetails | null {
    return details;
  }

  @FieldResolver(() => [RequestMessageType])
  async thread(@Root() request: Request, @Ctx() context: Context): Promise<RequestMessage[]> {
    const messages = await context.load(threadsOf).load(request);
    return context.viewer.kind === 'affiliate' ? messages.filter(({ kind }) => !INTERNAL.includes(kind)) : messages;
  }

  @FieldResolver(() => String, { nullable: true })
  async answer(@Root() request: Request, @Ctx() context: Context): Promise<string | null> {
    if (request.closedAt === null || request.state === 'withdrawn') return null;
    return (await context.load(threadsOf).load(request)).findLast(({ kind }) => kind === request.state)?.text ?? null;
  }

  @FieldResolver(() => EnrollmentType)
  async enrollment(@Root() request: Request, @Ctx() context: Context): Promise<Enrollment> {
    return (await context.load(enrollmentsByPair).load(request)) as Enrollment;
  }
}

/** What requests add to a program. */
@Resolver(() => ProgramType)
export class ProgramRequestsResolver {
  @Access('program.read', 'own.read')
  @FieldResolver(() => [RequestKindEnum], { description: 'What affiliates may ask of staff.' })
  requestKinds(@Root() program: Program, @Ctx() context: Context): Promise<RequestKind[]> {
    return context.services.requests.kindsOf(context, program);
  }
}

/** What requests add to a traffic source. */
@Resolver(() => TrafficSourceType)
export class SourceReviewResolver {
  @Access('request.read', 'own.read')
  @FieldResolver(() => RequestType, {
    nullable: true,
    description: 'The last review that was finished: granted where the source suits, with the advice. Null: there was none.',
  })
  review(@Root() source: TrafficSource, @Ctx() context: Context): Promise<Request | null> {
    return context.load(reviewsOf).load(source);
  }
}

/** What requests add to a case. */
@Resolver(() => CaseType)
export class CaseRequestResolver {
  @Access('request.read', 'own.read')
  @FieldResolver(() => RequestType, {
    nullable: true,
    description: 'What staff asked the affiliate about it, and the replies; null: nothing.',
  })
  request(@Root() found: Case, @Ctx() context: Context): Promise<Request | null> {
    return context.load(requestsAbout).load(found);
  }
}
