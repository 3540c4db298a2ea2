import { type GraphQLArgument, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

const TEXTS: Record<string, unknown> = { Int: 1, Boolean: true, Instant: '2099-01-01T00:00:00Z', Percent: '1', Decimal: '1' };

/** A value of a type that the schema takes, as small as can be: about things that there are none of. */
export function anyOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return anyOf(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return TEXTS[type.name] ?? 'x';
  // Left out, an id may stand for the caller's own thing.
  const needed = Object.values(type.getFields()).filter(
    (field) => (isNonNullType(field.type) && field.defaultValue === undefined) || field.name === 'id',
  );
  return Object.fromEntries(needed.map((field) => [field.name, anyOf(field.type)]));
}

/** `query` or `mutation` for one root field, with values for all that it needs. */
export function operationFor(kind: 'query' | 'mutation', name: string, args: readonly GraphQLArgument[], leaf: boolean) {
  const needed = args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const variables = Object.fromEntries(needed.map((arg) => [arg.name, anyOf(arg.type)]));
  const declared = needed.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = needed.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const head = needed.length > 0 ? `${kind} (${declared})` : kind;
  return { query: `${head} { ${name}${passed && `(${passed})`} ${leaf ? '' : '{ __typename }'} }`, variables };
}
