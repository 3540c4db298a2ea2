import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { TokenResolver, ViewerResolver } from './modules/identity/index.ts';
import { CorrectionResolver, IntakeResolver } from './modules/intake/index.ts';
import { CatalogueResolver, ProgramResolver, TermsVersionResolver } from './modules/program/index.ts';
import { SandboxResolver } from './modules/sandbox/index.ts';
import { createSchema } from './platform/graphql/schema.ts';

let schema: GraphQLSchema | undefined;

/** The schema of the whole API. */
export function apiSchema(): GraphQLSchema {
  schema ??= createSchema([
    ViewerResolver,
    TokenResolver,
    SandboxResolver,
    ProgramResolver,
    TermsVersionResolver,
    CatalogueResolver,
    IntakeResolver,
    CorrectionResolver,
  ]);
  return schema;
}
