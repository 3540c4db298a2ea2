import { CASE_DAYS } from '@tributary/shared/compliance';
import { CASE_DAYS_SWITCH } from '../../cases/index.ts';
import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { bucketOf } from '../../platform/ids.ts';
import { type Pair, pairKey } from '../affiliate/index.ts';
import {
  CASE_COLUMNS,
  type Case,
  type CaseEntry,
  type CaseEvidence,
  ENTRY_COLUMNS,
  EVIDENCE_COLUMNS,
  SOURCE_COLUMNS,
  type TrafficSource,
} from './compliance.entity.ts';

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

const idOf = (found: unknown) => (found as { id: string }).id;

/** The first pieces of evidence of cases. */
export const evidenceOf: LoaderDefinition<Case, CaseEvidence[]> = {
  keyOf: idOf,
  async read({ em }, cases) {
    const found = await rows<CaseEvidence>(
      em,
      `select ${EVIDENCE_COLUMNS} from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (affiliate_id, program_id, case_id) cross join lateral (
         select * from case_evidence e where e.affiliate_id = k.affiliate_id and e.program_id = k.program_id and e.case_id = k.case_id
         order by e.id limit ${MOST_EVIDENCE}) v order by v.id`,
      keysOf(cases),
    );
    return groupedByCase(cases, found);
  },
};

/** How many pieces of evidence cases have, as far as they are counted. */
export const evidenceCounts: LoaderDefinition<Case, number> = {
  keyOf: idOf,
  async read({ em }, cases) {
    const found = await rows<{ id: string; count: number }>(
      em,
      `select k.case_id as id, v.count from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (affiliate_id, program_id, case_id) cross join lateral (
         select count(*)::int as count from (select from case_evidence e where e.affiliate_id = k.affiliate_id and e.program_id = k.program_id
           and e.case_id = k.case_id limit ${MOST_COUNTED}) counted) v`,
      keysOf(cases),
    );
    const counts = new Map(found.map(({ id, count }) => [id, count]));
    return cases.map(({ id }) => counts.get(id) ?? 0);
  },
};

/** What was said and done about cases last, oldest first. */
export const entriesOf: LoaderDefinition<Case, CaseEntry[]> = {
  keyOf: idOf,
  async read({ em }, cases) {
    const found = await rows<CaseEntry>(
      em,
      `select ${ENTRY_COLUMNS} from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (affiliate_id, program_id, case_id) cross join lateral (
         select * from case_entry e where e.affiliate_id = k.affiliate_id and e.program_id = k.program_id and e.case_id = k.case_id
         order by e.id desc limit ${MOST_ENTRIES}) n order by n.id`,
      keysOf(cases),
    );
    return groupedByCase(cases, found);
  },
};

const MOST_EVIDENCE = 100;
const MOST_COUNTED = 10_000;
const MOST_ENTRIES = 200;

const keysOf = (cases: readonly Case[]) => [
  cases.map(({ affiliateId }) => affiliateId),
  cases.map(({ programId }) => programId),
  cases.map(({ id }) => id),
];

function groupedByCase<T extends { readonly caseId: string }>(cases: readonly Case[], found: readonly T[]): T[][] {
  const groups = Map.groupBy(found, ({ caseId }) => caseId);
  return cases.map(({ id }) => groups.get(id) ?? []);
}

/** Declared traffic sources that are evidence; null: there is none. */
export const sourcesOfEvidence: LoaderDefinition<CaseEvidence, TrafficSource | null> = {
  keyOf: idOf,
  async read({ em }, evidence) {
    const found = await rows<TrafficSource>(
      em,
      `select ${SOURCE_COLUMNS} from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (affiliate_id, program_id, id)
       join traffic_source s on s.affiliate_id = k.affiliate_id and s.program_id = k.program_id and s.id = k.id`,
      [evidence.map(({ affiliateId }) => affiliateId), evidence.map(({ programId }) => programId), evidence.map(({ refId }) => refId)],
    );
    const byId = new Map(found.map((source) => [source.id, source]));
    return evidence.map(({ refId }) => byId.get(refId ?? '') ?? null);
  },
};

/** What facts that are evidence are called: by the callers' ids. */
export const evidenceNames: LoaderDefinition<CaseEvidence, string | null> = {
  keyOf: idOf,
  async read({ em }, evidence) {
    const of = (kind: CaseEvidence['kind']) => evidence.flatMap((item) => (item.kind === kind && item.refId !== null ? [item.refId] : []));
    const clicks = of('click');
    const found = await rows<{ id: string; external_id: string }>(
      em,
      `select c.id, c.external_id from unnest($1::smallint[], $2::uuid[]) as k (bucket, id) join click c on c.bucket = k.bucket and c.id = k.id
       union all select id, external_id from customer where id = any($3::uuid[])
       union all select id, external_id from order_record where id = any($4::uuid[])`,
      [clicks.map(bucketOf), clicks, of('customer'), of('order')],
    );
    const names = new Map(found.map(({ id, external_id }) => [id, external_id]));
    return evidence.map(({ refId }) => names.get(refId ?? '') ?? null);
  },
};

/** How many days staff have for cases of programs. */
export const caseDaysByProgram: LoaderDefinition<string, number> = {
  async read({ em }, programs) {
    const found = await rows<{ program_id: string; days: number }>(
      em,
      `select distinct on (program_id) program_id, value::int as days from program_switch
       where program_id = any($1::uuid[]) and name = $2 order by program_id, id desc`,
      [programs, CASE_DAYS_SWITCH],
    );
    const byProgram = new Map(found.map(({ program_id, days }) => [program_id, days]));
    return programs.map((id) => byProgram.get(id) ?? CASE_DAYS);
  },
};
