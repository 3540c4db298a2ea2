import { LINK_USES, type LinkUse } from '@tributary/shared/tracking';
import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';

export const LinkUseEnum = Object.fromEntries(LINK_USES.map((use) => [use.toUpperCase(), use]));
registerEnumType(LinkUseEnum, {
  name: 'LinkUse',
  description: 'As what a link is shown to whoever follows it.',
  valuesConfig: {
    LINK: { description: 'A plain link.' },
    QR: { description: 'A QR code, on a poster or a screen.' },
    BANNER: { description: 'A banner.' },
    COUPON: { description: 'Beside a coupon.' },
    TAG: { description: 'Made by the publisher tag.' },
  },
});

@ArgsType()
export class LinkVariantArgs {
  @Field(() => String, { nullable: true, description: "Another page of the merchant than the link's own." })
  to?: string | null;

  @Field(() => String, { nullable: true, description: "The affiliate's own mark, in place of the link's; up to 200 characters." })
  subId?: string | null;

  @Field(() => String, { nullable: true, description: 'The channel in which it is published; up to 100 characters.' })
  channel?: string | null;

  @Field(() => LinkUseEnum, { nullable: true, description: 'As what it is shown; left out: as a plain link.' })
  use?: LinkUse | null;
}

@InputType({ description: 'Whose personal link to make.' })
export class CreatePersonalLinkInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "Whose, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;
}

@InputType({ description: 'A link to make.' })
export class CreateLinkInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The caller's id of the link." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Whose link, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;

  @Field(() => String, { nullable: true, description: 'Where visitors are sent: a page of the merchant. This or `product`.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: "The product to whose page visitors are sent, by the caller's id. This or `url`." })
  product?: string | null;

  @Field(() => String, { nullable: true, description: "The affiliate's own mark, kept apart in reports." })
  subId?: string | null;
}

@InputType({ description: 'A code that an affiliate wants for a link.' })
export class ChooseLinkCodeInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The link, by the caller's id." })
  link!: string;

  @Field(() => String, { nullable: true, description: "Whose link, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;

  @Field(() => String, { description: 'From 3 to 40 letters from a to z, digits, and single dashes between them.' })
  code!: string;
}
