import type { GraphQLSchema } from 'graphql';
import type { Context } from '../../context.ts';
import { accessOf } from '../../platform/graphql/access.ts';

/** Has open pages told when an act was done. */
export function tellChanges(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const access = accessOf(field.extensions);
    const topic = Array.isArray(access) && access.includes('fact.tell') ? 'facts' : 'work';
    const resolve = field.resolve!;
    field.resolve = async (source, args: { input?: { program?: unknown } }, context: Context, info) => {
      const answer = await resolve(source, args, context, info);
      const { userErrors = [] } = (answer ?? {}) as { userErrors?: readonly unknown[] };
      if (context.viewer && userErrors.length === 0) {
        const program = args.input?.program;
        const { organizationId } = context.viewer;
        context.services.live.note({ organizationId, topic, program: typeof program === 'string' ? program : null });
      }
      return answer;
    };
  }
  return schema;
}
