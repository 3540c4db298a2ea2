import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import { enforceAccess } from './access.ts';
import { whileBuilding } from './input.ts';

// biome-ignore lint/complexity/noBannedTypes: type-graphql takes resolver classes as functions
type ResolverClass = Function;

/** The executable schema of these resolver classes, with access enforced. */
export function createSchema(resolvers: NonEmptyArray<ResolverClass>): GraphQLSchema {
  // Plain fields are read by graphql-js itself: type-graphql's wrapper only adds what we don't use.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers ??= true;
  const schema = whileBuilding(() => buildSchemaSync({ resolvers, validate: false, skipCheck: true }));
  schema.getQueryType()!.description = 'Reads. They change nothing.';
  schema.getMutationType()!.description = 'Business acts. Each is done wholly or not at all.';
  return enforceAccess(schema);
}

/** The schema as text, in an order that doesn't depend on the order of files. */
export function printSortedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
