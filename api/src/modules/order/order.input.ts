import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { CommissionStatus, OrderSort } from './order.words.ts';

@ArgsType()
export class OrderArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Only those attributed to this affiliate, by the caller's id." })
  affiliate?: string | null;

  @Field(() => String, { nullable: true, description: "Only of this customer, by the caller's id. Needs `program`." })
  customer?: string | null;

  @Field(() => CommissionStatus, { nullable: true, description: 'Only those whose commission has this status now.' })
  status?: CommissionStatus | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that are attributed to somebody, or only the others.' })
  attributed?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those with a refund that does not fit: of an item that is not on it, or of more than there was; or only the others.',
  })
  misfit?: boolean | null;

  @Field(() => Instant, { nullable: true, description: 'Only those placed at that instant or later.' })
  from?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Only those placed before that instant.' })
  to?: number | null;

  @Field(() => OrderSort, { defaultValue: OrderSort.RECORDED, description: 'By what they are sorted.' })
  sort!: 'recorded' | 'placed';

  @Field(() => Boolean, { defaultValue: true, description: 'The last first.' })
  descending!: boolean;
}
