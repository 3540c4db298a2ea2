import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A link to make.' })
export class CreateLinkInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The caller's id of the link." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Whose link, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;

  @Field(() => String, { description: 'Where visitors are sent: a page of the merchant.' })
  url!: string;

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
