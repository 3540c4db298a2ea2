import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { AuditEntryConnection, type AuditEntryType, AuditLogArgs } from './audit.type.ts';

@Resolver()
export class AuditResolver {
  @Access('audit.read')
  @Query(() => AuditEntryConnection, { description: 'What staff did, the last first.' })
  auditLog(@Ctx() context: Context, @Args(() => AuditLogArgs) args: AuditLogArgs): Promise<Connection<AuditEntryType>> {
    return context.services.audit.list(context, args, readPage(args, ['bigint']));
  }
}
