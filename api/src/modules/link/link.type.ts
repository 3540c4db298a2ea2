import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.ts';
import { Instant, Percent } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProductType } from '../product/index.ts';

@Part()
@ObjectType('LinkText', { description: 'A text to post with a link, in one language.' })
export class LinkTextType {
  @Field(() => String, { description: 'The language, such as `en`.' })
  language!: string;

  @Field(() => String, { description: 'What stands above.' })
  headline!: string;

  @Field(() => String, { description: 'The text, with the address of the link and the referral code in it.' })
  text!: string;
}

@Part()
@ObjectType('LinkVariant', { description: 'An address to publish.' })
export class LinkVariantType {
  @Field(() => String, { nullable: true, description: 'The address; null: it would not be followed.' })
  url!: string | null;

  @Field(() => String, { nullable: true, description: 'The rule under which it is refused.' })
  rule!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is refused.' })
  reason!: string | null;
}

@Access('affiliate.read', 'own.read')
@ObjectType('Link', { description: 'A destination that an affiliate sends visitors to.' })
export class LinkType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => AffiliateType, { description: 'Whose it is.' })
  affiliate!: AffiliateType;

  @Field(() => String, { description: 'Where visitors are sent.' })
  url!: string;

  @Field(() => String, { nullable: true, description: "The affiliate's own mark." })
  subId!: string | null;

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => String, { description: 'The code by which visitors reach it.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The code that its affiliate chose; null: none.' })
  vanity!: string | null;

  @Field(() => String, { description: 'The address to be published: visitors who follow it are sent on, and their click is recorded.' })
  trackingUrl!: string;

  @Field(() => Boolean, { description: 'Is it the one that the terms give to every affiliate?' })
  personal!: boolean;

  @Field(() => [LinkTextType], { description: 'Texts to post, one for each language of the program; none: the terms have none.' })
  texts!: LinkTextType[];

  @Field(() => String, { nullable: true, description: 'The kind of the product on the page; null: the feed does not know the page.' })
  kind!: string | null;

  @Field(() => Percent, {
    nullable: true,
    description: 'The rate to expect of the product, about; null: nothing is known, or it goes by more than the product.',
  })
  rate!: string | null;
}

@Part()
@ObjectType('LinkCheck', { description: 'What may be expected of a link to a page.' })
export class LinkCheckType {
  @Field(() => String, { description: 'The page.' })
  url!: string;

  @Field(() => Boolean, { description: 'Would it be taken as a link?' })
  accepted!: boolean;

  @Field(() => String, { nullable: true, description: 'The rule under which it would be refused.' })
  rule!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it would be refused.' })
  reason!: string | null;

  @Field(() => ProductType, { nullable: true, description: 'The product on the page; null: the feed does not know the page.' })
  product!: ProductType | null;

  @Field(() => ProductType, {
    nullable: true,
    description: 'What visitors are shown in its place, where it cannot be had or its store does not take part; null: nothing else.',
  })
  similar!: ProductType | null;

  @Field(() => String, { nullable: true, description: 'The kind of the product.' })
  kind!: string | null;

  @Field(() => Percent, {
    nullable: true,
    description: 'The rate to expect, about; null: nothing is known, or it goes by more than the product.',
  })
  rate!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the feed said so.' })
  seenAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many seconds ago that was.' })
  ageSeconds!: number | null;

  @Field(() => String, { description: 'What not to rely on.' })
  caveat!: string;
}

export const LinkConnection = connectionOf('Link', () => LinkType);

@ArgsType()
export class LinkArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "Whose links, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;
}

@Part()
@ObjectType({ description: 'A link with its code.' })
export class ChooseLinkCodePayload {
  @Field(() => LinkType, { nullable: true, description: 'The link; null if the code was turned away.' })
  link!: LinkType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A new link.' })
export class CreateLinkPayload {
  @Field(() => LinkType, { nullable: true, description: 'The link; null if it was turned away.' })
  link!: LinkType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
