import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { AttributeType, attributesOf } from '../../platform/graphql/attribute.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { Customer } from './referral.entity.ts';
import { CustomerArgs } from './referral.input.ts';
import { CustomerConnection, CustomerType } from './referral.type.ts';

@Resolver(() => CustomerType)
export class CustomerResolver {
  @Access('customer.read', 'own.read')
  @Query(() => CustomerConnection, { description: 'Customers, the last recorded first. An affiliate sees those tied to it.' })
  customers(@Ctx() context: Context, @Args(() => CustomerArgs) args: CustomerArgs): Promise<Connection<Customer>> {
    return context.services.customers.list(context, args, readPage(args, ['id']));
  }

  @Access('customer.read', 'own.read')
  @Query(() => CustomerType, { nullable: true, description: 'A customer; null: there is none, or none who is tied to you.' })
  customer(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id of the customer." }) id: string,
  ): Promise<Customer | null> {
    return context.services.customers.find(context, program, id);
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Customer, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType, { nullable: true })
  affiliate(@Root() { affiliateId }: Customer, @Ctx() context: Context): Promise<Affiliate | null> | null {
    return affiliateId === null ? null : context.load(affiliatesById).load(affiliateId);
  }

  @FieldResolver(() => String, { nullable: true })
  phone(@Root() customer: Customer, @Ctx() context: Context): Promise<string | null> | string | null {
    return context.viewer.kind === 'affiliate' ? context.services.customers.maskedPhone(context, customer) : customer.fullPhone;
  }

  @FieldResolver(() => String, { nullable: true })
  maskedPhone(@Root() customer: Customer, @Ctx() context: Context): Promise<string | null> {
    return context.services.customers.maskedPhone(context, customer);
  }

  @FieldResolver(() => Int)
  giftDays(@Root() customer: Customer, @Ctx() context: Context): Promise<number> {
    return context.services.customers.giftDays(context, customer);
  }

  @FieldResolver(() => [AttributeType])
  attributes(@Root() { attributeValues }: Customer): AttributeType[] {
    return attributesOf(attributeValues);
  }
}
