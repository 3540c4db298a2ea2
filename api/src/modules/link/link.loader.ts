import { documentsAt, renewalsOf } from '@tributary/shared/people';
import type { LoaderDefinition } from '../../context.ts';
import { enrollmentsByPair, historyByPair, type Pair, pairKey } from '../affiliate/index.ts';
import { sourcesByPair } from '../compliance/index.ts';
import { documentsByProgram } from '../document/index.ts';

/** What rates may look at of an affiliate. */
export interface EarningsFacts {
  readonly class?: string;
  readonly documents: readonly string[];
  readonly sourceKinds: readonly string[];
}

export const earningsFacts: LoaderDefinition<Pair, EarningsFacts> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read(context, pairs) {
    const now = await context.now();
    return Promise.all(
      pairs.map(async (pair) => {
        const [enrollment, history, sources, versions] = await Promise.all([
          context.load(enrollmentsByPair).load(pair),
          context.load(historyByPair).load(pair),
          context.load(sourcesByPair).load(pair),
          context.load(documentsByProgram).load(pair.programId),
        ]);
        const sourceKinds = sources.map(({ kind }) => kind);
        return {
          documents: documentsAt(history, now, renewalsOf(versions)),
          sourceKinds,
          ...(enrollment?.class ? { class: enrollment.class } : {}),
        };
      }),
    );
  },
};
