import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access, Open } from '../../platform/graphql/access.ts';
import { type Connection, PageArgs, RecordArgs, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { FactorReset } from './factor-reset.service.ts';
import {
  DecideFactorResetInput,
  DisableStaffInput,
  EnableStaffInput,
  EndSessionInput,
  EndStaffSessionInput,
  InviteStaffInput,
  RequestFactorResetInput,
} from './staff.input.ts';
import type { Member, Session } from './staff.service.ts';
import {
  EndSessionPayload,
  FactorResetConnection,
  FactorResetPayload,
  FactorResetType,
  StaffMemberConnection,
  StaffMemberPayload,
  StaffMemberType,
  StaffSessionType,
} from './staff.type.ts';

@Resolver(() => StaffMemberType)
export class StaffResolver {
  @Access('staff.manage')
  @Query(() => StaffMemberConnection, { description: "The organization's members of staff, in the order in which they came." })
  staffMembers(@Ctx() context: Context, @Args(() => RecordArgs) args: RecordArgs): Promise<Connection<Member>> {
    return context.services.staff.list(context, args.id ?? null, readPage(args, ['id']));
  }

  @Access('staff.manage')
  @Mutation(() => StaffMemberPayload, {
    description: 'Invites somebody by e-mail; for somebody who was invited and has not accepted yet, sends another link.',
  })
  async inviteStaff(@Ctx() context: Context, @Input(() => InviteStaffInput) input: InviteStaffInput): Promise<Payload<'member', Member>> {
    return payload('member', await context.services.staff.invite(context, input));
  }

  @Access('staff.manage')
  @Mutation(() => StaffMemberPayload, {
    description: 'Keeps a member from signing in, and ends all of their sessions. Once more changes nothing.',
  })
  async disableStaff(
    @Ctx() context: Context,
    @Input(() => DisableStaffInput) { id }: DisableStaffInput,
  ): Promise<Payload<'member', Member>> {
    return payload('member', await context.services.staff.setDisabled(context, id, true));
  }

  @Access('staff.manage')
  @Mutation(() => StaffMemberPayload, { description: 'Lets a member sign in again.' })
  async enableStaff(@Ctx() context: Context, @Input(() => EnableStaffInput) { id }: EnableStaffInput): Promise<Payload<'member', Member>> {
    return payload('member', await context.services.staff.setDisabled(context, id, false));
  }

  @FieldResolver(() => [StaffSessionType])
  sessions(@Root() { id }: Member, @Ctx() context: Context): Promise<Session[]> {
    return context.services.staff.sessionsOf(context, id);
  }
}

@Resolver(() => StaffSessionType)
export class StaffSessionResolver {
  @Open()
  @Query(() => [StaffSessionType], { description: 'Where the one who asks is signed in, the last used first. For a token: nowhere.' })
  async sessions(@Ctx() context: Context): Promise<Session[]> {
    const { memberId } = context.viewer;
    return memberId === null ? [] : context.services.staff.sessionsOf(context, memberId);
  }

  @Open()
  @Mutation(() => EndSessionPayload, { description: 'Ends a session of one’s own.' })
  async endSession(@Ctx() context: Context, @Input(() => EndSessionInput) { id }: EndSessionInput): Promise<Payload<'session', Session>> {
    return payload('session', await context.services.staff.endSession(context, id, false));
  }

  @Access('staff.manage')
  @Mutation(() => EndSessionPayload, { description: 'Ends a session of any member of staff.' })
  async endStaffSession(
    @Ctx() context: Context,
    @Input(() => EndStaffSessionInput) { id }: EndStaffSessionInput,
  ): Promise<Payload<'session', Session>> {
    return payload('session', await context.services.staff.endSession(context, id, true));
  }

  @FieldResolver(() => Boolean)
  isThisOne(@Root() { id }: Session, @Ctx() { viewer }: Context): boolean {
    return id === viewer.sessionId;
  }
}

@Resolver(() => FactorResetType)
export class FactorResetResolver {
  @Access('staff.manage')
  @Query(() => FactorResetConnection, { description: 'Requests to remove a lost second factor, the newest first.' })
  factorResets(@Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<FactorReset>> {
    return context.services.factorResets.list(context, readPage(args, ['id']));
  }

  @Access('staff.manage')
  @Mutation(() => FactorResetPayload, { description: 'Asks to remove the second factor of a member who lost it.' })
  async requestFactorReset(
    @Ctx() context: Context,
    @Input(() => RequestFactorResetInput) input: RequestFactorResetInput,
  ): Promise<Payload<'request', FactorReset>> {
    return payload('request', await context.services.factorResets.request(context, input));
  }

  @Access('staff.manage')
  @Mutation(() => FactorResetPayload, {
    description: 'Removes the second factor that another admin asked to remove, and ends the sessions of the member; or turns it down.',
  })
  async decideFactorReset(
    @Ctx() context: Context,
    @Input(() => DecideFactorResetInput) input: DecideFactorResetInput,
  ): Promise<Payload<'request', FactorReset>> {
    return payload('request', await context.services.factorResets.decide(context, input));
  }

  @FieldResolver(() => StaffMemberType)
  async member(@Root() { memberId }: FactorReset, @Ctx() context: Context): Promise<Member> {
    return (await context.services.staff.find(context, memberId))!;
  }
}
