import type { EntityManager } from '../../../platform/database/orm.ts';
import type { UserError } from '../../../platform/graphql/user-error.ts';
import type { ImportKind } from '../import.entity.ts';

/** What can be read from a column. */
export interface FieldOfRow {
  readonly name: string;
  readonly required?: boolean;
  /** Other names that files have for it, in small letters with underscores. */
  readonly names: readonly string[];
}

/** A row with what is read from it: what stands in its cells, by the names of fields. Empty cells say nothing. */
export interface MappedRow {
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/** A row as it was read, or why it cannot be. */
export type ReadRow = MappedRow & {
  readonly problem?: string;
  /** The file ends in the middle of it: even what is read of it may be half a word. */
  readonly isCut?: true;
};

/** On whose word, and as of when, rows are taken. */
export interface Taking {
  readonly fork: () => EntityManager;
  readonly importId: string;
  readonly program: { readonly id: string; readonly organizationId: string };
  /** Business time. */
  readonly now: number;
  readonly by: string;
  /** The name of the file: what comes under one name follows what came under it before. */
  readonly feed: string;
  /** The file has all that there is of its name. */
  readonly complete: boolean;
}

/** What became of a row. `path` of an error ends in the name of a field, where one is to blame. */
export interface TakenRow {
  readonly repeated: boolean;
  readonly errors: readonly UserError[];
}

/** Takes in the rows that were read; one result a row, in order. */
export type TakeRows = () => Promise<readonly TakenRow[]>;

/** A kind of rows, and what they tell. */
export interface RowKind {
  readonly kind: ImportKind;
  readonly formats: readonly string[];
  readonly mostBytes: number;
  readonly fields: readonly FieldOfRow[];
  /** Rows that are taken in one go. */
  readonly atOnce: number;
  /** Rows that follow each other and are one fact. They are never parted. */
  belongTogether?(one: ReadRow, next: ReadRow): boolean;
  /** Looks at rows beside each other, those that cannot be read among them: what is one fact is taken whole or not at all. */
  whole?(rows: readonly ReadRow[]): readonly ReadRow[];
  /** What is wrong with rows as far as they themselves tell; nothing is written. */
  check(rows: readonly MappedRow[], taking: Taking): Promise<readonly (readonly UserError[])[]>;
  /**
   * Reads rows, while those before them are still being written, and answers what takes them in when it is their turn. What is known
   * already changes nothing, so that rows may be taken twice.
   */
  prepare(rows: readonly MappedRow[], taking: Taking): Promise<TakeRows>;
  /** Hears of rows that cannot be read, with what can be read of them. */
  passOver?(rows: readonly MappedRow[], taking: Taking): Promise<void>;
  /** What follows when all rows were taken, or why it does not; null: all is done. May be done twice. */
  finish?(taking: () => Promise<Taking>): Promise<string | null>;
}
