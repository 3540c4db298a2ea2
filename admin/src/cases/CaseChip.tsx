import { Box } from '@mui/material';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useSay } from '../words/words.ts';
import { CASE_TONES, type CaseRecord } from './source.ts';

/** What became of a case, who closed it, and whether its deadline has passed. */
export function CaseChip({ found: { status, closedBy, closedAt, overdueAt } }: { readonly found: CaseRecord }) {
  const say = useSay();
  const why = closedBy && closedAt ? say('%{date} by %{who}', { date: say.date(closedAt), who: closedBy }) : undefined;
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.5 }}>
      <StatusChip status={status} tone={CASE_TONES[status]} why={why} />
      {status === 'OPEN' && overdueAt && <StatusChip status="OVERDUE" tone="bad" />}
    </Box>
  );
}
