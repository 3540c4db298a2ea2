import 'reflect-metadata';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Context, ViewerKind } from '../../context.ts';
import { forbidden, unauthenticated } from './errors.ts';

const EVERYBODY: readonly ViewerKind[] = ['staff', 'integrator', 'affiliate'];

/** Who may see a field, or all fields of a type that don't say otherwise. What says nothing is closed to everybody. */
export function Access(...kinds: [ViewerKind, ...ViewerKind[]]): MethodDecorator & PropertyDecorator & ClassDecorator {
  return Extensions({ access: kinds }) as MethodDecorator & PropertyDecorator & ClassDecorator;
}

/** Everybody with a token. */
export const Open = () => Access('staff', 'integrator', 'affiliate');

export function accessOf(extensions: Readonly<Record<string, unknown>>): readonly ViewerKind[] | undefined {
  return extensions['access'] as readonly ViewerKind[] | undefined;
}

/** Makes every field of the schema ask who looks. Fields below the roots that are open to everybody stay as they are: they cost nothing. */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set([schema.getQueryType(), schema.getMutationType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const allowed = accessOf(field.extensions) ?? accessOf(type.extensions) ?? [];
      if (roots.has(type)) guard(field, allowed);
      else if (!EVERYBODY.every((kind) => allowed.includes(kind))) guard(field, allowed);
    }
  }
  return schema;
}

function guard(field: GraphQLField<unknown, Context>, allowed: readonly ViewerKind[]): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    if (!context.viewer) throw unauthenticated();
    if (!allowed.includes(context.viewer.kind)) throw forbidden();
    return resolve(source, args, context, info);
  };
}
