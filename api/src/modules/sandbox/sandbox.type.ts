import { Field, Int, ObjectType } from 'type-graphql';
import { Part } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

@Part()
@ObjectType('Sandbox', { description: 'An organization with a clock of its own, for trying programs.' })
export class SandboxType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => Instant, { description: 'Its business time.' })
  now!: number;
}

@Part()
@ObjectType({ description: 'A new sandbox with its first two tokens.' })
export class CreateSandboxPayload {
  @Field(() => SandboxType, { nullable: true, description: 'The sandbox; null if it was turned away.' })
  sandbox!: SandboxType | null;

  @Field(() => String, { nullable: true, description: "The secret of a staff token of the sandbox. It isn't shown again." })
  staffToken!: string | null;

  @Field(() => String, { nullable: true, description: "The secret of an integrator's token of the sandbox. It isn't shown again." })
  integratorToken!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A moved clock.' })
export class AdvanceClockPayload {
  @Field(() => Instant, { nullable: true, description: 'The business time after the move; null if it was turned away.' })
  now!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many things fell due on the way.' })
  done!: number | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
