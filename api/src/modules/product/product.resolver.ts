import { parseDecimal } from '@tributary/shared/money';
import { currencyExponent } from '@tributary/shared/terms';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { Access } from '../../platform/graphql/access.ts';
import { AttributeType, attributesOf } from '../../platform/graphql/attribute.ts';
import { type Connection, PageArgs, readPage } from '../../platform/graphql/connection.ts';
import { badUserInput } from '../../platform/graphql/errors.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Money, moneyOf } from '../../platform/graphql/money.ts';
import { Instant, Percent } from '../../platform/graphql/scalars.ts';
import { type Payload, payload, userError } from '../../platform/graphql/user-error.ts';
import type { ForbiddenProduct, Product, SelfPurchase } from './product.entity.ts';
import { ForbidProductInput, ProductSearchArgs, RecordProductInput, RecordProductsInput, SetSelfPurchaseInput } from './product.input.ts';
import { forbiddenSince } from './product.service.ts';
import {
  ForbidProductPayload,
  ProductConnection,
  ProductType,
  RecordProductPayload,
  RecordProductsPayload,
  SetSelfPurchasePayload,
} from './product.type.ts';
import type { RecordedProduct } from './record-products.ts';

const MOST_PRODUCTS = 1000;
const LONGEST_SEARCH = 200;

@ArgsType()
export class ProductArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;
}

@Resolver(() => ProductType)
export class ProductResolver {
  @Access('program.read', 'own.read')
  @Query(() => ProductType, { nullable: true, description: 'A product, as the feed said last; null: it never named it.' })
  product(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id." }) id: string,
  ): Promise<Product | null> {
    return context.services.products.find(context, program, id);
  }

  @Access('program.read', 'own.read')
  @Query(() => ProductConnection, { description: "A program's products, by the caller's id." })
  products(@Ctx() context: Context, @Args(() => ProductArgs) args: ProductArgs): Promise<Connection<Product>> {
    return context.services.products.list(context, args.program, readPage(args, ['text']));
  }

  @Access('program.read', 'own.read')
  @Query(() => ProductConnection, {
    description: 'Products that can be had and have all of the words, by the caller’s id. Of more than 2,000 hits 2,000 are listed.',
  })
  async searchProducts(@Ctx() context: Context, @Args(() => ProductSearchArgs) args: ProductSearchArgs): Promise<Connection<Product>> {
    if (args.words.length > LONGEST_SEARCH) throw badUserInput(`words has more than ${LONGEST_SEARCH} characters`);
    const found = await context.services.products.search(context, args, readPage(args, ['text']));
    if (found === undefined) throw badUserInput('The terms of this program have no search for products');
    return found;
  }

  @Access('fact.tell')
  @Mutation(() => RecordProductPayload, { description: 'Tells what the product feed says of a product now.' })
  async recordProduct(
    @Ctx() context: Context,
    @Input(() => RecordProductInput) { program, ...product }: RecordProductInput,
  ): Promise<RecordedProduct> {
    const results = await context.services.products.record(context, program, [product]);
    return Array.isArray(results) ? results[0]! : { product: null, repeated: false, userErrors: [results] };
  }

  @Access('fact.tell')
  @Mutation(() => RecordProductsPayload, { description: 'Tells what the product feed says of up to 1,000 products.' })
  async recordProducts(
    @Ctx() context: Context,
    @Input(() => RecordProductsInput) { program, products }: RecordProductsInput,
  ): Promise<object> {
    if (products.length > MOST_PRODUCTS) {
      const message = `At most ${MOST_PRODUCTS} are taken at once; these are ${products.length}.`;
      return { results: [], userErrors: [userError('INVALID', message, ['products'])] };
    }
    const results = await context.services.products.record(context, program, products);
    if (!Array.isArray(results)) return { results: [], userErrors: [results] };
    return { results: results.map((result, index) => ({ ...result, index })), userErrors: [] };
  }

  @Access('product.manage')
  @Mutation(() => ForbidProductPayload, { description: 'Forbids a product: lines with it earn nothing on orders placed from now on.' })
  async forbidProduct(
    @Ctx() context: Context,
    @Input(() => ForbidProductInput) { program, product }: ForbidProductInput,
  ): Promise<Payload<'forbiddenProduct', ForbiddenProduct>> {
    return payload('forbiddenProduct', await context.services.products.forbid(context, program, product));
  }

  @Access('product.manage')
  @Mutation(() => SetSelfPurchasePayload, { description: 'Lets affiliates earn on their own orders from now on, or no longer.' })
  async setSelfPurchase(
    @Ctx() context: Context,
    @Input(() => SetSelfPurchaseInput) { program, allowed }: SetSelfPurchaseInput,
  ): Promise<Payload<'selfPurchase', SelfPurchase>> {
    return payload('selfPurchase', await context.services.products.setSelfPurchase(context, program, allowed));
  }

  @FieldResolver(() => String, { nullable: true })
  title(@Root() { content }: Product): string | null {
    return content.title ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  store(@Root() { content }: Product): string | null {
    return content.store ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  category(@Root() { content }: Product): string | null {
    return content.category ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  kind(@Root() { content }: Product): string | null {
    return content.kind ?? null;
  }

  @FieldResolver(() => Money, { nullable: true })
  async price(@Root() { content, programId }: Product, @Ctx() context: Context): Promise<Money | null> {
    if (content.price === undefined) return null;
    const terms = await context.services.intake.termsOf(context.em, programId, context.viewer.organizationId);
    const { currency } = versionAt(terms, await context.now()).compiled.terms.program;
    const exponent = currencyExponent(currency);
    return moneyOf(parseDecimal(content.price, exponent) ?? 0n, currency, exponent);
  }

  @FieldResolver(() => Percent, { nullable: true })
  rate(@Root() { content }: Product): string | null {
    return content.rate ?? null;
  }

  @FieldResolver(() => Boolean)
  available(@Root() { content }: Product): boolean {
    return content.available;
  }

  @FieldResolver(() => Boolean)
  participates(@Root() { content }: Product): boolean {
    return content.participates;
  }

  @FieldResolver(() => String, { nullable: true })
  url(@Root() { content }: Product): string | null {
    return content.url ?? null;
  }

  @FieldResolver(() => [AttributeType])
  attributes(@Root() { content }: Product): AttributeType[] {
    return attributesOf(content.attributes);
  }

  @FieldResolver(() => Instant, { nullable: true })
  forbiddenSince(@Root() product: Product, @Ctx() context: Context): Promise<Date | null> {
    return context.load(forbiddenSince).load(product);
  }
}
