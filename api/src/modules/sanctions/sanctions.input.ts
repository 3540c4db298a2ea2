import { Field, InputType } from 'type-graphql';

@InputType({ description: 'What is said of a match.' })
export class SettleMatchInput {
  @Field(() => String, { description: 'The match, by its id.' })
  match!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A match with somebody else.' })
export class ClearSanctionsMatchInput extends SettleMatchInput {}

@InputType({ description: 'A match with who the list names.' })
export class ConfirmSanctionsMatchInput extends SettleMatchInput {}
