import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

@Part()
@ObjectType('BackTestClass', { description: 'What orders of one class earn by their terms, and by others.' })
export class BackTestClassType {
  @Field(() => String, {
    nullable: true,
    description: 'The class of the affiliates when the orders were placed; null: none, or nobody’s orders.',
  })
  class!: string | null;

  @Field(() => Int, { description: 'How many orders.' })
  orders!: number;

  @Field(() => Int, { description: 'How many of them would earn something else.' })
  changed!: number;

  @Field(() => Amount, { description: 'What they earn by the terms of their days.' })
  before!: Amount;

  @Field(() => Amount, { description: 'What they would earn.' })
  after!: Amount;
}

@Access('terms.publish')
@ObjectType('BackTest', { description: 'What terms would have done to a part of the orders of a period. Nothing is written.' })
export class BackTestType {
  @Field(() => [UserError], { description: 'What speaks against the terms; nothing is decided by such.' })
  problems!: UserError[];

  @Field(() => [BackTestClassType], { description: 'Sums of this part, class by class.' })
  classes!: BackTestClassType[];

  @Field(() => String, { nullable: true, description: 'Where the next part begins; null: this was the last.' })
  endCursor!: string | null;

  @Field(() => Int, { description: 'How many orders the whole period has. Counted only when asked for.' })
  total!: () => Promise<number>;
}
