import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context, LoaderDefinition } from '../../context.ts';
import { Access, withAccess } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Enrollment, EnrollmentType } from '../affiliate/index.ts';
import type { Link } from '../link/index.ts';
import { programsById } from '../program/index.ts';
import { managersByPair, setAccountManager } from './manager.ts';
import type { AccountManager, Creative, NewsItem } from './promotion.entity.ts';
import {
  CreativeArgs,
  NewsArgs,
  PublishCreativeInput,
  PublishNewsInput,
  SetAccountManagerInput,
  SetNewsletterInput,
  WithdrawCreativeInput,
} from './promotion.input.ts';
import {
  AccountManagerType,
  CreativeConnection,
  CreativeType,
  NewsItemConnection,
  PublishCreativePayload,
  PublishNewsPayload,
  SetAccountManagerPayload,
  SetNewsletterPayload,
  WithdrawCreativePayload,
} from './promotion.type.ts';
import { snippet, trackedUrl } from './snippet.ts';

const LINK = 'The link, by the caller’s id.';

@Resolver(() => CreativeType)
export class CreativeResolver {
  @Access('program.read', 'own.read')
  @Query(() => CreativeConnection, { description: 'Banners and offers, the newest first. Affiliates see what they can use now.' })
  creatives(@Ctx() context: Context, @Args(() => CreativeArgs) args: CreativeArgs): Promise<Connection<Creative>> {
    return context.services.creatives.list(context, args, readPage(args, ['id']));
  }

  @Access('promotion.manage')
  @Mutation(() => PublishCreativePayload, { description: 'Gives affiliates a banner or an offer.' })
  async publishCreative(
    @Ctx() context: Context,
    @Input(() => PublishCreativeInput) input: PublishCreativeInput,
  ): Promise<Payload<'creative', Creative>> {
    return payload('creative', await context.services.creatives.publish(context, input));
  }

  @Access('promotion.manage')
  @Mutation(() => WithdrawCreativePayload, { description: 'Takes a banner or an offer back. Links with it lead on.' })
  async withdrawCreative(
    @Ctx() context: Context,
    @Input(() => WithdrawCreativeInput) { program, id }: WithdrawCreativeInput,
  ): Promise<Payload<'creative', Creative>> {
    return payload('creative', await context.services.creatives.withdraw(context, program, id));
  }

  @FieldResolver(() => String, { nullable: true })
  async trackedUrl(
    @Root() creative: Creative,
    @Ctx() context: Context,
    @Arg('link', () => String, { description: LINK }) link: string,
  ): Promise<string | null> {
    const found = await linkOf(context, creative, link);
    return found === null ? null : trackedUrl(context.services.signIn.publicUrl(), found.code, creative);
  }

  @FieldResolver(() => String, { nullable: true })
  async html(
    @Root() creative: Creative,
    @Ctx() context: Context,
    @Arg('link', () => String, { description: LINK }) link: string,
  ): Promise<string | null> {
    const address = await this.trackedUrl(creative, context, link);
    return address === null ? null : snippet(address, creative);
  }
}

/** Snippets of a whole page of creatives are of one link: it is looked for once. */
const linksByName: LoaderDefinition<{ programId: string; link: string }, Link | null> = {
  keyOf: ({ programId, link }) => `${programId} ${link}`,
  read: (context, names) =>
    Promise.all(
      names.map(async ({ programId, link }) => {
        const { key } = await context.load(programsById).load(programId);
        return context.services.links.find(withAccess(context, ['affiliate.read', 'own.read']), key, link);
      }),
    ),
};

function linkOf(context: Context, { programId }: Creative, link: string): Promise<Link | null> {
  return context.load(linksByName).load({ programId, link });
}

@Resolver()
export class NewsResolver {
  @Access('program.read', 'own.read')
  @Query(() => NewsItemConnection, { description: 'News of a program, the newest first.' })
  news(@Ctx() context: Context, @Args(() => NewsArgs) args: NewsArgs): Promise<Connection<NewsItem>> {
    return context.services.news.list(context, args.program, readPage(args, ['id']));
  }

  @Access('promotion.manage')
  @Mutation(() => PublishNewsPayload, { description: 'Tells affiliates news, and by mail those who want that.' })
  async publishNews(
    @Ctx() context: Context,
    @Input(() => PublishNewsInput) input: PublishNewsInput,
  ): Promise<Payload<'newsItem', NewsItem>> {
    return payload('newsItem', await context.services.news.publish(context, input));
  }

  @Access('own.ask')
  @Mutation(() => SetNewsletterPayload, { description: 'Says whether news of a program come by mail, to the person whose token it is.' })
  async setNewsletter(
    @Ctx() context: Context,
    @Input(() => SetNewsletterInput) { program, on }: SetNewsletterInput,
  ): Promise<Payload<'on', boolean>> {
    return payload('on', await context.services.news.setNewsletter(context, program, on));
  }
}

/** What promotion adds to an enrollment. */
@Resolver(() => EnrollmentType)
export class EnrollmentPromotionResolver {
  @Access('affiliate.read', 'own.read')
  @FieldResolver(() => AccountManagerType, { nullable: true, description: 'Whom the affiliate turns to; null: nobody in particular.' })
  accountManager(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<AccountManager | null> {
    return context.load(managersByPair).load(enrollment);
  }

  @Access('affiliate.read', 'own.read')
  @FieldResolver(() => Boolean, { description: 'Does the person who asks get news of the program by mail?' })
  hasNewsletter(@Root() { programId }: Enrollment, @Ctx() context: Context): Promise<boolean> {
    return context.services.news.hasNewsletter(context, programId);
  }

  @Access('promotion.manage')
  @Mutation(() => SetAccountManagerPayload, { description: 'Says whom an affiliate turns to.' })
  async setAccountManager(
    @Ctx() context: Context,
    @Input(() => SetAccountManagerInput) input: SetAccountManagerInput,
  ): Promise<Payload<'accountManager', AccountManager | null>> {
    return payload('accountManager', await setAccountManager(context, input));
  }
}
