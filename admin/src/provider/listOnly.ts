import type { TypedDocumentNode } from '@urql/core';
import type { RaRecord } from 'react-admin';
import type { ListQuery, Source } from './source.ts';

interface Paged {
  readonly first: number;
  readonly offset: number;
}

/** A page as lists of the API answer it. */
interface Found<Node> {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
}

/**
 * Records that are read by their list only. `variables`: what the document takes beside the page; null: there is nothing to ask for
 * yet. `pageOf`: the list in the answer. `byId`: what asks for one record alone; left out where records are looked at in their list only.
 */
export function listOnly<Row extends RaRecord<string>, Data, Variables extends Paged>(
  document: TypedDocumentNode<Data, Variables>,
  variables: (query: ListQuery) => Omit<Variables, keyof Paged> | null,
  pageOf: (data: Data) => Found<Row>,
  byId?: (id: string) => Omit<Variables, keyof Paged>,
): Source<Row> {
  return {
    async list(ask, query) {
      const more = variables(query);
      if (more === null) return { rows: [], total: 0 };
      const { nodes, totalCount } = pageOf(await ask(document, { ...more, first: query.first, offset: query.offset } as Variables));
      return { rows: nodes, total: totalCount };
    },
    async one(ask, id) {
      if (!byId) return null;
      const { nodes } = pageOf(await ask(document, { ...byId(id), first: 1, offset: 0 } as Variables));
      return nodes[0] ?? null;
    },
  };
}
