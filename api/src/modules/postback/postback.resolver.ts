import { Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { PostbackKey } from './postback.entity.ts';
import { CreatePostbackKeyInput, PostbackKeyArgs, RevokePostbackKeyInput } from './postback.input.ts';
import { CreatePostbackKeyPayload, PostbackKeyConnection, RevokePostbackKeyPayload } from './postback.type.ts';

@Resolver()
export class PostbackResolver {
  @Access('token.manage')
  @Query(() => PostbackKeyConnection, { description: 'Keys that postbacks of a program are signed with, the newest first.' })
  postbackKeys(@Ctx() context: Context, @Args(() => PostbackKeyArgs) args: PostbackKeyArgs): Promise<Connection<PostbackKey>> {
    return context.services.postbacks.list(context, args.program, readPage(args, ['id']));
  }

  @Access('token.manage')
  @Mutation(() => CreatePostbackKeyPayload, { description: 'Makes a key for postbacks and shows its secret, once.' })
  async createPostbackKey(
    @Ctx() context: Context,
    @Input(() => CreatePostbackKeyInput) input: CreatePostbackKeyInput,
  ): Promise<CreatePostbackKeyPayload> {
    const { value, errors = [] } = await context.services.postbacks.createKey(context, input);
    return { postbackKey: value?.postbackKey ?? null, secret: value?.secret ?? null, userErrors: errors };
  }

  @Access('token.manage')
  @Mutation(() => RevokePostbackKeyPayload, { description: 'Makes a key for postbacks worthless, for ever.' })
  async revokePostbackKey(
    @Ctx() context: Context,
    @Input(() => RevokePostbackKeyInput) input: RevokePostbackKeyInput,
  ): Promise<Payload<'postbackKey', PostbackKey>> {
    return payload('postbackKey', await context.services.postbacks.revokeKey(context, input));
  }
}
