import type { Ask } from '../api/client.ts';
import { notFound } from '../api/errors.ts';
import { graphql, type ResultOf } from '../api/graphql.ts';

const balancesDocument = graphql(`
  query Balances($program: String!, $affiliate: String!) {
    balances(program: $program, affiliate: $affiliate) {
      units {
        unit
        isReward
        pending { value unit }
        available { value unit }
        reserved { value unit }
        paid { value unit }
        expired { value unit }
        debt { value unit }
      }
    }
  }
`);

export type UnitBalance = NonNullable<ResultOf<typeof balancesDocument>['balances']>['units'][number];

/** What an affiliate has in a program, unit by unit. */
export async function readBalances(ask: Ask, program: string, affiliate: string): Promise<readonly UnitBalance[]> {
  const { balances } = await ask(balancesDocument, { program, affiliate });
  if (!balances) throw notFound('affiliate', affiliate);
  return balances.units;
}
