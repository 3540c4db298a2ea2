import { readFileSync } from 'node:fs';
import {
  GraphQLFloat,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  specifiedScalarTypes,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { accessOf } from './platform/graphql/access.ts';
import { printSortedSchema } from './platform/graphql/schema.ts';
import { apiSchema } from './schema.ts';

const schema = apiSchema();
const ours = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !specifiedScalarTypes.includes(type as never),
);

interface Part {
  readonly name: string;
  readonly description: string | null | undefined;
  readonly type?: GraphQLNamedType;
}

/** Every type, field, argument and value of an enum. */
function partsOf(type: GraphQLNamedType): Part[] {
  const whole = { name: type.name, description: type.description };
  if (isEnumType(type)) return [whole, ...type.getValues().map(({ name, description }) => ({ name: `${type.name}.${name}`, description }))];
  if (isInputObjectType(type)) return [whole, ...Object.values(type.getFields()).map((field) => partOf(type.name, field))];
  if (!isObjectType(type)) return [whole];
  const fields = Object.values(type.getFields());
  const args = fields.flatMap((field) => field.args.map((arg) => partOf(`${type.name}.${field.name}`, arg)));
  return [whole, ...fields.map((field) => partOf(type.name, field)), ...args];
}

function partOf(owner: string, { name, description, type }: { name: string; description?: string | null; type: GraphQLType }): Part {
  return { name: `${owner}.${name}`, description, type: getNamedType(type) };
}

const parts = ours.flatMap(partsOf);
const names = (found: readonly Part[]) => found.map(({ name }) => name);

describe('the schema', () => {
  it('stands in schema.graphql as it is (`pnpm schema` writes it anew)', () => {
    expect(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(printSortedSchema(schema));
  });

  it('describes every type, field, argument and value', () => {
    expect(names(parts.filter(({ description }) => !description?.trim()))).toEqual([]);
  });

  it('has no floating-point number', () => {
    expect(names(parts.filter(({ type }) => type === GraphQLFloat))).toEqual([]);
    expect(schema.getType('Float')).toBeUndefined();
  });

  it('has no scalar that takes anything', () => {
    const scalars = ours.filter(isScalarType).map(({ name }) => name);
    expect(scalars.sort()).toEqual(['Decimal', 'Instant', 'Percent'].filter((name) => schema.getType(name)));
  });

  it('says of every query and mutation what it needs', () => {
    const fields = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.values(type.getFields()));
    const says = ({ extensions }: { extensions: Readonly<Record<string, unknown>> }) =>
      ['open', 'public'].includes(accessOf(extensions) as string) || Array.isArray(accessOf(extensions));
    expect(fields.filter((field) => !says(field)).map(({ name }) => name)).toEqual([]);
  });

  it('says of every type what it needs, or that it is part of what it is reached through', () => {
    const roots: GraphQLNamedType[] = [schema.getQueryType()!, schema.getMutationType()!];
    const types = ours.filter(isObjectType).filter((type) => !roots.includes(type));
    expect(types.filter(({ extensions }) => accessOf(extensions) === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('has no interface and no union, of which nobody would ask', () => {
    expect(ours.filter((type) => isInterfaceType(type) || isUnionType(type)).map(({ name }) => name)).toEqual([]);
  });

  it('names mutations, inputs and payloads alike', () => {
    for (const { name, args, type } of Object.values(schema.getMutationType()!.getFields())) {
      const stem = name[0]!.toUpperCase() + name.slice(1);
      expect(args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual([`input: ${stem}Input!`]);
      expect(String(type), name).toMatch(/Payload!$/);
      const payload = getNamedType(type);
      const fields = isObjectType(payload) ? Object.keys(payload.getFields()) : [];
      expect(fields.includes('userErrors') || fields.includes('results'), name).toBe(true);
    }
  });
});
