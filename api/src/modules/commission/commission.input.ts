import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { CommissionStatus, OrderSort } from '../order/index.ts';

@ArgsType()
export class CommissionArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Only of this affiliate, by the caller's id." })
  affiliate?: string | null;

  @Field(() => CommissionStatus, { nullable: true, description: 'Only those that have this status now.' })
  status?: CommissionStatus | null;

  @Field(() => Instant, { nullable: true, description: 'Only of orders placed at that instant or later.' })
  from?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Only of orders placed before that instant.' })
  to?: number | null;

  @Field(() => OrderSort, { defaultValue: OrderSort.RECORDED, description: 'By what they are sorted.' })
  sort!: 'recorded' | 'placed';

  @Field(() => Boolean, { defaultValue: true, description: 'The last first.' })
  descending!: boolean;
}
