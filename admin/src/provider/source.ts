import type { RaRecord } from 'react-admin';
import type { Ask } from '../api/client.ts';

/** A page of a list, as pages ask for it. */
export interface ListQuery {
  readonly first: number;
  readonly offset: number;
  readonly sort: { readonly field: string; readonly descending: boolean };
  readonly filter: Filter;
}

export type Filter = Readonly<Record<string, unknown>>;

export interface ListPage<Row extends RaRecord> {
  readonly rows: readonly Row[];
  /** Left out where counting would be too slow: then `hasNextPage` tells. */
  readonly total?: number;
  readonly hasNextPage?: boolean;
}

/** Where the records of one resource come from. */
export interface Source<Row extends RaRecord<string>> {
  list(ask: Ask, query: ListQuery): Promise<ListPage<Row>>;
  /** By the record's `id`; null: there is none. */
  one(ask: Ask, id: string): Promise<Row | null>;
}

/** Ids of records that are named within a program. */
export const programId = {
  write: (program: string, id: string): string => `${program}:${id}`,
  read(text: string): { program: string; id: string } {
    const colon = text.indexOf(':');
    return { program: text.slice(0, colon), id: text.slice(colon + 1) };
  },
};
