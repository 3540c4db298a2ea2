import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { ProgramType } from '../program/index.ts';
import type { Import } from './import.entity.ts';
import { ImportKindEnum, ImportStatusEnum } from './import.input.ts';

@Part()
@ObjectType('ImportColumn', { description: 'A column of a file.' })
export class ImportColumnType {
  @Field(() => String, { description: 'Its name in the file.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is read as; null: it is not read.' })
  field!: string | null;
}

@Part()
@ObjectType('ImportSettings', { description: 'How a file is read.' })
export class ImportSettingsType {
  @Field(() => String, { description: 'The format.' })
  format!: string;

  @Field(() => String, { description: 'The encoding.' })
  encoding!: string;

  @Field(() => String, { nullable: true, description: 'What stands between the cells; null: the format has no such thing.' })
  delimiter!: string | null;

  @Field(() => [ImportColumnType], { description: 'The columns, in order.' })
  columns!: ImportColumnType[];

  @Field(() => Boolean, { description: 'Of products: those that the file does not name are gone.' })
  complete!: boolean;
}

@Part()
@ObjectType('ImportRefusal', { description: 'Why a row was turned away.' })
export class ImportRefusalType {
  @Field(() => Int, { description: 'The line of the file in which the row begins.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'The field that is to blame, where one is.' })
  field!: string | null;

  @Field(() => String, { description: 'The code, as of a `UserError`.' })
  code!: string;

  @Field(() => String, { description: 'For people.' })
  message!: string;
}

export const ImportRefusalConnection = connectionOf('ImportRefusal', () => ImportRefusalType);

@Access('fact.tell')
@ObjectType('Import', { description: 'A file of facts, and how far it is taken in.' })
export class ImportType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { description: 'The program.' })
  program!: ProgramType;

  @Field(() => ImportKindEnum, { description: 'What its rows tell.' })
  kind!: string;

  @Field(() => String, { description: 'The name of the file, or of the feed.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The address that it was fetched from; null: it was handed in.' })
  source!: string | null;

  @Field(() => ImportStatusEnum, { description: 'Where it stands.' })
  status!: string;

  @Field(() => Int, { description: 'How much of the file is here, in bytes.' })
  bytes!: number;

  @Field(() => Int, { description: 'How much of it was read, in bytes.' })
  bytesRead!: number;

  @Field(() => ImportSettingsType, { nullable: true, description: 'How it is read; null: it has not started.' })
  settings!: ImportSettingsType | null;

  @Field(() => Int, { description: 'How many rows were read.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'How many of them were taken in, or known already.' })
  accepted!: number;

  @Field(() => Int, {
    description: 'How many of them were known already. After a crash some count here that were taken in right before it.',
  })
  repeated!: number;

  @Field(() => Int, { description: 'How many were turned away.' })
  refused!: number;

  @Field(() => ImportRefusalConnection, { description: 'Why rows were turned away: of the first 100,000, for 30 days.' })
  refusals!: unknown;

  @Field(() => String, { nullable: true, description: 'Why it could not be read to its end.' })
  failure!: string | null;

  @Field(() => Instant, { description: 'When it was handed in, by the wall clock.' })
  uploadedAt!: Date;

  @Field(() => String, { description: 'Who handed it in.' })
  uploadedBy!: string;

  @Field(() => Instant, { nullable: true, description: 'When it was started, by the wall clock.' })
  startedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who started it; its facts are theirs.' })
  startedBy!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was over, by the wall clock.' })
  endedAt!: Date | null;
}

export const ImportConnection = connectionOf('Import', () => ImportType);

@Part()
@ObjectType('ImportField', { description: 'What can be read from a column.' })
export class ImportFieldType {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Boolean, { description: 'Must a column be read as it?' })
  required!: boolean;
}

@Part()
@ObjectType('ImportValue', { description: 'What is read from a cell.' })
export class ImportValueType {
  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => String, { description: 'What it says.' })
  value!: string;
}

@Part()
@ObjectType('ImportRow', { description: 'A row as it would be read.' })
export class ImportRowType {
  @Field(() => Int, { description: 'The line of the file in which it begins.' })
  line!: number;

  @Field(() => [ImportValueType], { description: 'What is read from it.' })
  values!: ImportValueType[];

  @Field(() => [UserError], { description: 'Why it would be turned away, as far as it tells by itself; the path names the field.' })
  errors!: UserError[];
}

@Part()
@ObjectType('ImportPreview', { description: 'How a file would be read.' })
export class ImportPreviewType {
  @Field(() => ImportSettingsType, { description: 'How: as asked, and else as guessed.' })
  settings!: ImportSettingsType;

  @Field(() => [ImportFieldType], { description: 'What columns can be read as.' })
  fields!: ImportFieldType[];

  @Field(() => [String], { description: 'Fields that no column is read as though one must be.' })
  missing!: string[];

  @Field(() => [ImportRowType], { description: 'The first 20 rows.' })
  rows!: ImportRowType[];

  @Field(() => [ImportRowType], { description: 'All that would be turned away of the rows looked at.' })
  refused!: ImportRowType[];

  @Field(() => Int, { description: 'How many rows were looked at, 1,000 at most.' })
  rowsChecked!: number;

  @Field(() => String, { nullable: true, description: 'Why no more can be read than these.' })
  failure!: string | null;
}

@Part()
@ObjectType({ description: 'How a file would be read, or why that cannot be told.' })
export class ImportPreviewPayload {
  @Field(() => ImportPreviewType, { nullable: true, description: 'How; null if it cannot be told.' })
  preview!: ImportPreviewType | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'An import that was started.' })
export class StartImportPayload {
  @Field(() => ImportType, { nullable: true, description: 'The import; null if the act was turned away.' })
  import!: Import | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'An import that was ended.' })
export class CancelImportPayload {
  @Field(() => ImportType, { nullable: true, description: 'The import; null if the act was turned away.' })
  import!: Import | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
