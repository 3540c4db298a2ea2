import { ArgsType, Field, InputType, Int, registerEnumType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import type { CreativeKind } from './promotion.entity.ts';

export const CreativeKindEnum = { BANNER: 'banner', OFFER: 'offer' } as const;
registerEnumType(CreativeKindEnum, {
  name: 'CreativeKind',
  description: 'What a creative is.',
  valuesConfig: {
    BANNER: { description: 'A picture of a certain size.' },
    OFFER: { description: 'An offer, perhaps with a public code that customers type in.' },
  },
});

@InputType({ description: 'A banner or an offer for affiliates.' })
export class PublishCreativeInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => CreativeKindEnum, { description: 'What it is.' })
  kind!: CreativeKind;

  @Field(() => String, { description: 'What it says; of a banner also in place of the picture.' })
  title!: string;

  @Field(() => String, { description: 'Where it leads: a page that links of the program may lead to.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'The address of the picture. A banner has one.' })
  image?: string | null;

  @Field(() => Int, { nullable: true, description: 'The width of the picture. A banner has one.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'The height of the picture. A banner has one.' })
  height?: number | null;

  @Field(() => String, { nullable: true, description: 'The public code of an offer.' })
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'What else there is to know.' })
  details?: string | null;

  @Field(() => Instant, { nullable: true, description: 'From when on; left out: at once.' })
  validFrom?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Until when; left out: for good.' })
  validUntil?: number | null;

  @Field(() => String, { nullable: true, description: 'Whose alone it is, by the caller’s id; left out: everybody’s.' })
  affiliate?: string | null;
}

@InputType({ description: 'A creative that is not to be used any more.' })
export class WithdrawCreativeInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The creative, by the caller's id." })
  id!: string;
}

@InputType({ description: 'News for affiliates.' })
export class PublishNewsInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'What it is about.' })
  title!: string;

  @Field(() => String, { description: 'What there is to say, as text; an empty line parts paragraphs.' })
  body!: string;

  @Field(() => Boolean, { nullable: true, description: 'Does it go by mail, too, to whoever wants that? Left out: no.' })
  byMail?: boolean | null;
}

@InputType({ description: 'Whether news come by mail.' })
export class SetNewsletterInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => Boolean, { description: 'Do they?' })
  on!: boolean;
}

@InputType({ description: 'Whom an affiliate turns to.' })
export class SetAccountManagerInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The affiliate, by its id.' })
  affiliate!: string;

  @Field(() => String, { nullable: true, description: 'The name; null: nobody in particular any more.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address.' })
  email?: string | null;
}

@ArgsType()
export class CreativeArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => CreativeKindEnum, { nullable: true, description: 'Only of this kind.' })
  kind?: CreativeKind | null;

  @Field(() => Int, { nullable: true, description: 'Only of this width.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Only of this height.' })
  height?: number | null;
}

@ArgsType()
export class NewsArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;
}
