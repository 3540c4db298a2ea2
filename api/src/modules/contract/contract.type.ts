import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { Weighs, WHOLE_TEXT } from '../../platform/graphql/weight.ts';

@Access('enrollment.read', 'own.read')
@ObjectType('Contract', { description: 'What was sent to an affiliate to be signed. Its words never change.' })
export class ContractType {
  @Field(() => Int, { description: 'The number of the version of the terms that it is on.' })
  termsVersion!: number;

  @Weighs(WHOLE_TEXT)
  @Field(() => String, { description: 'Its words. As a PDF: `GET /contracts/<program>`.' })
  text!: string;

  @Field(() => String, { description: 'SHA-256 of the words as UTF-8, in hexadecimal digits.' })
  hash!: string;

  @Field(() => Instant, { description: 'When it was sent.' })
  sentAt!: Date;

  @Access('actor.read')
  @Field(() => String, { description: 'Who sent it.' })
  sentBy!: string;

  @Field(() => Instant, { nullable: true, description: 'When it was signed; null: not yet.' })
  signedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'By which token or member of staff.' })
  signedBy!: string | null;
}
