import { Field, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import type { PostbackKey } from './postback.entity.ts';

@Access('token.manage')
@ObjectType('PostbackKey', { description: 'What a shop signs its postbacks with.' })
export class PostbackKeyType {
  @Field(() => String, { description: 'What postbacks name it by.' })
  id!: string;

  @Field(() => String, { description: 'Who signs with it; for people.' })
  name!: string;

  @Field(() => Instant, { description: 'When it was made, by the wall clock.' })
  madeAt!: Date;

  @Field(() => String, { description: 'Who made it.' })
  madeBy!: string;

  @Field(() => Instant, { nullable: true, description: 'From when on it counts no more, by the wall clock.' })
  revokedAt!: Date | null;
}

export const PostbackKeyConnection = connectionOf('PostbackKey', () => PostbackKeyType);

@Part()
@ObjectType({ description: 'A new key for postbacks.' })
export class CreatePostbackKeyPayload {
  @Field(() => PostbackKeyType, { nullable: true, description: 'The key; null if it was turned away.' })
  postbackKey!: PostbackKey | null;

  @Field(() => String, { nullable: true, description: "Its secret. It isn't shown again." })
  secret!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A key for postbacks that counts no more.' })
export class RevokePostbackKeyPayload {
  @Field(() => PostbackKeyType, { nullable: true, description: 'The key; null if it was turned away.' })
  postbackKey!: PostbackKey | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
