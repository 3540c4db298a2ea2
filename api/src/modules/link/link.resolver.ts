import type { PromotionText } from '@tributary/shared/terms';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Percent } from '../../platform/graphql/scalars.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Affiliate, AffiliateType, affiliatesById, type Enrollment, EnrollmentType } from '../affiliate/index.ts';
import type { Link } from './link.entity.ts';
import { ChooseLinkCodeInput, CreateLinkInput, CreatePersonalLinkInput, LinkVariantArgs } from './link.input.ts';
import { personalLinks } from './link.loader.ts';
import type { LinkCheck, LinkVariantAnswer } from './link.service.ts';
import {
  ChooseLinkCodePayload,
  CreateLinkPayload,
  LinkArgs,
  LinkCheckType,
  LinkConnection,
  LinkTextType,
  LinkType,
  LinkVariantType,
} from './link.type.ts';

@Resolver(() => LinkType)
export class LinkResolver {
  @Access('affiliate.apply', 'own.ask')
  @Mutation(() => CreateLinkPayload, { description: 'Makes a link of an active affiliate to a page of the merchant.' })
  async createLink(@Ctx() context: Context, @Input(() => CreateLinkInput) input: CreateLinkInput): Promise<Payload<'link', Link>> {
    return payload('link', await context.services.links.create(context, input));
  }

  @Access('affiliate.apply', 'own.ask')
  @Mutation(() => CreateLinkPayload, {
    description: 'Makes the link that the terms give to every affiliate, for one that was active before they did. There is one.',
  })
  async createPersonalLink(
    @Ctx() context: Context,
    @Input(() => CreatePersonalLinkInput) input: CreatePersonalLinkInput,
  ): Promise<Payload<'link', Link>> {
    return payload('link', await context.services.links.createPersonal(context, input));
  }

  @Access('affiliate.apply', 'own.ask')
  @Mutation(() => ChooseLinkCodePayload, { description: 'Gives a link a code that its affiliate chose. It is no other link’s ever after.' })
  async chooseLinkCode(
    @Ctx() context: Context,
    @Input(() => ChooseLinkCodeInput) input: ChooseLinkCodeInput,
  ): Promise<Payload<'link', Link>> {
    return payload('link', await context.services.links.chooseCode(context, input));
  }

  @Access('affiliate.read', 'own.read')
  @Query(() => LinkType, { nullable: true, description: 'A link; null: there is none, or it is not for you to see.' })
  link(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id." }) id: string,
  ): Promise<Link | null> {
    return context.services.links.find(context, program, id);
  }

  @Access('enrollment.read', 'own.read')
  @Query(() => LinkConnection, { description: "An affiliate's links, the newest first." })
  links(@Ctx() context: Context, @Args(() => LinkArgs) args: LinkArgs): Promise<Connection<Link>> {
    return context.services.links.list(context, args, readPage(args, ['id']));
  }

  @Access('program.read', 'own.read')
  @Query(() => LinkCheckType, { nullable: true, description: 'What may be expected of a link to a page; null: there is no such program.' })
  checkLink(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('url', () => String, { description: 'The page.' }) url: string,
  ): Promise<LinkCheck | null> {
    return context.services.links.check(context, program, url);
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: Link, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }

  @FieldResolver(() => String)
  trackingUrl(@Root() link: Link, @Ctx() context: Context): string {
    return context.services.links.trackingUrl(context, link);
  }

  @FieldResolver(() => LinkVariantType, { description: 'The address to publish for a page, a mark, a channel and a way of showing it.' })
  variant(@Root() link: Link, @Ctx() context: Context, @Args(() => LinkVariantArgs) args: LinkVariantArgs): Promise<LinkVariantAnswer> {
    return context.services.links.variant(context, link, args);
  }

  @FieldResolver(() => [LinkTextType])
  async texts(@Root() link: Link, @Ctx() context: Context): Promise<readonly PromotionText[]> {
    return (await context.services.links.promotionOf(context, link)).texts;
  }

  @FieldResolver(() => String, { nullable: true })
  async kind(@Root() link: Link, @Ctx() context: Context): Promise<string | null> {
    return (await context.services.links.rateOf(context, link)).kind;
  }

  @FieldResolver(() => Percent, { nullable: true })
  async rate(@Root() link: Link, @Ctx() context: Context): Promise<string | null> {
    return (await context.services.links.rateOf(context, link)).rate;
  }
}

/** What links add to an enrollment. */
@Resolver(() => EnrollmentType)
export class EnrollmentLinksResolver {
  @FieldResolver(() => LinkType, {
    nullable: true,
    description: 'The link that the terms give to every affiliate from becoming active on; null: none was made.',
  })
  personalLink(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<Link | null> {
    return context.load(personalLinks).load(enrollment);
  }

  @FieldResolver(() => String, { description: 'What customers name on orders and registrations, where the terms go by such a code.' })
  async referralCode(@Root() { affiliateId }: Enrollment, @Ctx() context: Context): Promise<string> {
    return ((await context.load(affiliatesById).load(affiliateId)) as Affiliate).externalId;
  }
}
