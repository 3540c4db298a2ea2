import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ALL_PERMISSIONS, holdsSomewhere, programsWith, type Role } from '../../access/index.ts';
import type { Context, LoaderDefinition, Viewer } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { Access, Open } from '../../platform/graphql/access.ts';
import { type Connection, PageArgs, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { Token } from './identity.entity.ts';
import { CreateTokenInput, RevokeTokenInput, RotateTokenInput, StaffRole } from './identity.input.ts';
import { externalIdsOf } from './identity.service.ts';
import {
  CreateTokenPayload,
  HeldPermissionType,
  OrganizationType,
  RevokeTokenPayload,
  RotateTokenPayload,
  TokenConnection,
  TokenType,
  ViewerType,
} from './identity.type.ts';

/** The caller's own id of an affiliate, by ours. */
const externalIds: LoaderDefinition<string, string | null> = {
  read: async ({ em }, ids) => {
    const found = await externalIdsOf(em, ids);
    return ids.map((id) => found.get(id) ?? null);
  },
};

const programKeys: LoaderDefinition<string, string> = {
  async read({ em }, ids) {
    const found = await rows<{ id: string; key: string }>(em, 'select id, key from program where id = any($1::uuid[])', [ids]);
    const keys = new Map(found.map(({ id, key }) => [id, key]));
    return ids.map((id) => keys.get(id) ?? new Error(`There is no program ${id}`));
  },
};

const sorted = (keys: readonly (string | Error)[]) => keys.map(String).sort();

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Open()
  @Query(() => ViewerType, { description: 'Who asks.' })
  viewer(@Ctx() context: Context): Viewer {
    return context.viewer;
  }

  @FieldResolver(() => String, { nullable: true })
  affiliate(@Root() viewer: Viewer, @Ctx() context: Context): Promise<string | null> | null {
    return viewer.affiliateId === null ? null : context.load(externalIds).load(viewer.affiliateId);
  }

  @FieldResolver(() => [HeldPermissionType])
  permissions(@Root() { grants }: Viewer, @Ctx() context: Context): Promise<HeldPermissionType[]> {
    const held = ALL_PERMISSIONS.filter((permission) => holdsSomewhere(grants, [permission]));
    return Promise.all(
      held.map(async (permission) => {
        const ids = programsWith(grants, [permission]);
        return { permission, programs: ids === undefined ? null : await context.load(programKeys).loadMany(ids).then(sorted) };
      }),
    );
  }

  @FieldResolver(() => Boolean)
  needsSecondFactor(@Root() viewer: Viewer): boolean {
    return viewer.needsSecondFactor ?? false;
  }

  @FieldResolver(() => OrganizationType)
  async organization(@Root() viewer: Viewer, @Ctx() { em, services }: Context): Promise<OrganizationType> {
    const { id, name, kind } = await services.organizations.find(em, viewer.organizationId);
    return { id, name, isSandbox: kind === 'sandbox' };
  }

  @FieldResolver(() => [OrganizationType])
  async places(@Root() viewer: Viewer, @Ctx() { em, services }: Context): Promise<OrganizationType[]> {
    const places = await services.organizations.places(em, viewer.organizationId, viewer.sessionId !== null);
    return places.map(({ id, name, kind }) => ({ id, name, isSandbox: kind === 'sandbox' }));
  }
}

interface Limits {
  readonly roles: Role[];
  readonly programs: string[] | null;
}

/** What tokens are limited to, by our id. */
const limitsOfTokens: LoaderDefinition<string, Limits> = {
  async read({ em }, ids) {
    const found = await rows<Limits & { id: string }>(
      em,
      `select t.id, array(select distinct g.role from staff_grant g where g.token_id = t.id and g.revoked_at is null order by 1) as roles,
         coalesce(
           (select array_agg(p.key order by p.key) from program p where p.id = any(t.program_ids)),
           (select array_agg(distinct p.key order by p.key) from staff_grant g join program p on p.id = g.program_id where g.token_id = t.id and g.revoked_at is null)
         ) as programs
       from api_token t where t.id = any($1::uuid[])`,
      [ids],
    );
    const byId = new Map(found.map((limits) => [limits.id, limits]));
    return ids.map((id) => byId.get(id) ?? { roles: [], programs: null });
  },
};

@Resolver(() => TokenType)
export class TokenResolver {
  @FieldResolver(() => [StaffRole])
  async roles(@Root() { id }: Token, @Ctx() context: Context): Promise<Role[]> {
    return (await context.load(limitsOfTokens).load(id)).roles;
  }

  @FieldResolver(() => [String], { nullable: true })
  async programs(@Root() { id }: Token, @Ctx() context: Context): Promise<string[] | null> {
    return (await context.load(limitsOfTokens).load(id)).programs;
  }

  @Access('token.manage')
  @Query(() => TokenConnection, { description: "The organization's tokens, newest first." })
  tokens(@Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<Token>> {
    return context.services.tokens.list(context, readPage(args, ['id']));
  }

  @Access('token.manage')
  @Mutation(() => CreateTokenPayload, { description: 'Makes a token and shows its secret, once.' })
  async createToken(@Ctx() context: Context, @Input(() => CreateTokenInput) input: CreateTokenInput): Promise<CreateTokenPayload> {
    const { value, errors = [] } = await context.services.tokens.create(context, input);
    return { token: value?.token ?? null, secret: value?.secret ?? null, userErrors: errors };
  }

  @Open()
  @Mutation(() => RotateTokenPayload, { description: 'Makes a new token in place of one that goes on for a while and then dies.' })
  async rotateToken(@Ctx() context: Context, @Input(() => RotateTokenInput) input: RotateTokenInput): Promise<RotateTokenPayload> {
    const { value, errors = [] } = await context.services.tokens.rotate(context, input);
    return { token: value?.token ?? null, secret: value?.secret ?? null, replaced: value?.replaced ?? null, userErrors: errors };
  }

  @Open()
  @Mutation(() => RevokeTokenPayload, { description: 'Makes a token worthless, for ever.' })
  async revokeToken(@Ctx() context: Context, @Input(() => RevokeTokenInput) input: RevokeTokenInput): Promise<Payload<'token', Token>> {
    return payload('token', await context.services.tokens.revoke(context, input.id));
  }
}
