import { documentsAt, renewalsOf } from '@tributary/shared/people';
import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { enrollmentsByPair, historyByPair, type Pair, pairKey } from '../affiliate/index.ts';
import { sourcesByPair } from '../compliance/index.ts';
import { documentsByProgram } from '../document/index.ts';
import { LINK_COLUMNS, type Link } from './link.entity.ts';

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

/** The link that the terms gave to an affiliate; null: none. */
export const personalLinks: LoaderDefinition<Pair, Link | null> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read({ em }, pairs) {
    const found = await rows<Link>(
      em,
      `select ${LINK_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
       join link l on l.affiliate_id = k.affiliate_id and l.program_id = k.program_id and l.personal`,
      [pairs.map(({ affiliateId }) => affiliateId), pairs.map(({ programId }) => programId)],
    );
    const byPair = new Map(found.map((link) => [pairKey(link), link]));
    return pairs.map((pair) => byPair.get(pairKey(pair)) ?? null);
  },
};
