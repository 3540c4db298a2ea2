import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { AttributeType } from '../../platform/graphql/attribute.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.ts';
import { Instant, Percent } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';

@Access('program.read', 'own.read')
@ObjectType('Product', { description: 'A product, as the feed said last.' })
export class ProductType {
  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: "The store, by the caller's id." })
  store!: string | null;

  @Field(() => String, { nullable: true, description: 'The category.' })
  category!: string | null;

  @Field(() => String, { nullable: true, description: 'The kind, as the terms name kinds.' })
  kind!: string | null;

  @Field(() => Money, { nullable: true, description: 'The price of one unit.' })
  price!: Money | null;

  @Field(() => Percent, { nullable: true, description: 'The rate that the seller sets; what is earned follows from the terms.' })
  rate!: string | null;

  @Field(() => Boolean, { description: 'Can it be had?' })
  available!: boolean;

  @Field(() => Boolean, { description: 'Does its store take part?' })
  participates!: boolean;

  @Field(() => String, { nullable: true, description: 'Its page.' })
  url!: string | null;

  @Field(() => [AttributeType], { description: 'What only this program has of lines.' })
  attributes!: AttributeType[];

  @Field(() => Instant, { description: 'When the feed said so.' })
  seenAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'From when on staff forbid it: it earns nothing; null: they do not.' })
  forbiddenSince!: Date | null;
}

export const ProductConnection = connectionOf('Product', () => ProductType);

@Part()
@ObjectType({ description: 'What became of what the feed said.' })
export class RecordProductPayload {
  @Field(() => ProductType, { nullable: true, description: 'The product; null if it was turned away.' })
  product!: ProductType | null;

  @Field(() => Boolean, { description: 'It was known already, and nothing changed.' })
  repeated!: boolean;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'What became of one of many products.' })
export class RecordProductResult extends RecordProductPayload {
  @Field(() => Int, { description: 'Its place in the list that was sent, from 0.' })
  index!: number;
}

@Part()
@ObjectType({ description: 'What became of products that were told together. Each stands for itself.' })
export class RecordProductsPayload {
  @Field(() => [RecordProductResult], { description: 'One for each product, in the order sent.' })
  results!: RecordProductResult[];

  @Field(() => [UserError], { description: 'Why all were turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType('ForbiddenProduct', { description: 'A product that earns nothing.' })
export class ForbiddenProductType {
  @Field(() => String, { description: "The product, by the caller's id." })
  product!: string;

  @Field(() => Instant, { description: 'From when on.' })
  holdsFrom!: Date;

  @Field(() => String, { description: 'Who forbade it.' })
  setBy!: string;
}

@Part()
@ObjectType({ description: 'A product that staff forbade.' })
export class ForbidProductPayload {
  @Field(() => ForbiddenProductType, { nullable: true, description: 'What is forbidden; null if the act was turned away.' })
  forbiddenProduct!: ForbiddenProductType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType('SelfPurchase', { description: 'Whether affiliates may earn on their own orders.' })
export class SelfPurchaseType {
  @Field(() => Boolean, { description: 'May they?' })
  allowed!: boolean;

  @Field(() => Instant, { description: 'For orders placed from then on.' })
  holdsFrom!: Date;

  @Field(() => String, { description: 'Who decided.' })
  setBy!: string;
}

@Part()
@ObjectType({ description: 'What staff decided about own orders.' })
export class SetSelfPurchasePayload {
  @Field(() => SelfPurchaseType, { nullable: true, description: 'The decision; null if the act was turned away.' })
  selfPurchase!: SelfPurchaseType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
