import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import type { ImportKind, ImportStatus } from './import.entity.ts';

export const ImportKindEnum = { ORDERS: 'orders', PRODUCTS: 'products' } as const;
registerEnumType(ImportKindEnum, {
  name: 'ImportKind',
  description: 'What the rows of a file tell.',
  valuesConfig: {
    ORDERS: { description: 'Orders, and what became of them.' },
    PRODUCTS: { description: 'Products of a feed.' },
  },
});

export const ImportStatusEnum = {
  UPLOADED: 'uploaded',
  RUNNING: 'running',
  DONE: 'done',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} as const;
registerEnumType(ImportStatusEnum, {
  name: 'ImportStatus',
  description: 'Where an import stands.',
  valuesConfig: {
    UPLOADED: { description: 'The file, or its beginning, is here; nothing is taken in.' },
    RUNNING: { description: 'Its rows are taken in, one after the other.' },
    DONE: { description: 'All rows were read.' },
    FAILED: { description: 'It could not be read to its end. What was taken in until then stays.' },
    CANCELLED: { description: 'Somebody ended it, or nobody started it. What was taken in until then stays.' },
  },
});

@InputType({ description: 'What a column of a file is read as.' })
export class ImportColumnInput {
  @Field(() => String, { description: 'The name of the column in the file.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The field; left out: the column is not read.' })
  field?: string | null;
}

@InputType({ description: 'How a file is read. What is left out is guessed.' })
export class ImportSettingsInput {
  @Field(() => String, { nullable: true, description: 'The format: `csv`, or of products `xml` or `jsonl`, too.' })
  format?: string | null;

  @Field(() => String, { nullable: true, description: 'The encoding, such as `utf-8` or `windows-1252`.' })
  encoding?: string | null;

  @Field(() => String, { nullable: true, description: 'What stands between the cells.' })
  delimiter?: string | null;

  @Field(() => [ImportColumnInput], { nullable: true, description: 'What columns are read as; those that are not named are not read.' })
  columns?: ImportColumnInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of products: has the file all of its feed, so that those it does not name are gone? Left out: it has not.',
  })
  complete?: boolean | null;
}

@InputType({ description: 'An import to start.' })
export class StartImportInput extends ImportSettingsInput {
  @Field(() => String, { description: 'The import, by its id.' })
  import!: string;
}

@InputType({ description: 'An import to end.' })
export class CancelImportInput {
  @Field(() => String, { description: 'The import, by its id.' })
  import!: string;
}

@ArgsType()
export class ImportArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;

  @Field(() => ImportKindEnum, { nullable: true, description: 'Only of this kind.' })
  kind?: ImportKind | null;

  @Field(() => ImportStatusEnum, { nullable: true, description: 'Only with this status.' })
  status?: ImportStatus | null;
}
