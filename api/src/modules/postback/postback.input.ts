import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';

@InputType({ description: 'A key for postbacks to make.' })
export class CreatePostbackKeyInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'Who signs with it; for people.' })
  name!: string;
}

@InputType({ description: 'A key for postbacks that counts no more.' })
export class RevokePostbackKeyInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The key’s id.' })
  key!: string;
}

@ArgsType()
export class PostbackKeyArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;
}
