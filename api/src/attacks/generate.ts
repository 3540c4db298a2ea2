import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  parse,
} from 'graphql';
import { measure } from '../platform/graphql/measure.ts';
import { weightOf } from '../platform/graphql/weight.ts';
import { apiSchema } from '../schema.ts';
import { MARK } from './neighbours.ts';

export type Field = GraphQLField<unknown, unknown>;

export const queries = (): Field[] => Object.values(apiSchema().getQueryType()!.getFields());
export const mutations = (): Field[] => Object.values(apiSchema().getMutationType()!.getFields());

/** Fields as `Type.field` that the asker may not see: their refusal would hide what stands beside them. */
export type Forbidden = ReadonlySet<string>;
const NONE: Forbidden = new Set();

/** All that can be asked of a type, objects in objects so many levels down. A type comes at most twice on one way down. */
export function selectionOf(type: GraphQLNamedType, depth: number, forbidden: Forbidden = NONE, above: readonly string[] = []): string {
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const needed = field.args.filter(({ type: wanted }) => wanted instanceof GraphQLNonNull);
    if (forbidden.has(`${type.name}.${field.name}`) || needed.some((arg) => arg.name !== 'link')) return [];
    const inner = getNamedType(field.type);
    // Only the names of links are needed by fields: the other's is given.
    if (!isObjectType(inner)) return [needed.length > 0 ? `${field.name}(link: "${MARK}-link")` : field.name];
    // The same as the nodes.
    if (field.name === 'edges') return ['edges { cursor }'];
    const isPage = field.name === 'nodes' || field.name === 'pageInfo';
    if (depth <= (isPage ? 0 : 1) || above.filter((name) => name === inner.name).length > 1) return [];
    const selection = selectionOf(inner, isPage ? depth : depth - 1, forbidden, [...above, type.name]);
    return selection ? [`${field.name} ${selection}`] : [];
  });
  return parts.length > 0 ? `{ ${parts.join(' ')} }` : '{ __typename }';
}

/** Long texts, of which an answer may have few: where they would cost a level, they are asked for by the queries that lead to them sooner. */
const heavy = (): string[] =>
  Object.values(apiSchema().getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => (weightOf(field.extensions) > 1 ? [`${type.name}.${field.name}`] : [])),
    );

/** The deepest selection, up to `depth`, that the limits let pass. */
export function deepest(field: Field, call: string, depth: number, forbidden: Forbidden): string {
  const light = new Set([...forbidden, ...heavy()]);
  for (let levels = depth; levels > 0; levels--)
    for (const left of [forbidden, light]) {
      const query = `{ ${call} ${selectionOf(getNamedType(field.type), levels, left)} }`;
      const [size] = measure(apiSchema(), parse(query));
      if (size!.cost <= 100_000 && size!.selections <= 2_000 && size!.depth <= 16) return query;
    }
  return `{ ${call} ${selectionOf(getNamedType(field.type), 0, forbidden)} }`;
}

const isText = (type: GraphQLInputType) => getNamedType(type).name === 'String';
const isPlace = ({ name }: GraphQLArgument) => name === 'program' || name === 'key';

/** What to write for an argument that is needed. */
function literal({ type, name }: { type: GraphQLInputType; name: string }, text: string, program: string): string {
  if (type instanceof GraphQLNonNull) return literal({ type: type.ofType as GraphQLInputType, name }, text, program);
  if (type instanceof GraphQLList) return `[${literal({ type: type.ofType as GraphQLInputType, name }, text, program)}]`;
  if (name === 'program' || name === 'key') return JSON.stringify(program);
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(
      (field) => field.type instanceof GraphQLNonNull && field.defaultValue === undefined,
    );
    return `{ ${needed.map((field) => `${field.name}: ${literal(field, text, program)}`).join(', ')} }`;
  }
  const values: Readonly<Record<string, string>> = {
    Int: '1',
    Boolean: 'true',
    Decimal: '"1.00"',
    Percent: '"5"',
    Instant: name === 'to' ? '"2026-12-31T00:00:00Z"' : '"2026-01-01T00:00:00Z"',
  };
  return values[getNamedType(type).name] ?? JSON.stringify(text);
}

const needed = (arg: GraphQLArgument) => arg.type instanceof GraphQLNonNull && arg.defaultValue === undefined;

/** The calls of a query field with a text in each place that takes one: all that are needed, and each filter by itself. */
export function callsOf(field: Field, text: string, program: string): string[] {
  const write = (args: readonly GraphQLArgument[]) => {
    const first = field.args.some(({ name }) => name === 'first') ? ['first: 20'] : [];
    const all = [...args.map((arg) => `${arg.name}: ${literal(arg, text, program)}`), ...first];
    return all.length > 0 ? `${field.name}(${all.join(', ')})` : field.name;
  };
  const must = field.args.filter(needed);
  const filters = field.args.filter((arg) => !needed(arg) && isText(arg.type) && !isPlace(arg) && arg.name !== 'after');
  const places = field.args.filter((arg) => !needed(arg) && isPlace(arg));
  return [
    ...new Set([
      write(must),
      write([...must, ...places]),
      ...filters.flatMap((arg) => [write([...must, arg]), write([...must, ...places, arg])]),
    ]),
  ];
}

/** A call of a mutation: what is needed, and of what may be given the texts that are named. */
export function actOf(field: Field, text: string, program: string, given: readonly string[] = []): string {
  const input = field.args[0]!;
  const type = getNamedType(input.type);
  const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  const chosen = fields.filter((one) => (one.type instanceof GraphQLNonNull && one.defaultValue === undefined) || given.includes(one.name));
  const values = chosen.map((one) => `${one.name}: ${literal(one, text, program)}`);
  return `mutation { ${field.name}(input: { ${values.join(', ')} }) ${selectionOf(getNamedType(field.type), 2)} }`;
}

/** The names of an act's texts that may be left out. */
export function textsOf(field: Field): string[] {
  const type = getNamedType(field.args[0]!.type);
  if (!isInputObjectType(type)) return [];
  return Object.values(type.getFields())
    .filter((one) => !(one.type instanceof GraphQLNonNull) && isText(one.type))
    .map(({ name }) => name);
}

/** `Type.field` at the end of an error's path. */
export function fieldAt(path: readonly (string | number)[], root: GraphQLObjectType): string | undefined {
  let type: GraphQLNamedType = root;
  let found: string | undefined;
  for (const step of path) {
    if (typeof step === 'number') continue;
    if (!isObjectType(type)) return undefined;
    const field: Field | undefined = type.getFields()[step];
    if (!field) return undefined;
    found = `${type.name}.${step}`;
    type = getNamedType(field.type);
  }
  return found;
}
