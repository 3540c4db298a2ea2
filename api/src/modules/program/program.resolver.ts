import { clausesOf, describePlaced, type Language, type Terms } from '@tributary/shared/terms';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, PageArgs, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type Approvable, approvable, type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { Program } from './program.entity.ts';
import { CreateProgramInput, PublishTermsInput } from './program.input.ts';
import type { TermsDraft } from './program.service.ts';
import {
  CreateProgramPayload,
  ProgramConnection,
  ProgramType,
  PublishTermsPayload,
  TermsClause,
  TermsDraftType,
  TermsVersionType,
} from './program.type.ts';
import { type TermsVersion, versionAt } from './terms-store.ts';

@Resolver(() => ProgramType)
export class ProgramResolver {
  @Access('program.read', 'own.read')
  @Query(() => ProgramConnection, { description: "The organization's programs, by key." })
  programs(@Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<Program>> {
    return context.services.programs.list(context, readPage(args, ['text']));
  }

  @Access('program.read', 'own.read')
  @Query(() => ProgramType, { nullable: true, description: 'A program; null: there is none.' })
  async program(
    @Ctx() context: Context,
    @Arg('key', () => String, { description: 'The key of the program.' }) key: string,
  ): Promise<Program | null> {
    return (await context.services.programs.find(context, key)) ?? null;
  }

  @FieldResolver(() => TermsVersionType, { nullable: true })
  async terms(@Root() { id }: Program, @Ctx() { em, services, now }: Context): Promise<TermsVersion | null> {
    return versionAt(await services.terms.of(em, id), await now()) ?? null;
  }

  @FieldResolver(() => [TermsVersionType])
  async termsVersions(@Root() { id }: Program, @Ctx() { em, services }: Context): Promise<readonly TermsVersion[]> {
    return (await services.terms.of(em, id)).versions;
  }

  @Access('program.create')
  @Mutation(() => CreateProgramPayload, { description: 'Makes a program of a terms document.' })
  async createProgram(
    @Ctx() context: Context,
    @Input(() => CreateProgramInput) input: CreateProgramInput,
  ): Promise<Payload<'program', Program>> {
    return payload('program', await context.services.programs.create(context, input));
  }

  @Access('terms.publish')
  @Query(() => TermsDraftType, { nullable: true, description: 'Looks at terms before they are published; null: there is no such program.' })
  draftTerms(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('document', () => String, { description: 'The terms document, as YAML or JSON.' }) document: string,
    @Arg('holdsFrom', () => Instant, { description: 'From when on it would hold.' }) holdsFrom: number,
  ): Promise<TermsDraft | null> {
    return context.services.programs.draft(context, { program, document, holdsFrom });
  }

  @Access('terms.publish')
  @Mutation(() => PublishTermsPayload, { description: 'Publishes the next version of a program’s terms, from an instant on.' })
  async publishTerms(
    @Ctx() context: Context,
    @Input(() => PublishTermsInput) input: PublishTermsInput,
  ): Promise<Approvable<'termsVersion', TermsVersion>> {
    return approvable('termsVersion', await context.services.approvals.through<TermsVersion>(context, 'publishTerms', input));
  }
}

@Resolver(() => TermsVersionType)
export class TermsVersionResolver {
  @FieldResolver(() => String)
  document(@Root() { document }: TermsVersion): string {
    return JSON.stringify(document);
  }

  @FieldResolver(() => [TermsClause])
  clauses(@Root() { document }: TermsVersion, @Ctx() { language }: Context): TermsClause[] {
    return clausesInWords(document, language);
  }
}

@Resolver(() => TermsDraftType)
export class TermsDraftResolver {
  @FieldResolver(() => [TermsClause])
  clauses(@Root() { document }: TermsDraft, @Ctx() { language }: Context): TermsClause[] {
    return document === null ? [] : clausesInWords(document, language);
  }
}

function clausesInWords(document: Terms, language: Language): TermsClause[] {
  return clausesOf(document).map((placed) => {
    const { path, clause } = placed;
    const { id, source = null, assumed = false } = clause;
    return { path, rule: id, sentence: describePlaced(document, placed, language), source, assumed: assumed !== false };
  });
}
