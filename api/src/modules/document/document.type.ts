import type { DocumentBlock } from '@tributary/shared/people';
import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { Weighs, WHOLE_TEXT } from '../../platform/graphql/weight.ts';
import { EnrollmentType } from '../affiliate/index.ts';
import type { DocumentKind } from './document.entity.ts';
import { DocumentBlockEnum, DocumentKindEnum } from './document.enums.ts';

@Access('program.read', 'own.read')
@ObjectType('DocumentVersion', { description: 'A published version of a document of a program. It never changes.' })
export class DocumentVersionType {
  @Field(() => String, { description: 'By which the document is known in the program.' })
  name!: string;

  @Field(() => Int, { description: 'Counts from 1.' })
  number!: number;

  @Field(() => DocumentKindEnum, { description: 'What it is.' })
  kind!: DocumentKind;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => [String], { description: 'Countries of the affiliates whom it concerns; none: all.' })
  regions!: string[];

  @Weighs(WHOLE_TEXT)
  @Field(() => String, { description: 'All of its words.' })
  text!: string;

  @Field(() => String, { description: 'SHA-256 of the words as UTF-8, in hexadecimal digits.' })
  hash!: string;

  @Field(() => Instant, { description: 'From when on it is the version to read.' })
  holdsFrom!: number;

  @Field(() => Instant, { nullable: true, description: 'From when on it or a later one has to be accepted; null: it asks for nothing.' })
  acceptFrom!: number | null;

  @Field(() => [DocumentBlockEnum], { description: 'What waits until it is accepted.' })
  blocks!: DocumentBlock[];

  @Field(() => Instant, { description: 'When it was published.' })
  publishedAt!: number;

  @Access('actor.read')
  @Field(() => String, { description: 'Who published it.' })
  publishedBy!: string;
}

@Access('enrollment.read', 'own.read')
@ObjectType('DocumentAcceptance', { description: 'That an affiliate accepted a document.' })
export class DocumentAcceptanceType {
  @Field(() => String, { description: 'The document, by its name.' })
  document!: string;

  @Field(() => Int, { nullable: true, description: 'Which version; null: there were none then.' })
  version!: number | null;

  @Field(() => Instant, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'By which token or member of staff.' })
  by!: string;

  @Field(() => EnrollmentType, { description: 'Who.' })
  enrollment!: EnrollmentType;
}

export const DocumentAcceptanceConnection = connectionOf('DocumentAcceptance', () => DocumentAcceptanceType);

@Part()
@ObjectType({ description: 'A published version of a document.' })
export class PublishDocumentPayload {
  @Field(() => DocumentVersionType, { nullable: true, description: 'The version; null if it was turned away.' })
  document!: DocumentVersionType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
