import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { AttributeType } from '../../platform/graphql/attribute.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';

@Access('click.read', 'own.read')
@ObjectType('Click', { description: "A visitor followed an affiliate's link, poster, banner or tag." })
export class ClickType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => ProgramType, { description: 'The program that it is for.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'Whose link it was.' })
  affiliate!: AffiliateType;

  @Access('click.read')
  @Field(() => String, { nullable: true, description: 'The visitor, as the caller knows them.' })
  visitor!: string | null;

  @Field(() => Instant, { description: 'When the visitor clicked.' })
  at!: Date;

  @Field(() => Instant, { description: 'When it became known, in business time.' })
  toldAt!: Date;

  @Field(() => String, { nullable: true, description: 'The link that was followed, by the id it was made with.' })
  link?: string;

  @Field(() => String, { nullable: true, description: "Country of the visitor's address." })
  country?: string;

  @Field(() => String, { nullable: true, description: 'Kind of page that the link led to.' })
  page?: string;

  @Field(() => String, { nullable: true, description: 'Product whose page the link led to.' })
  product?: string;

  @Field(() => String, { nullable: true, description: 'Kind of page that was shown instead.' })
  shownPage?: string;

  @Field(() => String, { nullable: true, description: 'Product that was shown instead, since that of the link was gone.' })
  shownProduct?: string;

  @Field(() => String, { nullable: true, description: 'Store whose page the link led to.' })
  store?: string;

  @Field(() => String, { nullable: true, description: 'Address that the link led to.' })
  url?: string;

  @Field(() => String, { nullable: true, description: 'Channel in which the link stood.' })
  channel?: string;

  @Field(() => String, { nullable: true, description: 'Keyword of the advertisement.' })
  keyword?: string;

  @Field(() => String, { nullable: true, description: 'Address of the page on which the link stood.' })
  referrer?: string;

  @Field(() => String, { nullable: true, description: 'How the visitor came: a link, a poster, a banner.' })
  method?: string;

  @Field(() => String, { nullable: true, description: 'What the browser said that it fetched.' })
  fetchDest?: string;

  @Field(() => String, { nullable: true, description: "The affiliate's own mark." })
  subId?: string;

  @Field(() => String, {
    nullable: true,
    description:
      '`bot` or `prefetch`: a program followed the link, or a browser fetched the page ahead. Null: a person, as far as one can tell.',
  })
  automated?: string;

  @Field(() => [AttributeType], { description: 'Facts of the click that only this program has.' })
  attributes!: AttributeType[];

  @Field(() => Boolean, { description: 'Was the affiliate active in the program at that instant?' })
  active!: boolean;

  @Field(() => Boolean, { description: 'Did a permission for the channel stand at that instant?' })
  permitted!: boolean;

  @Field(() => Boolean, { description: 'Was the visitor sent on to the destination?' })
  redirect!: boolean;

  @Field(() => Boolean, { description: 'May orders be attributed to it?' })
  attributable!: boolean;

  @Field(() => [String], { description: 'Ids of the rules that keep it from being attributed, open a case or warn.' })
  because!: string[];

  @Field(() => String, { nullable: true, description: 'Address that the visitor was sent to, where it is known.' })
  destination!: string | null;
}

export const ClickConnection = connectionOf('Click', () => ClickType);
