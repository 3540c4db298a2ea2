import { ArgsType, Field, InputType } from 'type-graphql';
import type { Role } from '../../access/index.ts';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { StaffRole } from '../identity/index.ts';

@InputType({ description: 'A role to grant, to a member of staff or to a token of staff.' })
export class GrantRoleInput {
  @Field(() => String, { nullable: true, description: 'The member, by id. A token of theirs does no more than they may.' })
  member?: string | null;

  @Field(() => String, { nullable: true, description: 'Instead of a member: the token, by id.' })
  token?: string | null;

  @Field(() => StaffRole, { description: 'The role. Nobody gives one that they do not have.' })
  role!: Role;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the program in which it holds. Left out: in all, those to come included.',
  })
  program?: string | null;
}

@InputType({ description: 'A granted role to revoke.' })
export class RevokeRoleInput {
  @Field(() => String, { description: 'The id of the grant.' })
  grant!: string;
}

@ArgsType()
export class RoleGrantArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this member only.' })
  member?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this token only.' })
  token?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Those that were revoked, too.' })
  revoked!: boolean;
}
