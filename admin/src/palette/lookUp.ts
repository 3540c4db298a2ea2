import { graphql, type ResultOf } from '../api/graphql.ts';
import { programId } from '../provider/source.ts';
import { besideList } from '../ui/besideList.ts';

export const lookUpDocument = graphql(`
  query LookUp($id: String!) {
    lookUp(id: $id) { kind id program { key name } }
  }
`);

export type Found = ResultOf<typeof lookUpDocument>['lookUp'][number];

/** Where it is looked at; clicks have no page of their own. */
export function addressOf({ kind, id, program }: Found): string | null {
  const place = programId.write(program?.key ?? '', id);
  switch (kind) {
    case 'AFFILIATE':
      return `/affiliates/${encodeURIComponent(id)}/show`;
    case 'ORDER':
      return `/orders/${encodeURIComponent(place)}/show`;
    case 'WITHDRAWAL':
      return besideList('withdrawals', place);
    case 'REQUEST':
      return besideList('requests', place);
    case 'REDEMPTION':
      return besideList('redemptions', place);
    case 'CUSTOMER':
      return besideList('customers', place);
    default:
      return null;
  }
}
