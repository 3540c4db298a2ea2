import { type SearchTerm, searchTerms } from '@tributary/shared/tracking';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows, type SqlValue } from '../../platform/database/sql.ts';
import { type Connection, makeConnection, type Page } from '../../platform/graphql/connection.ts';
import { PRODUCT_COLUMNS, type Product } from './product.entity.ts';
import { programMark } from './project-products.ts';

/** So many hits are put in order; who has more says another word. */
const MOST_HITS = 2_000;

export interface ProductSearch {
  readonly words: string;
  readonly category: string | null;
}

const HITS = `select ${PRODUCT_COLUMNS} from product p
  where p.words @@ $1::tsquery and p.program_id = $2 and p.offered and ($3::text is null or p.category = $3) limit ${MOST_HITS}`;

/** Products that can be had and have all of the words, the last one perhaps not typed to its end, in the order of their ids. */
export async function searchProducts(
  em: EntityManager,
  programId: string,
  { words, category }: ProductSearch,
  page: Page,
): Promise<Connection<Product>> {
  const query = queryOf(words, programId);
  const asked: SqlValue[] = [query, programId, category];
  const found =
    query === null
      ? []
      : await rows<Product>(
          em,
          `with hit as materialized (${HITS}) select * from hit where $4::text is null or "externalId" > $4 order by "externalId" limit $5 offset $6`,
          [...asked, page.after?.[0] ?? null, page.limit, page.offset],
        );
  return makeConnection({
    rows: found,
    page,
    cursor: ({ externalId }) => [externalId],
    node: (product) => product,
    count: async () => (query === null ? 0 : (await rows(em, `select 1 from (${HITS}) hit`, asked)).length),
  });
}

/** In PostgreSQL's language of searches; null: there is nothing to look for. Words hold letters and digits only, so nothing in them means anything. */
function queryOf(text: string, programId: string): string | null {
  const mark = programMark(programId);
  const terms = searchTerms(text).map((term) => queryOfTerm(term, mark));
  return terms.length === 0 ? null : terms.join(' & ');
}

function queryOfTerm(term: SearchTerm, mark: string): string {
  if ('word' in term) return `'${mark}${term.word}'`;
  if ('beginning' in term) return `'${mark}${term.beginning}':*`;
  return `(${term.run.map((pair) => `'${mark}${pair}'`).join(' <-> ')})`;
}
