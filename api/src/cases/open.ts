import { caseDueAt } from '@tributary/shared/compliance';
import { formatInstant } from '@tributary/shared/time';
import { queueMessages } from '../messages/index.ts';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';
import { caseDaysOf } from './days.ts';

/** What speaks for a case: a fact by our id, words, or a declared source with what was found there. */
export type Evidence =
  | { readonly kind: 'click' | 'customer' | 'order'; readonly id: string }
  | { readonly kind: 'source'; readonly id: string; readonly text: string }
  | { readonly kind: 'words'; readonly text: string };

export interface Suspicion {
  readonly affiliateId: string;
  readonly rule: string;
  /** When what is suspected was done, in business time. */
  readonly at: number;
  readonly evidence: readonly Evidence[];
}

interface Open {
  readonly id: string;
  readonly affiliateId: string;
  readonly rule: string;
  readonly openedAt: Date;
  readonly dueAt: Date;
}

/**
 * Opens a case for each suspicion, or adds to the one of the affiliate and rule that is open, and tells of those that are new. One
 * suspicion for an affiliate and rule. `now`: when it became known, in business time.
 */
export async function openCases(tx: Transaction, programId: string, suspicions: readonly Suspicion[], now: number): Promise<void> {
  if (suspicions.length === 0) return;
  const known = suspicions.map((suspicion) => ({ ...suspicion, id: newId() })).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const dueAt = new Date(caseDueAt(now, await caseDaysOf(tx, programId)));
  const open = await rows<Open>(
    tx,
    `insert into compliance_case (affiliate_id, program_id, id, rule, status, opened_at, due_at)
     select affiliate_id, $1, id, rule, 'open', at, $2 from unnest($3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[]) as u (affiliate_id, id, rule, at)
     on conflict (affiliate_id, program_id, rule) where status = 'open' do update set status = excluded.status
     returning id, affiliate_id as "affiliateId", rule, opened_at as "openedAt", due_at as "dueAt"`,
    [
      ...[programId, dueAt, known.map(({ affiliateId }) => affiliateId), known.map(({ id }) => id)],
      ...[known.map(({ rule }) => rule), known.map(({ at }) => new Date(at))],
    ],
  );
  const byKey = new Map(open.map((found) => [keyOf(found), found]));
  await addEvidence(
    tx,
    known.flatMap((suspicion) => suspicion.evidence.map((evidence) => ({ programId, ...byKey.get(keyOf(suspicion))!, evidence }))),
    { at: now, by: null },
  );
  const ids = new Set(known.map(({ id }) => id));
  await tellOpened(
    tx,
    programId,
    open.filter(({ id }) => ids.has(id)),
    now,
  );
}

const keyOf = ({ affiliateId, rule }: { affiliateId: string; rule: string }) => `${affiliateId}\n${rule}`;

interface OfCase {
  readonly affiliateId: string;
  readonly programId: string;
  readonly id: string;
  readonly evidence: Evidence;
}

/** What is there already is not added again. `by`: who of staff; null: it follows from a clause. */
export async function addEvidence(tx: Transaction, added: readonly OfCase[], { at, by }: { at: number; by: string | null }): Promise<void> {
  if (added.length === 0) return;
  await rows(
    tx,
    `insert into case_evidence (affiliate_id, program_id, case_id, id, kind, ref_id, text, added_at, added_by)
     select affiliate_id, program_id, case_id, id, kind, ref_id, text, $1, $2
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::text[]) as u (affiliate_id, program_id, case_id, id, kind, ref_id, text)
      where u.kind <> 'words' or not exists (
        select 1 from case_evidence e where e.affiliate_id = u.affiliate_id and e.case_id = u.case_id and e.kind = 'words' and e.text = u.text)
     on conflict do nothing`,
    [
      ...[new Date(at), by, added.map(({ affiliateId }) => affiliateId), added.map(({ programId }) => programId)],
      ...[added.map(({ id }) => id), added.map(() => newId()), added.map(({ evidence }) => evidence.kind)],
      added.map(({ evidence }) => (evidence.kind === 'words' ? null : evidence.id)),
      added.map(({ evidence }) => ('text' in evidence ? evidence.text : null)),
    ],
  );
}

async function tellOpened(tx: Transaction, programId: string, opened: readonly Open[], now: number): Promise<void> {
  if (opened.length === 0) return;
  const names = await externalIdsOf(
    tx,
    opened.map(({ affiliateId }) => affiliateId),
  );
  await queueMessages(tx, programId, ['case.opened'], () =>
    opened.map(({ id, affiliateId, rule, openedAt, dueAt }) => ({
      event: 'case.opened',
      affiliateId,
      at: now,
      data: {
        affiliate: names.get(affiliateId),
        case: id,
        rule,
        openedAt: formatInstant(openedAt.getTime()),
        dueAt: formatInstant(dueAt.getTime()),
        at: formatInstant(now),
      },
    })),
  );
}

/** The callers' ids of affiliates, by ours. */
export async function externalIdsOf(tx: Transaction, affiliateIds: readonly string[]): Promise<Map<string, string>> {
  const text = 'select id, external_id from affiliate where id = any($1::uuid[])';
  const found = await rows<{ id: string; external_id: string }>(tx, text, [affiliateIds]);
  return new Map(found.map(({ id, external_id }) => [id, external_id]));
}
