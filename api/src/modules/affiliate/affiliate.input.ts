import { Field, InputType, Int } from 'type-graphql';
import { Decimal, Instant } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'An affiliate of a program.' })
class EnrollmentInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The affiliate, by the caller's id." })
  affiliate!: string;
}

@InputType({ description: 'An affiliate of a program, and why.' })
class ReasonedInput extends EnrollmentInput {
  @Field(() => String, { description: 'Why. Kept with the act; the affiliate may read it.' })
  reason!: string;
}

@InputType({ description: 'Who joins a program.' })
class JoiningInput extends EnrollmentInput {
  @Field(() => String, { nullable: true, description: 'Where the affiliate is from, by ISO 3166-1 alpha-2.' })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The affiliate's own customer account at the merchant: its orders are self purchases.",
  })
  customer?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Name.' })
  name?: string | null;
}

@InputType({ description: 'An affiliate whom staff bring in, through all steps at once.' })
export class EnrollAffiliateInput extends JoiningInput {
  @Field(() => String, { nullable: true, description: "The affiliate's class; left out: the lowest of the terms." })
  class?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'When the affiliate joined, if not now: for those whom the program had before. Clicks and orders since then count.',
  })
  since?: number | null;
}

@InputType({ description: 'An application to a program.' })
export class ApplyToProgramInput extends JoiningInput {
  @Field(() => String, { nullable: true, description: 'What kind of partner it is, in its own words.' })
  kind?: string | null;

  @Field(() => [String], { nullable: true, description: 'Channels that the affiliate means to use.' })
  channels?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the terms that the affiliate read and accepts. It has to be the one in force.',
  })
  acceptedTerms?: number | null;
}

@InputType({ description: 'An application to approve.' })
export class ApproveApplicationInput extends EnrollmentInput {}

@InputType({ description: 'An application to reject.' })
export class RejectApplicationInput extends ReasonedInput {}

@InputType({ description: 'Whose contract was sent.' })
export class SendContractInput extends EnrollmentInput {}

@InputType({ description: 'Whose own act it is.' })
class OwnInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The affiliate, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;
}

@InputType({ description: 'Whose contract is signed.' })
export class SignContractInput extends OwnInput {
  @Field(() => String, { nullable: true, description: 'The hash of the contract that was read: another one is then not signed.' })
  hash?: string | null;
}

@InputType({ description: 'An enrollment to suspend.' })
export class SuspendEnrollmentInput extends ReasonedInput {}

@InputType({ description: 'An enrollment to take up again.' })
export class ReinstateEnrollmentInput extends EnrollmentInput {}

@InputType({ description: 'An enrollment to end.' })
export class TerminateEnrollmentInput extends ReasonedInput {}

@InputType({ description: 'A document that an affiliate accepts.' })
export class AcceptDocumentInput extends OwnInput {
  @Field(() => String, { description: 'Its name.' })
  document!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was read: another one is then not accepted. Left out: the one in force.',
  })
  version?: number | null;
}

@InputType({ description: 'A channel that an affiliate may use.' })
export class GrantPermissionInput extends EnrollmentInput {
  @Field(() => String, { description: 'The channel; case and punctuation do not matter.' })
  channel!: string;
}

@InputType({ description: 'A channel that an affiliate may use no longer.' })
export class RevokePermissionInput extends EnrollmentInput {
  @Field(() => String, { description: 'The channel; case and punctuation do not matter.' })
  channel!: string;
}

@InputType({ description: 'What scales the earnings of an affiliate from now on.' })
export class SetQualityFactorInput extends ReasonedInput {
  @Field(() => Decimal, { description: 'From 0 to 1.' })
  factor!: string;
}

@InputType({ description: 'A class that an affiliate asks for.' })
export class RequestClassInput extends OwnInput {
  @Field(() => String, { description: 'The class.' })
  class!: string;
}

@InputType({ description: 'An affiliate whose request for a class is approved.' })
export class ApproveClassInput extends EnrollmentInput {}

@InputType({ description: 'An affiliate whose request for a class is refused.' })
export class RefuseClassInput extends EnrollmentInput {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}
