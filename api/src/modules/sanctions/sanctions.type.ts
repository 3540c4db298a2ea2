import { ArgsType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf, RecordArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';

export const MatchStatusEnum = { HELD: 'held', CLEARED: 'cleared', CONFIRMED: 'confirmed' } as const;
registerEnumType(MatchStatusEnum, {
  name: 'SanctionsMatchStatus',
  description: 'What became of a match with a sanctions list.',
  valuesConfig: {
    HELD: { description: 'Waits for staff; nothing is paid meanwhile.' },
    CLEARED: { description: 'It is somebody else, until the entry changes.' },
    CONFIRMED: { description: 'It is who the list names: nothing is ever paid.' },
  },
});

export const MatchKindEnum = { EXACT: 'exact', NEAR: 'near' } as const;
registerEnumType(MatchKindEnum, {
  name: 'SanctionsMatchKind',
  description: 'How near a name is.',
  valuesConfig: {
    EXACT: { description: 'Word for word, in any order.' },
    NEAR: { description: 'Nearly, and no country speaks against it.' },
  },
});

@Access('sanction.manage')
@ObjectType('SanctionsList', { description: 'A version of a sanctions list that was taken in.' })
export class SanctionsListType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The name of the list.' })
  list!: string;

  @Field(() => String, { description: 'The format that it was in.' })
  format!: string;

  @Field(() => String, { description: 'SHA-256 of the file.' })
  hash!: string;

  @Field(() => Int, { description: 'How many entries it has.' })
  entries!: number;

  @Field(() => [String], { description: 'Countries in it by names that are not known, the first 50.' })
  unknownCountries!: readonly string[];

  @Field(() => Int, { description: 'How many entries name such a country: these are compared whatever the country is.' })
  unplaced!: number;

  @Field(() => Instant, { description: 'When it was taken in.' })
  importedAt!: Date;

  @Field(() => String, { description: 'Who took it in.' })
  importedBy!: string;
}

@Access('sanction.manage')
@ObjectType('SanctionsMatch', { description: 'An affiliate who may be an entry of a sanctions list.' })
export class SanctionsMatchType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => AffiliateType, { description: 'Who.' })
  affiliate!: AffiliateType;

  @Field(() => String, { description: 'The list.' })
  list!: string;

  @Field(() => String, { description: 'The entry, by the publisher’s own reference.' })
  entry!: string;

  @Field(() => String, { description: 'The name on the list.' })
  listedName!: string;

  @Field(() => MatchKindEnum, { description: 'How near the affiliate’s is.' })
  kind!: string;

  @Field(() => MatchStatusEnum, { description: 'What became of it.' })
  status!: string;

  @Field(() => Instant, { description: 'When it was found.' })
  foundAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When it was settled; null: it is held.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who settled it.' })
  decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was settled so.' })
  reason!: string | null;
}

export const SanctionsListConnection = connectionOf('SanctionsList', () => SanctionsListType);
export const SanctionsMatchConnection = connectionOf('SanctionsMatch', () => SanctionsMatchType);

@ArgsType()
export class SanctionsMatchArgs extends RecordArgs {
  @Field(() => MatchStatusEnum, { nullable: true, description: 'What became of them.' })
  status?: 'held' | 'cleared' | 'confirmed' | null;
}

@Part()
@ObjectType({ description: 'A settled match.' })
export class SanctionsMatchPayload {
  @Field(() => SanctionsMatchType, { nullable: true, description: 'The match; null if the act was turned away.' })
  match!: SanctionsMatchType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
