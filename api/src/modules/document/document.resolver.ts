import { documentsAt, documentsInForce, missingDocuments, renewalsOf } from '@tributary/shared/people';
import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import { affiliatesById, type Enrollment, EnrollmentType, enrollmentsByPair, historyByPair } from '../affiliate/index.ts';
import { type Program, ProgramType } from '../program/index.ts';
import type { Acceptance, DocumentVersion } from './document.entity.ts';
import { AcceptanceArgs, PublishDocumentInput } from './document.input.ts';
import { documentsByProgram, documentTexts } from './document.loader.ts';
import { DocumentAcceptanceConnection, DocumentAcceptanceType, DocumentVersionType, PublishDocumentPayload } from './document.type.ts';

@Resolver(() => DocumentVersionType)
export class DocumentResolver {
  @Access('document.publish')
  @Mutation(() => PublishDocumentPayload, { description: 'Publishes the next version of a document of a program.' })
  async publishDocument(
    @Ctx() context: Context,
    @Input(() => PublishDocumentInput) input: PublishDocumentInput,
  ): Promise<Payload<'document', DocumentVersion>> {
    return payload('document', await context.services.documents.publish(context, input));
  }

  @Access('enrollment.read', 'own.read')
  @Query(() => DocumentAcceptanceConnection, {
    description: 'Who accepted which documents, the last first. An affiliate sees what it accepted.',
  })
  documentAcceptances(@Ctx() context: Context, @Args(() => AcceptanceArgs) args: AcceptanceArgs): Promise<Connection<Acceptance>> {
    return context.services.documents.acceptances(context, args, readPage(args, ['id']));
  }

  @FieldResolver(() => String)
  text(@Root() version: DocumentVersion, @Ctx() context: Context): Promise<string> {
    return context.load(documentTexts).load(version);
  }
}

@Resolver(() => DocumentAcceptanceType)
export class DocumentAcceptanceResolver {
  @FieldResolver(() => EnrollmentType)
  async enrollment(@Root() acceptance: Acceptance, @Ctx() context: Context): Promise<Enrollment> {
    return (await context.load(enrollmentsByPair).load(acceptance)) as Enrollment;
  }
}

/** What documents add to a program. */
@Resolver(() => ProgramType)
export class ProgramDocumentsResolver {
  @FieldResolver(() => [DocumentVersionType], { description: 'Its documents: of each the version to read now.' })
  async documents(@Root() { id }: Program, @Ctx() context: Context): Promise<DocumentVersion[]> {
    return documentsInForce(await context.load(documentsByProgram).load(id), await context.now());
  }

  @FieldResolver(() => [DocumentVersionType], { description: 'All versions of its documents, by name and number, those to come included.' })
  documentVersions(@Root() { id }: Program, @Ctx() context: Context): Promise<DocumentVersion[]> {
    return context.load(documentsByProgram).load(id);
  }
}

/** What documents add to an enrollment. */
@Resolver(() => EnrollmentType)
export class EnrollmentDocumentsResolver {
  @FieldResolver(() => [String])
  async documents(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<string[]> {
    const [versions, history] = await Promise.all([
      context.load(documentsByProgram).load(enrollment.programId),
      context.load(historyByPair).load(enrollment),
    ]);
    return documentsAt(history, await context.now(), renewalsOf(versions));
  }

  @Access('enrollment.read', 'own.read')
  @FieldResolver(() => [DocumentVersionType], { description: 'What the affiliate has to accept now and did not.' })
  async documentsToAccept(@Root() enrollment: Enrollment, @Ctx() context: Context): Promise<DocumentVersion[]> {
    const [versions, history, affiliate] = await Promise.all([
      context.load(documentsByProgram).load(enrollment.programId),
      context.load(historyByPair).load(enrollment),
      context.load(affiliatesById).load(enrollment.affiliateId),
    ]);
    return missingDocuments(versions, { history, country: affiliate?.country ?? null }, await context.now());
  }
}
