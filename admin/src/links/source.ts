import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf } from '../provider/filters.ts';
import { listOnly } from '../provider/listOnly.ts';

const listDocument = graphql(`
  query Links($first: Int!, $offset: Int!, $program: String!, $affiliate: String) {
    links(first: $first, offset: $offset, program: $program, affiliate: $affiliate) {
      totalCount
      nodes { id externalId code vanity url trackingUrl subId kind rate createdAt affiliate { externalId name } }
    }
  }
`);

export type LinkRecord = ResultOf<typeof listDocument>['links']['nodes'][number];

export const links = listOnly<LinkRecord, ResultOf<typeof listDocument>, VariablesOf<typeof listDocument>>(
  listDocument,
  ({ filter }) => {
    const program = textOf(filter, 'program');
    return program === undefined ? null : { program, affiliate: textOf(filter, 'affiliate') };
  },
  ({ links: found }) => found,
);
