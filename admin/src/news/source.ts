import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';

const listDocument = graphql(`
  query News($first: Int!, $offset: Int!, $program: String!) {
    news(first: $first, offset: $offset, program: $program) { totalCount nodes { id title body publishedAt } }
  }
`);

export const publishNews = graphql(`
  mutation PublishNews($input: PublishNewsInput!) { publishNews(input: $input) { userErrors { code message path } } }
`);

export type NewsRecord = ResultOf<typeof listDocument>['news']['nodes'][number];

export const news = listOnly<NewsRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => {
    const program = textOf(filter, 'program');
    return program === undefined ? null : { program };
  },
  ({ news: found }) => found,
);
