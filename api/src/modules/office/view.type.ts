import { Field, InputType, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import type { SavedView } from './view.service.ts';

@Access('actor.read', 'terms.publish')
@ObjectType('SavedView', { description: 'A list of the back office as somebody filtered it.' })
export class SavedViewType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'Which list: the name of its page.' })
  list!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'What stands behind the ? of the address.' })
  search!: string;

  @Field(() => Boolean, { description: 'Do all of staff see it?' })
  isShared!: boolean;

  @Field(() => Boolean, { description: 'Is it one’s own?' })
  isOwn!: boolean;

  @Field(() => String, { description: 'Who saved it.' })
  owner!: string;
}

@InputType({ description: 'A view to keep.' })
export class SaveViewInput {
  @Field(() => String, { description: 'Which list: the name of its page, such as `withdrawals`.' })
  list!: string;

  @Field(() => String, { description: 'What to call it. A view of one’s own by that name is replaced.' })
  name!: string;

  @Field(() => String, { description: 'What stands behind the ? of the address.' })
  search!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Do all of staff see it?' })
  isShared!: boolean;
}

@InputType({ description: 'A view to remove.' })
export class RemoveViewInput {
  @Field(() => String, { description: 'Its id.' })
  id!: string;
}

@Part()
@ObjectType({ description: 'A view that was kept.' })
export class SaveViewPayload {
  @Field(() => SavedViewType, { nullable: true, description: 'The view; null if it was turned away.' })
  view!: SavedView | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A view that was removed.' })
export class RemoveViewPayload {
  @Field(() => String, { nullable: true, description: 'Its id; null if the act was turned away.' })
  id!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
