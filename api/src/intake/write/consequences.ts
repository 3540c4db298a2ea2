import { openCases } from '../../cases/index.ts';
import type { Batch } from '../batch.ts';
import { insert } from './insert.ts';

/** Cases, warnings, and what has to be looked at again. */
export async function writeConsequences({ tx, terms, writes, now }: Batch): Promise<void> {
  const suspicions = [...Map.groupBy(writes.cases, ({ affiliateId, rule }) => `${affiliateId}\n${rule}`).values()].map((all) => ({
    ...all[0]!,
    evidence: all.map(({ evidence }) => evidence),
  }));
  await openCases(tx, terms.programId, suspicions, now);
  const warnings = new Map(writes.warnings.map((item) => [`${item.affiliateId}\n${item.rule}`, item]));
  const raised = [...warnings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await insert(
    tx,
    'affiliate_warning (affiliate_id, program_id, rule, raised_at)',
    ['uuid', 'uuid', 'text', 'timestamptz'],
    [raised.map((item) => item.affiliateId), terms.programId, raised.map((item) => item.rule), raised.map((item) => new Date(item.at))],
    'on conflict do nothing',
  );
}
