import { Field, ObjectType } from 'type-graphql';
import { Part } from '../../platform/graphql/access.ts';
import { Weighs, WHOLE_TEXT } from '../../platform/graphql/weight.ts';

@Part()
@ObjectType({ description: 'A fact that conditions of terms can test.' })
export class CatalogueFact {
  @Field(() => String, { description: 'Its name in conditions: `order.price`.' })
  path!: string;

  @Field(() => String, { description: 'The type of its values.' })
  type!: string;

  @Field(() => String, { description: 'Whose fact it is.' })
  level!: string;

  @Field(() => String, { description: 'What it tells.' })
  description!: string;

  @Field(() => String, { description: 'How a sentence names it.' })
  words!: string;

  @Field(() => [String], { nullable: true, description: 'All values it can have, where they are a closed set.' })
  values?: readonly string[];

  @Field(() => [String], { nullable: true, description: 'Values in common use.' })
  examples?: readonly string[];
}

@Part()
@ObjectType({ description: 'An operator of conditions.' })
export class CatalogueOperator {
  @Field(() => String, { description: 'Its name in conditions.' })
  name!: string;

  @Field(() => [String], { description: 'The types of facts that it tests.' })
  types!: readonly string[];

  @Field(() => String, { description: 'What it is followed by.' })
  operand!: string;

  @Field(() => String, { description: 'What it tests.' })
  description!: string;
}

@Part()
@ObjectType({ description: 'A place of the document that holds conditions.' })
export class CatalogueSection {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Where the conditions stand, with `*` for a position in a list.' })
  conditions!: string;

  @Field(() => [String], { description: 'Whose facts the conditions can test.' })
  levels!: readonly string[];

  @Field(() => String, { description: 'How its clauses work together: `first-wins` or `all-apply`.' })
  combines!: string;

  @Field(() => String, { description: 'What it decides.' })
  description!: string;
}

@Part()
@ObjectType({ description: 'A property of an object of the document.' })
export class CatalogueProperty {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What can stand there, in short; the JSON Schema has all of it.' })
  value!: string;

  @Field(() => Boolean, { description: 'Must it be there?' })
  required!: boolean;

  @Field(() => String, { description: 'What it says.' })
  description!: string;
}

@Part()
@ObjectType({ description: 'An object of the document.' })
export class CatalogueShape {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What it says.' })
  description!: string;

  @Field(() => Boolean, { description: 'Is it a kind of clause, which carries a rule with its source?' })
  clause!: boolean;

  @Field(() => [CatalogueProperty], { description: 'Its properties beside those that every clause has.' })
  properties!: readonly CatalogueProperty[];

  @Field(() => [[String]], { description: 'Groups of properties of which exactly one is there.' })
  oneOf!: readonly (readonly string[])[];
}

@Part()
@ObjectType({ description: 'All that a terms document can say, as data: for forms, completion and words.' })
export class TermsCatalogue {
  @Field(() => [CatalogueFact], { description: 'The facts that are known to every program.' })
  facts!: readonly CatalogueFact[];

  @Field(() => [CatalogueOperator], { description: 'The operators of conditions.' })
  operators!: readonly CatalogueOperator[];

  @Field(() => [CatalogueSection], { description: 'The places that hold conditions.' })
  sections!: readonly CatalogueSection[];

  @Field(() => [CatalogueShape], { description: 'The objects of the document; `Terms` is the whole.' })
  shapes!: readonly CatalogueShape[];

  @Weighs(WHOLE_TEXT)
  @Field(() => String, { description: 'The JSON Schema of the document, as JSON.' })
  jsonSchema!: string;

  @Field(() => [String], { description: 'Keys of the programs that come with the product.' })
  bundledPrograms!: readonly string[];
}
