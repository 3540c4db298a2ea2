import { graphql, type ResultOf, type VariablesOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';

const listDocument = graphql(`
  query Creatives($first: Int!, $offset: Int!, $program: String!, $kind: CreativeKind) {
    creatives(first: $first, offset: $offset, program: $program, kind: $kind) {
      totalCount
      nodes { externalId kind title url image width height code details validFrom validUntil withdrawnAt }
    }
    now
  }
`);

export const publishCreative = graphql(`
  mutation PublishCreative($input: PublishCreativeInput!) { publishCreative(input: $input) { userErrors { code message path } } }
`);
export const withdrawCreative = graphql(`
  mutation WithdrawCreative($input: WithdrawCreativeInput!) { withdrawCreative(input: $input) { userErrors { code message path } } }
`);

type Row = ResultOf<typeof listDocument>['creatives']['nodes'][number];
/** What became of it by the time it was read. */
export type CreativeState = 'IN_USE' | 'TO_COME' | 'OVER' | 'WITHDRAWN';
export type CreativeRecord = Row & { readonly id: string; readonly program: string; readonly state: CreativeState };
export type NewCreative = VariablesOf<typeof publishCreative>['input'];

export const CREATIVE_KINDS: readonly Row['kind'][] = ['BANNER', 'OFFER'];

function stateOf({ withdrawnAt, validFrom, validUntil }: Row, now: number): CreativeState {
  if (withdrawnAt) return 'WITHDRAWN';
  if (validFrom && Date.parse(validFrom) > now) return 'TO_COME';
  return validUntil && Date.parse(validUntil) <= now ? 'OVER' : 'IN_USE';
}

export const creatives: Source<CreativeRecord> = {
  async list(ask, { first, offset, filter }) {
    const program = textOf(filter, 'program');
    if (program === undefined) return { rows: [], total: 0 };
    const { creatives: found, now } = await ask(listDocument, { first, offset, program, kind: wordOf(filter, 'kind', CREATIVE_KINDS) });
    const at = Date.parse(now);
    return { rows: found.nodes.map((row) => ({ ...row, id: row.externalId, program, state: stateOf(row, at) })), total: found.totalCount };
  },
  one: () => Promise.resolve(null),
};
