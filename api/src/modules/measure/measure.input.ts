import type { ClassMeasure } from '@tributary/shared/terms';
import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { ClassMeasureEnum } from '../affiliate/index.ts';

@ArgsType()
export class MeasuredOrderArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The affiliate, by the caller's id; left out: the affiliate whose token it is." })
  affiliate?: string | null;

  @Field(() => ClassMeasureEnum, { nullable: true, description: 'Which measure; left out: the one by which the program’s classes go.' })
  measure?: ClassMeasure | null;
}
