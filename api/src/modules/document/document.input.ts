import type { DocumentBlock } from '@tributary/shared/people';
import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import type { DocumentKind } from './document.entity.ts';
import { DocumentBlockEnum, DocumentKindEnum } from './document.enums.ts';

@InputType({ description: 'The next version of a document.' })
export class PublishDocumentInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'By which it is known: `trademark-guide`. Terms that need a document accepted name it by this.' })
  name!: string;

  @Field(() => DocumentKindEnum, { description: 'What it is.' })
  kind!: DocumentKind;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'All of its words, up to 200,000 characters.' })
  text!: string;

  @Field(() => [String], { nullable: true, description: 'Countries of the affiliates whom it concerns; left out: all.' })
  regions?: string[] | null;

  @Field(() => Instant, { nullable: true, description: 'From when on it is the version to read; left out: from now on.' })
  holdsFrom?: number | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'From when on this version or a later one has to be accepted. Left out: what was accepted before goes on counting.',
  })
  acceptFrom?: number | null;

  @Field(() => [DocumentBlockEnum], { nullable: true, description: 'What waits until it is accepted, where it has to be.' })
  blocks?: DocumentBlock[] | null;
}

@ArgsType()
export class AcceptanceArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: 'Of this document only.' })
  document?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of this version only.' })
  version?: number | null;

  @Field(() => String, { nullable: true, description: "By this affiliate only, by the caller's id." })
  affiliate?: string | null;
}
