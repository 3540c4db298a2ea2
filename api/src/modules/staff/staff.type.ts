import { Field, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

@Access('staff.manage')
@ObjectType('StaffMember', { description: 'A person of the staff, who may sign in.' })
export class StaffMemberType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => String, { description: 'With this the member signs in.' })
  email!: string;

  @Field(() => Boolean, { description: 'Was the invitation accepted: is there a password or a company account?' })
  accepted!: boolean;

  @Field(() => Boolean, { description: 'Is a code asked for beside the password?' })
  hasSecondFactor!: boolean;

  @Field(() => Instant, { description: 'When the member was invited, by the wall clock.' })
  createdAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'Since when the member may not sign in, by the wall clock.' })
  disabledAt!: Date | null;

  @Field(() => [StaffSessionType], { description: 'Where the member is signed in, the last used first; at most 100.' })
  sessions!: StaffSessionType[];
}

@Part()
@ObjectType('StaffSession', { description: 'A browser in which a member of staff is signed in.' })
export class StaffSessionType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => Boolean, { description: 'Is it the session that asks?' })
  isThisOne!: boolean;

  @Field(() => Instant, { description: 'When it was signed in, by the wall clock.' })
  startedAt!: Date;

  @Field(() => Instant, { description: 'When it was last used, by the wall clock, to about a minute.' })
  usedAt!: Date;

  @Field(() => Instant, { description: 'When it ends if it is not used again, by the wall clock.' })
  endsAt!: Date;

  @Field(() => String, { nullable: true, description: 'The network address that signed in.' })
  address!: string | null;

  @Field(() => String, { nullable: true, description: 'What the browser calls itself.' })
  device!: string | null;
}

@Access('staff.manage')
@ObjectType('FactorReset', { description: 'A request to remove a lost second factor: one admin asks, another decides.' })
export class FactorResetType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => StaffMemberType, { description: 'Who lost it.' })
  member!: StaffMemberType;

  @Field(() => String, { description: 'How it was made sure that it is this member who asks.' })
  reason!: string;

  @Field(() => String, { description: 'The name of the admin who asked.' })
  askedBy!: string;

  @Field(() => Instant, { description: 'When, by the wall clock.' })
  askedAt!: Date;

  @Field(() => String, { nullable: true, description: 'The name of the admin who decided.' })
  decidedBy!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When, by the wall clock.' })
  decidedAt!: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Was it removed? Null: it is not decided yet.' })
  confirmed!: boolean | null;
}

export const StaffMemberConnection = connectionOf('StaffMember', () => StaffMemberType);
export const FactorResetConnection = connectionOf('FactorReset', () => FactorResetType);

@Part()
@ObjectType({ description: 'A member of staff after an act.' })
export class StaffMemberPayload {
  @Field(() => StaffMemberType, { nullable: true, description: 'The member; null if it was turned away.' })
  member!: StaffMemberType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A session that ended.' })
export class EndSessionPayload {
  @Field(() => StaffSessionType, { nullable: true, description: 'The session; null if it was turned away.' })
  session!: StaffSessionType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A request to remove a second factor, after an act.' })
export class FactorResetPayload {
  @Field(() => FactorResetType, { nullable: true, description: 'The request; null if it was turned away.' })
  request!: FactorResetType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
