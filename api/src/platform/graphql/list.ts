import type { EntityManager } from '../database/orm.ts';
import { count, rows, type SqlValue } from '../database/sql.ts';
import { isId } from '../ids.ts';
import { type Connection, makeConnection, type Page } from './connection.ts';

export interface ListOptions {
  /** What each row shows, the sort columns included. */
  readonly select: string;
  readonly from: string;
  /** Columns and their PostgreSQL types, all in one direction, none of them null, the last one unique. */
  readonly sort: readonly (readonly [column: string, type: string])[];
  readonly descending?: boolean;
}

export interface ListShape<Row, T> {
  /** The row's values of the sort columns. */
  readonly cursor: (row: Row) => readonly SqlValue[];
  readonly node: (row: Row) => T;
}

/**
 * A list put together from conditions, read a page at a time. Values are bound where the conditions have a `?`.
 *
 *     const list = new List({ select: 'id, url', from: 'link', sort: [['id', 'uuid']], descending: true });
 *     list.where('program_id = ?', program.id);
 *     if (affiliateId) list.where('affiliate_id = ?', affiliateId);
 *     return list.read<LinkRow, Link>(em, page, { cursor: ({ id }) => [id], node: toLink });
 */
export class List {
  private readonly options: ListOptions;
  private readonly conditions: string[] = [];
  private readonly values: SqlValue[] = [];

  constructor(options: ListOptions) {
    this.options = options;
  }

  where(condition: string, ...values: readonly SqlValue[]): this {
    this.conditions.push(bind(condition, values, this.values.length));
    this.values.push(...values);
    return this;
  }

  /** Of a record of ours only; left out: of all. */
  whereId(column: string, id: string | null | undefined): this {
    return id == null ? this : this.where(`${column} = ?::uuid`, isId(id) ? id : null);
  }

  async read<Row, T>(em: EntityManager, page: Page, { cursor, node }: ListShape<Row, T>): Promise<Connection<T>> {
    const { select, from, sort, descending } = this.options;
    const order = sort.map(([column]) => `${column}${descending ? ' desc' : ''}`).join(', ');
    const tail = `order by ${order} limit ${page.limit} offset ${page.offset}`;
    const [after, values] = this.afterCursor(page);
    const found = await rows<Row>(em, `select ${select} from ${from} ${whereOf([...this.conditions, ...after])} ${tail}`, values);
    const countAll = () => count(em, `select count(*) from ${from} ${whereOf(this.conditions)}`, this.values);
    return makeConnection({ rows: found, page, cursor, node, count: countAll });
  }

  private afterCursor({ after }: Page): [conditions: string[], values: SqlValue[]] {
    if (!after) return [[], this.values];
    const { sort, descending } = this.options;
    const columns = sort.map(([column]) => column).join(', ');
    const places = sort.map(([, type]) => `?::${type}`).join(', ');
    const condition = `(${columns}) ${descending ? '<' : '>'} (${places})`;
    return [[bind(condition, after, this.values.length)], [...this.values, ...after]];
  }
}

const whereOf = (conditions: readonly string[]) => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : '');

/** Numbers the placeholders of a condition behind those that are there already. */
function bind(condition: string, values: readonly SqlValue[], taken: number): string {
  let used = 0;
  const numbered = condition.replaceAll('?', () => `$${taken + ++used}`);
  if (used !== values.length) throw new Error(`${used} placeholders for ${values.length} values in: ${condition}`);
  return `(${numbered})`;
}
