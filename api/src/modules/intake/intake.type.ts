import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

/** What every recording answers. */
@Access('staff', 'integrator')
@ObjectType({ description: 'What became of a fact that was told.' })
export class RecordFactPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Our id of what the fact is about; null when it was turned away, or is an event of an order that is waited for.',
  })
  id!: string | null;

  @Field(() => Boolean, { description: 'It was known already, and nothing changed.' })
  repeated!: boolean;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Access('staff', 'integrator')
@ObjectType({ description: 'What became of one of many facts.' })
export class RecordFactResult extends RecordFactPayload {
  @Field(() => Int, { description: 'Its place in the list that was sent, from 0.' })
  index!: number;
}

@Access('staff', 'integrator')
@ObjectType({ description: 'What became of facts that were told together. Each stands for itself.' })
export class RecordFactsPayload {
  @Field(() => [RecordFactResult], { description: 'One for each fact, in the order sent.' })
  results!: RecordFactResult[];

  @Field(() => [UserError], { description: 'Why all were turned away.' })
  userErrors!: UserError[];
}

@Access('staff')
@ObjectType({ description: 'What became of a correction.' })
export class CorrectionPayload {
  @Field(() => String, { nullable: true, description: 'Our id of the order or the adjustment.' })
  id!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
