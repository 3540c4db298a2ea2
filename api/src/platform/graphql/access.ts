import 'reflect-metadata';
import { defaultFieldResolver, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import { holdsIn, holdsSomewhere, type Needs, type Permission } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { forbidden, unauthenticated } from './errors.ts';

type Declaration = Needs | 'open' | 'part' | 'public';
type Declares = MethodDecorator & PropertyDecorator & ClassDecorator;

const declare = (access: Declaration) => Extensions({ access }) as Declares;

/**
 * What a caller needs: one of these permissions. On a query or mutation it is asked before anything is done, and programs and lists
 * are narrowed to where the caller holds one. On a type it is asked wherever something of the type is reached; on a field besides.
 * What says nothing is closed to everybody.
 */
export const Access = (...needs: [Permission, ...Permission[]]): Declares => declare(needs);

/** For everybody who is known. */
export const Open = (): Declares => declare('open');

/** A type that is but a part of what it is reached through: who may see that sees this. Payloads, pages of lists, amounts. */
export const Part = (): Declares => declare('part');

export function accessOf(extensions: Readonly<Record<string, unknown>>): Declaration | undefined {
  return extensions['access'] as Declaration | undefined;
}

/** Everybody, also without a token. For the few mutations by which outsiders come in. */
export const Public = (): Declares => declare('public');

const NOBODY: Needs = [];

/**
 * Makes fields ask who looks. Below the roots only those that say so themselves, or lead to a type that needs something else than the
 * type they are of: whoever got to an object has been asked for all else, so that plain fields cost nothing.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set([schema.getQueryType(), schema.getMutationType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = roots.has(type);
    for (const field of Object.values(type.getFields())) {
      if (accessOf(field.extensions) === 'public') continue;
      const needs = needsOf(type, field, isRoot);
      if (isRoot || needs.length > 0) guard(field, needs, isRoot ? NO_PROGRAM : type.name === 'Program' ? ownId : programOf);
    }
  }
  return schema;
}

/** Everything that is asked: of each list one permission is needed. */
function needsOf(type: GraphQLObjectType, field: GraphQLField<unknown, Context>, isRoot: boolean): Needs[] {
  const own = accessOf(field.extensions);
  const around = isRoot ? undefined : accessOf(type.extensions);
  if (own === undefined && around === undefined) return [NOBODY];
  const needs: Needs[] = [];
  if (Array.isArray(own)) needs.push(own);
  const target = getNamedType(field.type);
  const within = isObjectType(target) ? (accessOf(target.extensions) ?? NOBODY) : 'part';
  if (Array.isArray(within) && !isSame(within, own) && !isSame(within, around)) needs.push(within);
  return needs;
}

function isSame(needs: Needs, other: Declaration | undefined): boolean {
  return Array.isArray(other) && needs.length === other.length && needs.every((permission) => other.includes(permission));
}

function guard(field: GraphQLField<unknown, Context>, needs: readonly Needs[], programOf: (source: unknown) => string | undefined): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const [access] = needs;
  field.resolve = (source, args, context, info) => {
    if (!context.viewer) throw unauthenticated();
    const { grants } = context.viewer;
    const program = programOf(source);
    for (const one of needs) {
      if (!(program === undefined ? holdsSomewhere(grants, one) : holdsIn(grants, one, program))) throw forbidden();
    }
    return resolve(source, args, access === undefined ? context : withAccess(context, access), info);
  };
}

/** The same request, doing what needs one of these permissions. */
export function withAccess<C extends Context>(context: C, access: Needs): C {
  // Not by a descriptor: what is made with one is slow to make and to read.
  return Object.assign(Object.create(context) as C, { access });
}

const NO_PROGRAM = () => undefined;
const ownId = (source: unknown) => (source as { id?: string } | null)?.id;

/** The program that something is of; undefined: it is of none, or of several. */
function programOf(source: unknown): string | undefined {
  const { programId, program } = (source ?? {}) as { programId?: unknown; program?: { id?: unknown } | null };
  if (typeof programId === 'string') return programId;
  return typeof program?.id === 'string' ? program.id : undefined;
}
