import { ArgsType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

/** In the schema in capitals, in code and the database in small letters. */
export const AuditOutcome = { DONE: 'done', REFUSED: 'refused' } as const;
registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'What became of an act.',
  valuesConfig: { DONE: { description: 'It was done.' }, REFUSED: { description: 'It was turned away, and nothing changed.' } },
});

@Access('audit.read')
@ObjectType('AuditEntry', { description: 'An act of staff. Entries are never changed; each is sealed by the hash of the one before.' })
export class AuditEntryType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "Its place in the organization's log, from 1, without gaps." })
  number!: string;

  @Field(() => Instant, { description: 'When, by the wall clock.' })
  at!: Date;

  @Field(() => Instant, { description: 'When, in business time.' })
  businessAt!: Date;

  @Field(() => String, { nullable: true, description: 'Who, by id: a member of staff, or a token that acts for itself.' })
  actorId!: string | null;

  @Field(() => String, { description: 'Who, by name.' })
  actor!: string;

  @Field(() => String, { description: 'What: the name of the mutation, or of another act such as `exportAuditLog`.' })
  act!: string;

  @Field(() => String, { nullable: true, description: 'The key of the program that it was about.' })
  program!: string | null;

  @Field(() => String, { description: "What it was about, by callers' ids, as JSON." })
  subject!: string;

  @Field(() => AuditOutcome, { description: 'What became of it.' })
  outcome!: string;

  @Field(() => [String], { description: 'Why it was refused: codes of the errors.' })
  codes!: string[];

  @Field(() => String, { nullable: true, description: 'The reason that was given.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'What was asked for, as JSON. A long text, such as terms, stands as its hash.' })
  asked!: string | null;

  @Field(() => String, { nullable: true, description: 'What changed: how it was, as JSON.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'What changed: how it is since, as JSON.' })
  after!: string | null;

  @Field(() => String, { nullable: true, description: 'The address that it came from.' })
  address!: string | null;

  @Field(() => String, { nullable: true, description: 'What it came from, by its own words.' })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: 'The request, as the log of the server names it.' })
  requestId!: string | null;

  @Field(() => String, { description: 'Its seal, in hexadecimal. Kept elsewhere, it shows later that nothing before it was changed.' })
  hash!: string;
}

export const AuditEntryConnection = connectionOf('AuditEntry', () => AuditEntryType);

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this member or token only, by id.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this act only, by its name.' })
  act?: string | null;

  @Field(() => String, { nullable: true, description: 'About this only, by a caller’s id: an affiliate, an order, a withdrawal, ...' })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: 'About this program only, by its key.' })
  program?: string | null;

  @Field(() => AuditOutcome, { nullable: true, description: 'What became of it.' })
  outcome?: string | null;

  @Field(() => Instant, { nullable: true, description: 'From this instant on, by the wall clock.' })
  from?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Before this instant, by the wall clock.' })
  to?: number | null;
}
