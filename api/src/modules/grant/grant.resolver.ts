import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { RoleGrant } from './grant.entity.ts';
import { GrantRoleInput, RevokeRoleInput, RoleGrantArgs } from './grant.input.ts';
import { GrantRolePayload, RevokeRolePayload, RoleGrantConnection, RoleGrantType } from './grant.type.ts';

@Resolver(() => RoleGrantType)
export class GrantResolver {
  @Access('staff.manage')
  @Query(() => RoleGrantConnection, { description: 'Roles that were granted in the organization, the newest first.' })
  roleGrants(@Ctx() context: Context, @Args(() => RoleGrantArgs) args: RoleGrantArgs): Promise<Connection<RoleGrant>> {
    return context.services.grants.list(context, args, readPage(args, ['id']));
  }

  @Access('staff.manage')
  @Mutation(() => GrantRolePayload, { description: 'Grants a role to a member or a token of staff. It holds at once.' })
  async grantRole(@Ctx() context: Context, @Input(() => GrantRoleInput) input: GrantRoleInput): Promise<Payload<'grant', RoleGrant>> {
    return payload('grant', await context.services.grants.grant(context, input));
  }

  @Access('staff.manage')
  @Mutation(() => RevokeRolePayload, { description: 'Revokes a role. The last admin of a live organization stays one.' })
  async revokeRole(@Ctx() context: Context, @Input(() => RevokeRoleInput) input: RevokeRoleInput): Promise<Payload<'grant', RoleGrant>> {
    return payload('grant', await context.services.grants.revoke(context, input.grant));
  }

  @FieldResolver(() => ProgramType, { nullable: true })
  program(@Root() { programId }: RoleGrant, @Ctx() context: Context): Promise<Program> | null {
    return programId === null ? null : context.load(programsById).load(programId);
  }
}
