import { Field, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { TokenType } from '../identity/index.ts';
import type { PersonRole } from './person.entity.ts';
import { PersonRoleEnum } from './person.input.ts';

@Access('person.read', 'own.read')
@ObjectType('Person', { description: 'Somebody who acts for an affiliate, with own tokens.' })
export class PersonType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => String, { description: 'The e-mail address.' })
  email!: string;

  @Field(() => PersonRoleEnum, { description: 'What the person may do.' })
  role!: PersonRole;

  @Field(() => Instant, { description: 'When the person signed up or was invited, by the wall clock.' })
  createdAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When the address was confirmed, by the wall clock; null: not yet.' })
  confirmedAt!: Date | null;

  @Field(() => [TokenType], { description: "The person's tokens that live, newest first. Members see their own only." })
  tokens!: TokenType[];
}

@Part()
@ObjectType({ description: 'What became of a request whose answer comes by mail.' })
export class MailedPayload {
  @Field(() => Boolean, { description: 'Was it taken? The same for every address: the mail tells the rest.' })
  accepted!: boolean;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'What a code opened.' })
export class ConfirmEmailPayload {
  @Field(() => String, { nullable: true, description: "The secret of a new token to act for the affiliate. It isn't shown again." })
  secret!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the token ends, by the wall clock.' })
  expiresAt!: Date | null;

  @Field(() => String, { nullable: true, description: "The affiliate's id, by which it is named in the API." })
  affiliate!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'An invited person.' })
export class InvitePersonPayload {
  @Field(() => String, { nullable: true, description: 'The id of the person; null if the act was turned away.' })
  id!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A removed person.' })
export class RemovePersonPayload {
  @Field(() => String, { nullable: true, description: 'The id of the person; null if the act was turned away.' })
  id!: string | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'Whether anybody may sign up to a program.' })
export class SetSignUpPayload {
  @Field(() => Boolean, { nullable: true, description: 'Open to everybody? Null if the act was turned away.' })
  open!: boolean | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
