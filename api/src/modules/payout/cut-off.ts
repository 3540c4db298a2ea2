import type { CutOffBatches } from '../../books/index.ts';
import { type ProgramTerms, versionAt } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { collectLines, noteFilled } from './collect.ts';
import { BATCH_COLUMNS, type PayoutBatch } from './payout.entity.ts';

export type TermsOf = (em: EntityManager, programId: string, organizationId: string) => Promise<ProgramTerms>;

/** Batches that cut-offs open: one for each cut-off at which somebody is to be paid, filled once it has taken all balances. */
export function cutOffBatches(termsOf: TermsOf, linesAtOnce?: number): CutOffBatches {
  return {
    async open(em, programId, at) {
      const cutOffAt = new Date(at);
      const names = await rows<{ name: string }>(
        em,
        `select distinct batch as name from withdrawal where program_id = $1 and status = 'requested' and cut_off_at = $2 and batch is not null`,
        [programId, cutOffAt],
      );
      // Of several processes one opens it. What staff have opened before is filled once more; what is frozen already stays as it is.
      await rows(
        em,
        `insert into payout_batch as b (id, program_id, name, status, opened_at, opened_by, cut_off_at)
         select id, $1, name, 'open', $2, 'clock', $2 from unnest($3::uuid[], $4::text[]) as u (id, name)
         on conflict (program_id, name) where status <> 'discarded' do update set cut_off_at = excluded.cut_off_at, filled_at = null
         where b.status = 'open' and b.cut_off_at is null`,
        [programId, cutOffAt, names.map(() => newId()), names.map(({ name }) => name)],
      );
    },
    async fill(em, programId, at) {
      const due = await rows<PayoutBatch & { organizationId: string }>(
        em,
        `select ${BATCH_COLUMNS}, p.organization_id as "organizationId" from payout_batch b join program p on p.id = b.program_id
         where b.program_id = $1 and b.cut_off_at = $2 and b.status = 'open' and b.filled_at is null`,
        [programId, new Date(at)],
      );
      for (const { organizationId, ...batch } of due) {
        const terms = await termsOf(em, programId, organizationId);
        await collectLines(em, batch, versionAt(terms, at).compiled, at, linesAtOnce);
        await noteFilled(em, batch.id, at);
      }
      return due.length;
    },
  };
}
