import { StatusChip } from '../ui/StatusChip.tsx';
import { useSay } from '../words/words.ts';
import { COMMISSION_TONES, type CommissionStatus } from './source.ts';

interface CommissionChipProps {
  readonly commission: { readonly status: CommissionStatus; readonly because: readonly string[]; readonly availableAt?: string | null };
}

/** The status, and the rules that made it so. */
export function CommissionChip({ commission: { status, because, availableAt } }: CommissionChipProps) {
  const say = useSay();
  const rules = because.length > 0 ? say('By %{rules}', { rules: because.join(', ') }) : undefined;
  const waits =
    status === 'PENDING'
      ? availableAt
        ? say('Usable from %{date}', { date: say.date(availableAt) })
        : say('When it becomes usable is not known yet')
      : undefined;
  return <StatusChip status={status} tone={COMMISSION_TONES[status]} why={[waits, rules].filter(Boolean).join('. ') || undefined} />;
}
