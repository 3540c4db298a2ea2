import { StatusChip } from '../ui/StatusChip.tsx';
import { useSay } from '../words/words.ts';
import { BATCH_TONES, type BatchRecord } from './source.ts';

/** How far a batch is, and who brought it there. */
export function BatchChip({ batch }: { readonly batch: BatchRecord }) {
  const say = useSay();
  const { status, reason, frozenBy, approvedBy, sentBy } = batch;
  const why = [
    frozenBy && say('Frozen by %{who}', { who: frozenBy }),
    approvedBy && say('Approved by %{who}', { who: approvedBy }),
    sentBy && say('Sent by %{who}', { who: sentBy }),
    reason,
  ];
  return <StatusChip status={status} tone={BATCH_TONES[status]} why={why.filter(Boolean).join('. ') || undefined} />;
}
