import { parseInstant } from '@tributary/shared/time';
import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { SqlValue } from '../database/sql.ts';
import { isId } from '../ids.ts';
import { Part } from './access.ts';
import { badUserInput } from './errors.ts';

const DEFAULT_FIRST = 20;
export const MAX_FIRST = 100;
const MAX_OFFSET = 10_000;
const MAX_CURSOR_LENGTH = 1_000;

/** The arguments of every list. Lists with filters extend it. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: DEFAULT_FIRST, description: 'How many, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before: the list goes on after it.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many to leave out, up to 10,000: for tables with page numbers. Not together with `after`.',
  })
  offset?: number | null;
}

/** The arguments of lists whose records can be asked for one by one, too. */
@ArgsType()
export class RecordArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only the one of this id, if it is among them.' })
  id?: string | null;
}

/** A page as asked for, checked. */
export interface Page {
  /** Rows to fetch: one more than to show, which tells whether there are more. */
  readonly limit: number;
  readonly first: number;
  readonly offset: number;
  /** The sort columns' values in the row after which the page begins. */
  readonly after: readonly SqlValue[] | undefined;
}

/** What the sort columns of a list are, each with how to read its value back from a cursor; undefined: it is none. */
const CURSOR_VALUES = {
  id: (value: unknown) => (typeof value === 'string' && isId(value) ? value : undefined),
  text: (value: unknown) => (typeof value === 'string' && !value.includes('\0') && value.isWellFormed() ? value : undefined),
  integer: (value: unknown) => (Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? (value as number) : undefined),
  bigint: (value: unknown) => (typeof value === 'string' && /^-?\d{1,18}$/.test(value) ? BigInt(value) : undefined),
  instant: (value: unknown) => {
    const instant = typeof value === 'string' ? parseInstant(value) : null;
    return instant === null ? undefined : new Date(instant);
  },
} satisfies Record<string, (value: unknown) => SqlValue | undefined>;

export type CursorColumn = keyof typeof CURSOR_VALUES;

/** `columns`: by what the list is sorted, the last one unique. */
export function readPage({ first, after, offset }: PageArgs, columns: readonly CursorColumn[]): Page {
  if (first < 1 || first > MAX_FIRST) throw badUserInput(`first is ${first}; expected 1 to ${MAX_FIRST}`);
  const skipped = offset ?? 0;
  if (skipped < 0 || skipped > MAX_OFFSET) throw badUserInput(`offset is ${skipped}; expected 0 to ${MAX_OFFSET}`);
  if (after != null && offset != null) throw badUserInput('Give after or offset, not both');
  return { limit: first + 1, first, offset: skipped, after: after == null ? undefined : readCursor(after, columns) };
}

export function writeCursor(values: readonly SqlValue[]): string {
  const plain = values.map((value) => (value instanceof Date ? value.toISOString() : typeof value === 'bigint' ? String(value) : value));
  return Buffer.from(JSON.stringify(plain)).toString('base64url');
}

function readCursor(text: string, columns: readonly CursorColumn[]): readonly SqlValue[] {
  let found: unknown;
  try {
    found = text.length <= MAX_CURSOR_LENGTH ? JSON.parse(Buffer.from(text, 'base64url').toString()) : undefined;
  } catch {
    found = undefined;
  }
  const values =
    Array.isArray(found) && found.length === columns.length
      ? columns.map((column, index) => CURSOR_VALUES[column](found[index]))
      : [undefined];
  if (values.includes(undefined)) throw badUserInput('after is no cursor of this list');
  return values;
}

@Part()
@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Are there more after this page?' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Are there some before this page?' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first of the page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last of the page, for `after`.' })
  endCursor!: string | null;
}

/** A page of a list, as resolvers answer it. */
export interface Connection<T> {
  readonly nodes: T[];
  readonly edges: { readonly node: T; readonly cursor: string }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<number>;
}

/** The GraphQL types `<Name>Connection` and `<Name>Edge` of a node. The same fields for every list. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T>): ClassType<Connection<T>> {
  @Part()
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class Edge {
    @Field(node, { description: 'What the list is of.' })
    node!: T;

    @Field(() => String, { description: 'Its place, for `after`.' })
    cursor!: string;
  }

  @Part()
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Page {
    @Field(() => [node()], { description: 'What is on the page, in order.' })
    nodes!: T[];

    @Field(() => [Edge], { description: 'The same, each with its cursor.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where the page lies in its list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many the whole list has. Counted only when asked for.' })
    totalCount!: () => Promise<number>;
  }
  return Page as unknown as ClassType<Connection<T>>;
}

export interface ConnectionParts<Row, T> {
  /** As fetched with `page.limit`. */
  readonly rows: readonly Row[];
  readonly page: Page;
  /** The row's values of the sort columns. */
  readonly cursor: (row: Row) => readonly SqlValue[];
  readonly node: (row: Row) => T;
  readonly count: () => Promise<number>;
}

export function makeConnection<Row, T>({ rows, page, cursor, node, count }: ConnectionParts<Row, T>): Connection<T> {
  const shown = rows.slice(0, page.first);
  const nodes = shown.map(node);
  const cursorAt = (index: number) => writeCursor(cursor(shown[index]!));
  return {
    nodes,
    get edges() {
      return nodes.map((item, index) => ({ node: item, cursor: cursorAt(index) }));
    },
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== undefined || page.offset > 0,
      get startCursor() {
        return shown.length > 0 ? cursorAt(0) : null;
      },
      get endCursor() {
        return shown.length > 0 ? cursorAt(shown.length - 1) : null;
      },
    },
    totalCount: count,
  };
}
