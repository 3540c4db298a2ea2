import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { actorOf } from '../approval/index.ts';
import type { SavedView } from './view.service.ts';
import { RemoveViewInput, RemoveViewPayload, SavedViewType, SaveViewInput, SaveViewPayload } from './view.type.ts';

/** Everybody of staff has one of these two. */
@Resolver(() => SavedViewType)
export class ViewResolver {
  @Access('actor.read', 'terms.publish')
  @Query(() => [SavedViewType], { description: 'Views of a list of the back office: one’s own, and those that are shared.' })
  savedViews(
    @Ctx() context: Context,
    @Arg('list', () => String, { description: 'The name of its page.' }) list: string,
  ): Promise<SavedView[]> {
    return context.services.views.list(context, list);
  }

  @Access('actor.read', 'terms.publish')
  @Mutation(() => SaveViewPayload, { description: 'Keeps a list of the back office as it is filtered, under a name.' })
  async saveView(@Ctx() context: Context, @Input(() => SaveViewInput) input: SaveViewInput): Promise<Payload<'view', SavedView>> {
    return payload('view', await context.services.views.save(context, input));
  }

  @Access('actor.read', 'terms.publish')
  @Mutation(() => RemoveViewPayload, { description: 'Removes a view of one’s own; who manages staff removes shared ones of others, too.' })
  async removeView(@Ctx() context: Context, @Input(() => RemoveViewInput) input: RemoveViewInput): Promise<Payload<'id', string>> {
    return payload('id', await context.services.views.remove(context, input));
  }

  @FieldResolver(() => Boolean)
  isOwn(@Root() { ownerId }: SavedView, @Ctx() context: Context): boolean {
    return ownerId === actorOf(context);
  }
}
