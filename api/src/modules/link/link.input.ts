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
