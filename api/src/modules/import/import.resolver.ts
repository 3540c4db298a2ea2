import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, PageArgs, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { MEGABYTE_READ, Weighs } from '../../platform/graphql/weight.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { Import, ImportRefusal } from './import.entity.ts';
import { CancelImportInput, ImportArgs, ImportSettingsInput, StartImportInput } from './import.input.ts';
import type { ImportPreview } from './import.service.ts';
import {
  CancelImportPayload,
  ImportConnection,
  ImportPreviewPayload,
  ImportRefusalConnection,
  ImportType,
  StartImportPayload,
} from './import.type.ts';

@Resolver(() => ImportType)
export class ImportResolver {
  @Access('fact.tell')
  @Query(() => ImportConnection, { description: 'Files of facts that were handed in, the newest first.' })
  imports(@Ctx() context: Context, @Args(() => ImportArgs) args: ImportArgs): Promise<Connection<Import>> {
    return context.services.imports.list(context, args, readPage(args, ['id']));
  }

  @Access('fact.tell')
  @Query(() => ImportType, { nullable: true, description: 'A file of facts, and how far it is taken in; null: there is none.' })
  async import(@Ctx() context: Context, @Arg('id', () => String, { description: 'By its id.' }) id: string): Promise<Import | null> {
    return (await context.services.imports.find(context, id)) ?? null;
  }

  @Access('fact.tell')
  @Weighs(MEGABYTE_READ)
  @Query(() => ImportPreviewPayload, {
    description: 'How a file would be read, and what is wrong with its first rows. Nothing is taken in.',
  })
  async importPreview(
    @Ctx() context: Context,
    @Arg('id', () => String, { description: 'The import, by its id.' }) id: string,
    @Arg('settings', () => ImportSettingsInput, { nullable: true, description: 'How to read it; what is left out is guessed.' })
    settings: ImportSettingsInput | null,
  ): Promise<Payload<'preview', ImportPreview>> {
    return payload('preview', await context.services.imports.preview(context, id, settings ?? {}));
  }

  @Access('fact.tell')
  @Mutation(() => StartImportPayload, { description: 'Has a file taken in, row by row. What is known already changes nothing.' })
  async startImport(@Ctx() context: Context, @Input(() => StartImportInput) input: StartImportInput): Promise<Payload<'import', Import>> {
    return payload('import', await context.services.imports.start(context, input));
  }

  @Access('fact.tell')
  @Mutation(() => CancelImportPayload, { description: 'Ends an import. What was taken in until now stays.' })
  async cancelImport(
    @Ctx() context: Context,
    @Input(() => CancelImportInput) input: CancelImportInput,
  ): Promise<Payload<'import', Import>> {
    return payload('import', await context.services.imports.cancel(context, input.import));
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Import, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => ImportRefusalConnection)
  refusals(@Root() { id }: Import, @Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<ImportRefusal>> {
    return context.services.imports.refusals(context, id, readPage(args, ['integer', 'integer']));
  }
}
