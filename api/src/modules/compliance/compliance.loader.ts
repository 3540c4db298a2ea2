import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { bucketOf, isId } from '../../platform/ids.ts';
import { type Pair, pairKey } from '../affiliate/index.ts';
import { CASE_COLUMNS, type Case, SOURCE_COLUMNS, type TrafficSource } from './compliance.entity.ts';

/** Declared traffic sources of enrollments, oldest first. */
export const sourcesByPair: LoaderDefinition<Pair, TrafficSource[]> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read({ em }, pairs) {
    const found = await rows<TrafficSource>(
      em,
      `select ${SOURCE_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
       join traffic_source s on s.affiliate_id = k.affiliate_id and s.program_id = k.program_id order by s.id`,
      [pairs.map((pair) => pair.affiliateId), pairs.map((pair) => pair.programId)],
    );
    const groups = Map.groupBy(found, pairKey);
    return pairs.map((pair) => groups.get(pairKey(pair)) ?? []);
  },
};

/** Open cases of enrollments, oldest first. */
export const openCasesByPair: LoaderDefinition<Pair, Case[]> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read({ em }, pairs) {
    const found = await rows<Case>(
      em,
      `select ${CASE_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
       join compliance_case c on c.affiliate_id = k.affiliate_id and c.program_id = k.program_id and c.status = 'open' order by c.opened_at, c.rule`,
      [pairs.map((pair) => pair.affiliateId), pairs.map((pair) => pair.programId)],
    );
    const groups = Map.groupBy(found, pairKey);
    return pairs.map((pair) => groups.get(pairKey(pair)) ?? []);
  },
};

/** What a piece of evidence is called: a click by the caller's id, all else as it stands. */
export const evidenceNames: LoaderDefinition<string, string> = {
  async read({ em }, items) {
    const ids = items.filter(isId);
    const found = await rows<{ id: string; external_id: string }>(
      em,
      'select c.id, c.external_id from unnest($1::smallint[], $2::uuid[]) as k (bucket, id) join click c on c.bucket = k.bucket and c.id = k.id',
      [ids.map(bucketOf), ids],
    );
    const names = new Map(found.map((click) => [click.id, click.external_id]));
    return items.map((item) => names.get(item) ?? item);
  },
};
