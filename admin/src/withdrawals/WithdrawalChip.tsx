import { Box } from '@mui/material';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useSay } from '../words/words.ts';
import { whyWithdrawal } from './eligible.ts';
import { WITHDRAWAL_TONES, type WithdrawalRecord } from './source.ts';

/** How far a withdrawal is and why; on hold or not. */
export function WithdrawalChip({ withdrawal }: { readonly withdrawal: WithdrawalRecord }) {
  const say = useSay();
  const { status, heldAt, heldReason, contradiction } = withdrawal;
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.5 }}>
      <StatusChip status={status} tone={WITHDRAWAL_TONES[status]} why={whyWithdrawal(withdrawal, say)} />
      {contradiction !== null && <StatusChip status="CONTRADICTED" tone="bad" why={say.said(contradiction)} />}
      {heldAt && <StatusChip status="ON_HOLD" tone="bad" why={heldReason ?? undefined} />}
    </Box>
  );
}
