import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../generated/graphql-env.d.ts';

/** Writes a document that is typed by the API's schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Instant: string; Decimal: string; Percent: string };
  disableMasking: true;
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
