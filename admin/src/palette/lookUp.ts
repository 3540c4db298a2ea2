import { graphql, type ResultOf } from '../api/graphql.ts';
import { programId } from '../provider/source.ts';

export const lookUpDocument = graphql(`
  query LookUp($id: String!) {
    lookUp(id: $id) { kind id program { key name } }
  }
`);

export type Found = ResultOf<typeof lookUpDocument>['lookUp'][number];

/** Where it is looked at; clicks have no page of their own. */
export function addressOf({ kind, id, program }: Found): string | null {
  const place = encodeURIComponent(programId.write(program?.key ?? '', id));
  switch (kind) {
    case 'AFFILIATE':
      return `/affiliates/${encodeURIComponent(id)}/show`;
    case 'ORDER':
      return `/orders/${place}/show`;
    case 'WITHDRAWAL':
      return `/withdrawals?open=${place}`;
    case 'REQUEST':
      return `/requests?${stateless(place)}`;
    case 'REDEMPTION':
      return `/redemptions?open=${place}`;
    case 'CUSTOMER':
      return `/customers?open=${place}`;
    default:
      return null;
  }
}

/** Opens a record over the whole list, whatever its state: without the filter that is usual there. */
const stateless = (place: string) => `filter=${encodeURIComponent('{}')}&open=${place}`;
