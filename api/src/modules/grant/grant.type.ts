import { Field, ObjectType } from 'type-graphql';
import type { Role } from '../../access/index.ts';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { StaffRole } from '../identity/index.ts';
import { ProgramType } from '../program/index.ts';

@Access('staff.manage')
@ObjectType('RoleGrant', { description: 'A role that somebody of staff was given, in one program or in all.' })
export class RoleGrantType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The member who has it, by id.' })
  memberId!: string | null;

  @Field(() => String, { nullable: true, description: 'The token that has it, by id.' })
  tokenId!: string | null;

  @Field(() => StaffRole, { description: 'The role.' })
  role!: Role;

  @Field(() => ProgramType, { nullable: true, description: 'The program in which it holds; null: all.' })
  program!: ProgramType | null;

  @Field(() => Instant, { description: 'When it was granted, by the wall clock.' })
  grantedAt!: Date;

  @Field(() => String, { description: 'Who granted it.' })
  grantedBy!: string;

  @Field(() => Instant, { nullable: true, description: 'When it was revoked, by the wall clock; null: it holds.' })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who revoked it.' })
  revokedBy!: string | null;
}

export const RoleGrantConnection = connectionOf('RoleGrant', () => RoleGrantType);

@Part()
@ObjectType({ description: 'A granted role.' })
export class GrantRolePayload {
  @Field(() => RoleGrantType, { nullable: true, description: 'The grant; null if it was turned away.' })
  grant!: RoleGrantType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A revoked role.' })
export class RevokeRolePayload {
  @Field(() => RoleGrantType, { nullable: true, description: 'The grant; null if it was turned away.' })
  grant!: RoleGrantType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
