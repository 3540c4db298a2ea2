import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A person: a customer of a program, or an affiliate with all its people.' })
class PersonalDataInput {
  @Field(() => String, { nullable: true, description: "The affiliate, by the caller's id." })
  affiliate?: string | null;

  @Field(() => String, { nullable: true, description: "The customer, by the caller's id. Needs `program`." })
  customer?: string | null;

  @Field(() => String, { nullable: true, description: 'The key of the program; for a customer only.' })
  program?: string | null;

  @Field(() => String, { description: 'Why: who asked for it, and when. It is kept, so name nobody in it.' })
  reason!: string;
}

@InputType({ description: 'Whose data to show.' })
export class ExportPersonalDataInput extends PersonalDataInput {}

@InputType({ description: 'Whose data to erase.' })
export class ErasePersonalDataInput extends PersonalDataInput {}
