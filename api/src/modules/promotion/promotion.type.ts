import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { LONG_TEXT, PARAGRAPHS, Weighs } from '../../platform/graphql/weight.ts';
import type { AccountManager, Creative, NewsItem } from './promotion.entity.ts';
import { CreativeKindEnum } from './promotion.input.ts';

@Access('program.read', 'own.read')
@ObjectType('Creative', { description: 'A banner, or an offer with a public code.' })
export class CreativeType {
  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => CreativeKindEnum, { description: 'What it is.' })
  kind!: string;

  @Field(() => String, { description: 'What it says.' })
  title!: string;

  @Field(() => String, { description: 'Where it leads.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'The address of the picture.' })
  image!: string | null;

  @Field(() => Int, { nullable: true, description: 'The width of the picture.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'The height of the picture.' })
  height!: number | null;

  @Field(() => String, { nullable: true, description: 'The public code, which customers type in.' })
  code!: string | null;

  @Weighs(PARAGRAPHS)
  @Field(() => String, { nullable: true, description: 'What else there is to know.' })
  details!: string | null;

  @Field(() => Instant, { nullable: true, description: 'From when on; null: from the beginning.' })
  validFrom!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Until when; null: for good.' })
  validUntil!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was withdrawn; null: it was not.' })
  withdrawnAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The tracked address, by one of the affiliate’s own links; null: there is no such link.',
  })
  trackedUrl!: string | null;

  @Field(() => String, { nullable: true, description: 'HTML to be put into a page, with that address; null: there is no such link.' })
  html!: string | null;
}

export const CreativeConnection = connectionOf('Creative', () => CreativeType);

@Access('program.read', 'own.read')
@ObjectType('NewsItem', { description: 'News of a program.' })
export class NewsItemType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'What it is about.' })
  title!: string;

  @Weighs(LONG_TEXT)
  @Field(() => String, { description: 'What there is to say, as text.' })
  body!: string;

  @Field(() => Instant, { description: 'When it was published.' })
  publishedAt!: Date;
}

export const NewsItemConnection = connectionOf('NewsItem', () => NewsItemType);

@Access('affiliate.read', 'own.read')
@ObjectType('AccountManager', { description: 'Whom an affiliate turns to.' })
export class AccountManagerType {
  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address.' })
  email!: string | null;
}

@Part()
@ObjectType({ description: 'A creative that was published.' })
export class PublishCreativePayload {
  @Field(() => CreativeType, { nullable: true, description: 'The creative; null if it was turned away.' })
  creative!: Creative | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A creative that was withdrawn.' })
export class WithdrawCreativePayload {
  @Field(() => CreativeType, { nullable: true, description: 'The creative; null if the act was turned away.' })
  creative!: Creative | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'News that were published.' })
export class PublishNewsPayload {
  @Field(() => NewsItemType, { nullable: true, description: 'The news; null if they were turned away.' })
  newsItem!: NewsItem | null;

  @Field(() => [UserError], { description: 'Why they were turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'Whether news come by mail.' })
export class SetNewsletterPayload {
  @Field(() => Boolean, { nullable: true, description: 'Do they? Null if the act was turned away.' })
  on!: boolean | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'Whom an affiliate turns to from now on.' })
export class SetAccountManagerPayload {
  @Field(() => AccountManagerType, { nullable: true, description: 'Who; null: nobody, or the act was turned away.' })
  accountManager!: AccountManager | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
