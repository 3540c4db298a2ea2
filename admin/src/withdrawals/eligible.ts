import type { Say } from '../words/words.ts';
import type { WithdrawalRecord } from './source.ts';

/** Why nothing can be decided about a withdrawal any more, or not yet; undefined: it can. */
export function barredBy({ status, cutOffAt }: WithdrawalRecord, say: Say): string | undefined {
  if (status === 'REQUESTED' && cutOffAt !== null)
    return say('It is reviewed after the cut-off at %{instant}', { instant: say.instant(cutOffAt) });
  if (status === 'REQUESTED' || status === 'PROCESSING' || status === 'APPROVED') return undefined;
  return say('It is %{status}: nothing is left to decide', { status: say.word(status).toLowerCase() });
}

/** Why it has its status. */
export function whyWithdrawal({ status, reason, decidedAt, cutOffAt, heldReason }: WithdrawalRecord, say: Say): string | undefined {
  const parts = [
    heldReason && say('On hold: %{reason}', { reason: heldReason }),
    status === 'REQUESTED' && cutOffAt && say('The cut-off at %{instant} takes it', { instant: say.instant(cutOffAt) }),
    reason && say.said(reason),
    decidedAt && say('Since %{instant}', { instant: say.instant(decidedAt) }),
  ];
  return parts.filter(Boolean).join('. ') || undefined;
}
