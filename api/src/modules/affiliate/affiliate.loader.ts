import type { HistoryEvent } from '@tributary/shared/people';
import type { ClassMeasure, CompiledTerms } from '@tributary/shared/terms';
import { programsWith } from '../../access/index.ts';
import type { Context, LoaderDefinition } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { rows } from '../../platform/database/sql.ts';
import {
  AFFILIATE_COLUMNS,
  type Affiliate,
  CLASS_REQUEST_COLUMNS,
  type ClassRequest,
  type ClassRequestRow,
  classRequestOf,
  ENROLLMENT_COLUMNS,
  type Enrollment,
} from './affiliate.entity.ts';
import { type MeasureOf, measureBy, measured, type Pair, pairKey } from './measures.ts';

/** Affiliates by our id. The caller has made sure that the viewer may see them. */
export const affiliatesById: LoaderDefinition<string, Affiliate | null> = {
  async read({ em }, ids) {
    const found = await rows<Affiliate>(em, `select ${AFFILIATE_COLUMNS} from affiliate a where a.id = any($1::uuid[])`, [ids]);
    const byId = new Map(found.map((affiliate) => [affiliate.id, affiliate]));
    return ids.map((id) => byId.get(id) ?? null);
  },
};

/** Rows that belong to enrollments, for all asked for at once, in the order in which they were written. */
async function byPair<Row extends Pair>(
  { em }: Context,
  pairs: readonly Pair[],
  select: string,
  from: string,
  alias: string,
  more = '',
): Promise<Row[][]> {
  const found = await rows<Row>(
    em,
    `select ${select} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
     join ${from} ${alias} on ${alias}.affiliate_id = k.affiliate_id and ${alias}.program_id = k.program_id ${more}`,
    [pairs.map((pair) => pair.affiliateId), pairs.map((pair) => pair.programId)],
  );
  const groups = Map.groupBy(found, pairKey);
  return pairs.map((pair) => groups.get(pairKey(pair)) ?? []);
}

export const enrollmentsByPair: LoaderDefinition<Pair, Enrollment | null> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read(context, pairs) {
    const found = await byPair<Enrollment>(context, pairs, ENROLLMENT_COLUMNS, 'enrollment', 'e');
    return found.map(([enrollment]) => enrollment ?? null);
  },
};

/** An affiliate's enrollments: all, there are as many as programs. */
export const enrollmentsOfAffiliate: LoaderDefinition<string, Enrollment[]> = {
  async read({ em }, ids) {
    const text = `select ${ENROLLMENT_COLUMNS} from enrollment e where e.affiliate_id = any($1::uuid[]) order by e.id`;
    const groups = Map.groupBy(await rows<Enrollment>(em, text, [ids]), ({ affiliateId }) => affiliateId);
    return ids.map((id) => groups.get(id) ?? []);
  },
};

export interface Decided extends HistoryEvent {
  readonly reason: string | null;
  readonly by: string;
}

interface DecidedRow extends Pair {
  kind: HistoryEvent['kind'];
  value: string;
  subject: string | null;
  at: Date;
  reason: string | null;
  by: string;
}

/** All that was decided about enrollments, oldest first. */
export const historyByPair: LoaderDefinition<Pair, Decided[]> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read(context, pairs) {
    const select =
      'h.affiliate_id as "affiliateId", h.program_id as "programId", h.kind, h.value, h.subject, h.holds_from as at, h.reason, h.done_by as by';
    const found = await byPair<DecidedRow>(context, pairs, select, 'enrollment_event', 'h', 'order by h.id');
    return found.map((events) =>
      events.map(({ kind, value, subject, at, reason, by }) => ({ kind, value, subject, holdsFrom: at.getTime(), reason, by })),
    );
  },
};

export const classRequestsByPair: LoaderDefinition<Pair, ClassRequest[]> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read(context, pairs) {
    const found = await byPair<ClassRequestRow>(context, pairs, CLASS_REQUEST_COLUMNS, 'class_request', 'r', 'order by r.id desc');
    return found.map((requests) => requests.map(classRequestOf));
  },
};

export const warningsByPair: LoaderDefinition<Pair, string[]> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read(context, pairs) {
    const select = 'w.affiliate_id as "affiliateId", w.program_id as "programId", w.rule';
    const found = await byPair<Pair & { rule: string }>(context, pairs, select, 'affiliate_warning', 'w', 'order by w.rule');
    return found.map((warnings) => warnings.map(({ rule }) => rule));
  },
};

export const payingCustomersByPair: LoaderDefinition<Pair, number> = {
  keyOf: (pair) => pairKey(pair as Pair),
  async read(context, pairs) {
    const select = 'p.affiliate_id as "affiliateId", p.program_id as "programId", count(*)::int as customers';
    const found = await byPair<Pair & { customers: number }>(
      context,
      pairs,
      select,
      'customer_place',
      'p',
      'where p.standing > 0 group by p.affiliate_id, p.program_id',
    );
    return found.map(([row]) => row?.customers ?? 0);
  },
};

/** A measure of an affiliate, in minor units. */
export interface Measured extends MeasureOf {
  readonly minor: bigint;
}

/** A measure of an affiliate; null: the one by which classes of the program go, if there are any. */
export interface MeasureKey extends Pair {
  readonly measure: ClassMeasure | null;
}

/** Null: the program has no classes. */
export const measuredByPair: LoaderDefinition<MeasureKey, Measured | null> = {
  keyOf: (key) => `${pairKey(key as MeasureKey)}/${(key as MeasureKey).measure}`,
  async read(context, keys) {
    const { em, services, viewer } = context;
    const now = await context.now();
    const compiled = new Map<string, CompiledTerms>();
    for (const programId of new Set(keys.map((key) => key.programId)))
      compiled.set(programId, versionAt(await services.intake.termsOf(em, programId, viewer.organizationId), now).compiled);
    const termsOf = (programId: string) => compiled.get(programId) as CompiledTerms;
    const wanted = keys.map((key) => {
      const measure = key.measure ?? termsOf(key.programId).terms.classes?.measure;
      return measure === undefined ? null : { key, by: measureBy(termsOf(key.programId), measure) };
    });
    const sums = new Map<ClassMeasure, Map<string, bigint>>();
    for (const measure of new Set(wanted.flatMap((one) => one?.by.measure ?? []))) {
      const pairs = wanted.flatMap((one) => (one?.by.measure === measure ? [one.key] : []));
      sums.set(measure, await measured(em, measure, pairs, (programId) => termsOf(programId).currencyExponent));
    }
    return wanted.map((one) => one && { ...one.by, minor: sums.get(one.by.measure)?.get(pairKey(one.key)) ?? 0n });
  },
};

export interface Profile {
  readonly name: string | null;
  readonly email: string | null;
}

export const profilesById: LoaderDefinition<string, Profile> = {
  async read({ em, viewer }, ids) {
    const text = `select p.affiliate_id as id, p.name, p.email from affiliate_profile p where p.affiliate_id = any($1::uuid[])
      and ($2::uuid[] is null or exists (select from enrollment e where e.affiliate_id = p.affiliate_id and e.program_id = any($2)))`;
    const programs = programsWith(viewer.grants, ['person.read', 'own.read']) ?? null;
    const found = new Map((await rows<Profile & { id: string }>(em, text, [ids, programs])).map((profile) => [profile.id, profile]));
    return ids.map((id) => found.get(id) ?? { name: null, email: null });
  },
};
