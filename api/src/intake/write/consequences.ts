import { newId } from '../../platform/ids.ts';
import type { Batch } from '../batch.ts';
import { insert } from './insert.ts';

/** Cases, warnings, and what has to be looked at again. */
export async function writeConsequences({ tx, terms, writes }: Batch): Promise<void> {
  const cases = new Map<string, { affiliateId: string; rule: string; at: number; evidence: string[] }>();
  for (const item of writes.cases) {
    const key = `${item.affiliateId}\n${item.rule}`;
    const known = cases.get(key);
    if (known === undefined) cases.set(key, { ...item, evidence: [item.evidence] });
    else known.evidence.push(item.evidence);
  }
  const opened = [...cases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await insert(
    tx,
    'compliance_case (affiliate_id, program_id, id, rule, status, opened_at, evidence)',
    ['uuid', 'uuid', 'uuid', 'text', 'text', 'timestamptz', 'jsonb'],
    [
      opened.map((item) => item.affiliateId),
      opened.map(() => terms.programId),
      // Of its own: one click may open cases of several rules.
      opened.map(() => newId()),
      opened.map((item) => item.rule),
      opened.map(() => 'open'),
      opened.map((item) => new Date(item.at)),
      opened.map((item) => JSON.stringify(item.evidence)),
    ],
    `on conflict (affiliate_id, program_id, rule) where status = 'open' do update set evidence = compliance_case.evidence || excluded.evidence`,
  );
  const warnings = new Map(writes.warnings.map((item) => [`${item.affiliateId}\n${item.rule}`, item]));
  const raised = [...warnings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await insert(
    tx,
    'affiliate_warning (affiliate_id, program_id, rule, raised_at)',
    ['uuid', 'uuid', 'text', 'timestamptz'],
    [
      raised.map((item) => item.affiliateId),
      raised.map(() => terms.programId),
      raised.map((item) => item.rule),
      raised.map((item) => new Date(item.at)),
    ],
    'on conflict do nothing',
  );
}
