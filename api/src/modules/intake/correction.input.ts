import type { ToldEventKind } from '@tributary/shared/facts';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { Decimal, Instant } from '../../platform/graphql/scalars.ts';
import { OrderEventKind, OrderInput } from './intake.input.ts';

export const AdjustmentKind = { ADJUSTMENT: 'adjustment', BONUS: 'bonus' } as const;
registerEnumType(AdjustmentKind, {
  name: 'AdjustmentKind',
  description: 'What an amount given or taken by staff is.',
  valuesConfig: {
    ADJUSTMENT: { description: 'Puts something right; may be negative.' },
    BONUS: { description: 'A reward beside commissions.' },
  },
});

@InputType({ description: 'The right content of an order that was recorded wrongly.' })
export class CorrectOrderInput extends OrderInput {
  @Field(() => String, { description: 'Key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The order, by any of its numbers.' })
  order!: string;

  @Field(() => String, { description: 'Why; kept with who did it.' })
  reason!: string;
}

@InputType({ description: 'An order that should not have been recorded.' })
export class VoidOrderInput {
  @Field(() => String, { description: 'Key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The order, by any of its numbers.' })
  order!: string;

  @Field(() => String, { description: 'Why; kept with who did it.' })
  reason!: string;
}

@InputType({ description: 'An event that was told wrongly.' })
export class UndoOrderEventInput {
  @Field(() => String, { description: 'Key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The order, by any of its numbers.' })
  order!: string;

  @Field(() => OrderEventKind, { description: 'Kind of the event. All events of the kind told so far are undone, unless one is named.' })
  kind!: ToldEventKind;

  @Field(() => String, { nullable: true, description: "The event, by the caller's id." })
  event?: string | null;

  @Field(() => String, { description: 'Why; kept with who did it.' })
  reason!: string;
}

@InputType({ description: 'Whom an order belongs to, whatever clicks and ties say.' })
export class AttributeOrderInput {
  @Field(() => String, { description: 'Key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The order, by any of its numbers.' })
  order!: string;

  @Field(() => String, { nullable: true, description: "The affiliate's id; null: nobody. It must be given." })
  affiliate?: string | null;

  @Field(() => String, { description: 'Why; kept with who did it.' })
  reason!: string;
}

@InputType({ description: 'An amount given to an affiliate, or taken.' })
export class PostAdjustmentInput {
  @Field(() => String, { description: 'Key of the program.' })
  program!: string;

  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => String, { description: "The affiliate's id." })
  affiliate!: string;

  @Field(() => AdjustmentKind, { description: 'What it is.' })
  kind!: 'adjustment' | 'bonus';

  @Field(() => Decimal, { description: "In the program's reward unit; negative: a deduction, which earnings settle." })
  amount!: string;

  @Field(() => String, { description: 'Why; kept with who did it.' })
  reason!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The entry of an adjustment or bonus that it takes back, with its sum the other way round. An entry is taken back once.',
  })
  reverses?: string | null;

  @Field(() => Instant, { nullable: true, description: 'From when on it can be used; left out: at once.' })
  usableFrom?: number | null;

  @Field(() => Instant, { nullable: true, description: 'When it ends; left out: never.' })
  expiresAt?: number | null;
}
