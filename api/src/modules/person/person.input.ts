import { Field, InputType, Int, registerEnumType } from 'type-graphql';
import type { PersonRole } from './person.entity.ts';

export const PersonRoleEnum = { OWNER: 'owner', MEMBER: 'member' } as const;
registerEnumType(PersonRoleEnum, {
  name: 'PersonRole',
  description: 'What somebody is among the people of an affiliate.',
  valuesConfig: {
    OWNER: { description: 'Invites and removes others, and does all that members do.' },
    MEMBER: { description: 'Acts for the affiliate.' },
  },
});

@InputType({ description: 'Somebody signs up as an affiliate.' })
export class SignUpInput {
  @Field(() => String, { description: 'The id of the organization, as whoever runs the program tells it.' })
  organization!: string;

  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'E-mail address. It is confirmed by a code.' })
  email!: string;

  @Field(() => String, { description: 'Name of the person or company.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Where the affiliate is from, by ISO 3166-1 alpha-2. Some terms ask for it.' })
  country?: string | null;

  @Field(() => String, { nullable: true, description: 'What kind of partner it is, in its own words.' })
  kind?: string | null;

  @Field(() => [String], { nullable: true, description: 'Channels that the affiliate means to use.' })
  channels?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the terms that was read and is accepted. It has to be the one in force.',
  })
  acceptedTerms?: number | null;
}

@InputType({ description: 'Somebody lost the token.' })
export class RequestAccessInput {
  @Field(() => String, { description: 'The id of the organization.' })
  organization!: string;

  @Field(() => String, { description: 'The confirmed e-mail address.' })
  email!: string;
}

@InputType({ description: 'A code that came by mail.' })
export class ConfirmEmailInput {
  @Field(() => String, { description: 'The code.' })
  code!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'After a lost token: do the other tokens of this person live on? A lost one may be in wrong hands.',
  })
  keepOtherTokens!: boolean;
}

@InputType({ description: 'Somebody who is to act for an affiliate.' })
export class InvitePersonInput {
  @Field(() => String, { nullable: true, description: "The affiliate, by the caller's id; left out: the one whose token it is." })
  affiliate?: string | null;

  @Field(() => String, { description: 'E-mail address.' })
  email!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => PersonRoleEnum, { description: 'What the person may do.' })
  role!: PersonRole;
}

@InputType({ description: 'Somebody who is no longer to act for an affiliate.' })
export class RemovePersonInput {
  @Field(() => String, { description: 'The id of the person.' })
  id!: string;
}

@InputType({ description: 'Whether anybody may sign up to a program.' })
export class SetSignUpInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => Boolean, { description: 'Open to everybody?' })
  open!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The page to which mails lead, with the code behind a #; left out: mails hold the code alone.',
  })
  page?: string | null;
}
