import { Field, ObjectType } from 'type-graphql';
import { Part } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

@Part()
@ObjectType({ description: 'What is known of somebody.' })
export class ExportPersonalDataPayload {
  @Field(() => String, { nullable: true, description: 'All of it, as JSON text; null if it was turned away.' })
  document!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'What was erased of somebody.' })
export class ErasePersonalDataPayload {
  @Field(() => Instant, { nullable: true, description: 'When it was erased, by the wall clock; null if it was turned away.' })
  erasedAt!: Date | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
