import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Decimal, Instant, Percent } from '../../platform/graphql/scalars.ts';
import { AttributeInput } from '../intake/index.ts';

@InputType({ description: 'What the product feed says of a product.' })
export class ProductInput {
  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is called, up to 300 characters: by its words it is found.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "The store, by the caller's id." })
  store?: string | null;

  @Field(() => String, { nullable: true, description: 'The category.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: 'The kind, as the terms name kinds.' })
  kind?: string | null;

  @Field(() => Decimal, { nullable: true, description: "The price of one unit in the program's currency." })
  price?: string | null;

  @Field(() => Percent, { nullable: true, description: 'The rate that the seller sets.' })
  rate?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Can it be had? Left out: it can.' })
  available?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Does its store take part? Left out: it does.' })
  participates?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Its page.' })
  url?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'What only this program has of lines, as its terms declare it.' })
  attributes?: AttributeInput[] | null;

  @Field(() => Instant, { nullable: true, description: 'When the feed said so, if not now.' })
  occurredAt?: number | null;
}

@InputType({ description: 'A product of a program.' })
export class RecordProductInput extends ProductInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;
}

@InputType({ description: 'Products of a program, at most 1,000.' })
export class RecordProductsInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => [ProductInput], { description: 'The products, taken in this order.' })
  products!: ProductInput[];
}

@InputType({ description: 'A product to forbid.' })
export class ForbidProductInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The product, by the caller's id. The feed need not know it." })
  product!: string;
}

@InputType({ description: 'Whether affiliates may earn on their own orders.' })
export class SetSelfPurchaseInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => Boolean, { description: 'May they?' })
  allowed!: boolean;
}

@ArgsType()
export class ProductSearchArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'Words of the title, the id or the category, up to eight; the last one may be its beginning only.' })
  words!: string;

  @Field(() => String, { nullable: true, description: 'Of this category only.' })
  category?: string | null;
}
