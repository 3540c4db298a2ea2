import { formatDecimal } from '@tributary/shared/money';
import { Field, ObjectType } from 'type-graphql';
import { Part } from './access.ts';
import { Decimal } from './scalars.ts';

@Part()
@ObjectType({ description: 'An amount of money: a price, a payout.' })
export class Money {
  @Field(() => Decimal, { description: 'The exact amount, with the decimals of its currency.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217 code of the currency.' })
  currency!: string;
}

@Part()
@ObjectType({ description: "An amount of what a program pays in: money or points. Amounts of different units don't add." })
export class Amount {
  @Field(() => Decimal, { description: 'The exact amount, with the decimals of its unit.' })
  value!: string;

  @Field(() => String, { description: "ISO 4217 code of a currency, or the name of a program's points." })
  unit!: string;
}

/** Minor units as an amount of a unit with so many decimals. */
export function amountOf(minor: bigint, unit: string, exponent: number): Amount {
  return { value: formatDecimal(minor, exponent), unit };
}

/** Minor units as money of a currency with so many decimals. */
export function moneyOf(minor: bigint, currency: string, exponent: number): Money {
  return { amount: formatDecimal(minor, exponent), currency };
}
