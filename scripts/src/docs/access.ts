import { apiSchema, kindsWith } from '@tributary/api';
import type { GraphQLField } from 'graphql';

/** What stands before the generated part of docs/api.md; all behind it is made anew. */
export const ACCESS_MARK = '<!-- From here on this page is written by `npx pnpm reference`. Changes by hand are lost. -->';

const KINDS = ['staff', 'integrator', 'affiliate'] as const;

/** Every root field of the schema with the kinds of callers that can be let in, and the permission that lets them. */
export function accessTables(): string {
  const schema = apiSchema();
  const table = (fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>) =>
    [
      `| | ${KINDS.join(' | ')} | by | |`,
      '|---|---|---|---|---|---|',
      ...Object.values(fields)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(rowOf),
    ].join('\n');
  const mutations = table(schema.getMutationType()!.getFields());
  const queries = table(schema.getQueryType()!.getFields());
  return `${ACCESS_MARK}\n\n### Mutations\n\n${mutations}\n\n### Queries\n\n${queries}\n`;
}

function rowOf({ name, description, extensions }: GraphQLField<unknown, unknown>): string {
  const access = extensions['access'];
  const needs = Array.isArray(access) ? (access as string[]) : [];
  const marks = KINDS.map((kind) => (access === 'open' || kindsWith(needs).includes(kind) ? 'yes' : ''));
  const words = (description ?? '').replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  return `| \`${name}\` | ${marks.join(' | ')} | ${needs.map((permission) => `\`${permission}\``).join(', ')} | ${words} |`;
}

/** The page with its generated part made anew. */
export function renewAccess(page: string): string {
  const at = page.indexOf(ACCESS_MARK);
  if (at < 0) throw new Error(`docs/api.md has lost its mark: ${ACCESS_MARK}`);
  return `${page.slice(0, at)}${accessTables()}`;
}
