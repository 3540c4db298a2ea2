import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';

const rowFragment = graphql(`
  fragment ProductRow on Product {
    externalId title url category kind store available participates rate forbiddenSince seenAt price { amount currency }
  }
`);

const listDocument = graphql(
  `
  query Products($first: Int!, $offset: Int!, $program: String!) {
    products(first: $first, offset: $offset, program: $program) { totalCount nodes { ...ProductRow } }
  }
`,
  [rowFragment],
);

const searchDocument = graphql(
  `
  query ProductSearch($first: Int!, $offset: Int!, $program: String!, $words: String!) {
    searchProducts(first: $first, offset: $offset, program: $program, words: $words) { totalCount nodes { ...ProductRow } }
  }
`,
  [rowFragment],
);

export const forbidProduct = graphql(`
  mutation ForbidProduct($input: ForbidProductInput!) { forbidProduct(input: $input) { userErrors { code message path } } }
`);

type Row = ResultOf<typeof rowFragment>;
export type ProductRecord = Row & { readonly id: string };

const toRecord = (row: Row): ProductRecord => ({ ...row, id: row.externalId });

/** Products of a program, or those that have all of some words. */
export const products: Source<ProductRecord> = {
  async list(ask, { first, offset, filter }) {
    const [program, words] = [textOf(filter, 'program'), textOf(filter, 'words')];
    if (program === undefined) return { rows: [], total: 0 };
    const found =
      words === undefined
        ? (await ask(listDocument, { first, offset, program })).products
        : (await ask(searchDocument, { first, offset, program, words })).searchProducts;
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  one: () => Promise.resolve(null),
};
