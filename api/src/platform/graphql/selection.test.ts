import { buildSchema, type GraphQLResolveInfo, graphqlSync } from 'graphql';
import { describe, expect, it } from 'vitest';
import { nodeFields } from './selection.ts';

const schema = buildSchema(`
  type Query { list: Page }
  type Page { nodes: [Item] edges: [Edge] totalCount: Int }
  type Edge { node: Item cursor: String }
  type Item { id: Int name: String owner: Owner }
  type Owner { id: Int friend: Owner }
`);

function fieldsOf(source: string): string[] {
  let found = new Set<string>();
  const list = (_: unknown, __: unknown, info: GraphQLResolveInfo) => {
    found = nodeFields(info);
    return null;
  };
  expect(graphqlSync({ schema, source, rootValue: { list } }).errors).toBeUndefined();
  return [...found].sort();
}

describe('the fields that a query asks of a node', () => {
  it('are found in nodes and edges, through fragments and aliases', () => {
    expect(fieldsOf('{ list { totalCount nodes { id owner { id } } } }')).toEqual(['id', 'owner.id']);
    expect(fieldsOf('{ list { edges { cursor node { called: name } } } }')).toEqual(['name']);
    expect(
      fieldsOf('{ list { ...P } } fragment P on Page { nodes { ... on Item { id } ...I } } fragment I on Item { owner { friend { id } } }'),
    ).toEqual(['id', 'owner.friend.id']);
    expect(fieldsOf('{ list { nodes { id } } list { nodes { name @skip(if: true) } } }')).toEqual(['id', 'name']);
  });
});
