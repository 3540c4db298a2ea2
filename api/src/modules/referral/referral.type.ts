import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { AttributeType } from '../../platform/graphql/attribute.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';

/** In the schema in capitals, in code and the database in small letters. */
export const TieMeans = { CODE: 'code', CLICK: 'click' } as const;
registerEnumType(TieMeans, {
  name: 'TieMeans',
  description: 'What tied a customer to an affiliate.',
  valuesConfig: {
    CODE: { description: 'A referral code, entered at registration.' },
    CLICK: { description: "A click on the affiliate's link before the registration." },
  },
});

@Access('customer.read', 'own.read')
@ObjectType('Customer', { description: 'Somebody who buys from the merchant.' })
export class CustomerType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => ProgramType, { description: 'The program in which the customer is known.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { nullable: true, description: 'To whom the customer is tied; null: to nobody. A tie never moves.' })
  affiliate!: AffiliateType | null;

  @Field(() => Instant, { nullable: true, description: 'From when on the tie holds.' })
  tiedAt!: Date | null;

  @Field(() => TieMeans, { nullable: true, description: 'What made the tie.' })
  tiedBy!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the customer registered; null: no registration is known.' })
  registeredAt!: Date | null;

  @Access('customer.read')
  @Field(() => Instant, { nullable: true, description: 'When the registration became known, in business time.' })
  toldAt!: Date | null;

  @Access('customer.read')
  @Field(() => String, { nullable: true, description: 'The visitor who registered, as the caller knows them.' })
  visitor!: string | null;

  @Access('customer.read')
  @Field(() => String, { nullable: true, description: 'The code that was entered at registration.' })
  referralCode!: string | null;

  @Field(() => String, { nullable: true, description: 'The phone number; affiliates see it masked, as the terms say.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'The phone number as affiliates see it.' })
  maskedPhone!: string | null;

  @Field(() => Int, { description: 'Days of the gift that a referred customer gets; 0: none.' })
  giftDays!: number;

  @Field(() => [AttributeType], { description: 'Facts of the customer that only this program has.' })
  attributes!: AttributeType[];

  @Field(() => Int, {
    nullable: true,
    description: "Place in the order in which the affiliate's customers first paid; null: none, or no payment stands any more.",
  })
  place!: number | null;

  @Field(() => Int, { description: 'How many orders of the customer hold the place: their payment stands.' })
  standing!: number;
}

export const CustomerConnection = connectionOf('Customer', () => CustomerType);
