import { type ASTVisitor, type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, type ValidationContext } from 'graphql';
import { measure, type Size } from './measure.ts';

/** Bulk intake and terms documents are large; a document of ten megabytes has to get as far as its own refusal. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;
/** Whoever has no valid token has nothing large to say. */
export const MAX_STRANGERS_BODY_BYTES = 128 * 1024;
/** Of a query's text; values belong in variables. */
export const MAX_TOKENS = 20_000;

/** What an operation may have at most, and how to say so. */
const MOST: Readonly<Record<keyof Size, { most: number; say: (found: number, most: number) => string }>> = {
  depth: {
    most: 16,
    say: (found, most) => `The query is ${Number.isFinite(found) ? `${found} levels deep` : 'without end'}; at most ${most} are allowed`,
  },
  roots: { most: 50, say: (found, most) => `The query has ${found} fields at its root; at most ${most} are allowed` },
  aliases: { most: 200, say: (found, most) => `The query has ${found} aliases; at most ${most} are allowed` },
  directives: { most: 100, say: (found, most) => `The query has ${found} directives; at most ${most} are allowed` },
  selections: { most: 2_000, say: (found, most) => `The query selects ${found} fields; at most ${most} are allowed` },
  cost: {
    most: 100_000,
    say: (found, most) => `The query may answer ${found} fields; at most ${most} are allowed. Ask for shorter lists`,
  },
};
const MAX_OPERATIONS = 20;

const roots = new WeakMap<OperationDefinitionNode, number>();

/** How many queries or acts an operation is, once its document has passed `limitsRule`. */
export function rootsOf(operation: OperationDefinitionNode): number {
  return roots.get(operation) ?? 1;
}

/**
 * A validation rule: refuses what would be too much work, before anything else is looked at. It counts fields with fragments
 * taken out of their names, so it also holds what recursive selections could multiply. A document that passed is kept with its
 * result: the next request with the same text is not measured again.
 */
export function limitsRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const problem = problemOf(context, document);
      if (!problem) return;
      const error = new GraphQLError(problem, { extensions: { limit: true } });
      // Reporting more than a document may have ends its validation: the rules beside this one would do the work that is refused.
      for (;;) context.reportError(error);
    },
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`There are no operations of the kind ${node.operation}`, { nodes: node }));
    },
    StringValue(node) {
      if (!node.value.includes('\0')) return;
      context.reportError(new GraphQLError('A text has a character that is none: U+0000', { nodes: node }));
    },
  };
}

function problemOf(context: ValidationContext, document: DocumentNode): string | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length > MAX_OPERATIONS) return `The document has ${operations.length} operations; at most ${MAX_OPERATIONS} are allowed`;
  for (const [index, size] of measure(context.getSchema(), document).entries()) {
    for (const [name, { most, say }] of Object.entries(MOST)) {
      const found = size[name as keyof Size];
      if (found > most) return say(found, most);
    }
    roots.set(operations[index]!, size.roots);
  }
  return undefined;
}
