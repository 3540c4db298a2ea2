import { Chip, Tooltip } from '@mui/material';
import { useSay } from '../words/words.ts';

export type Tone = 'good' | 'waiting' | 'bad' | 'quiet';

const COLOURS = { good: 'success', waiting: 'warning', bad: 'error', quiet: 'default' } as const satisfies Record<Tone, string>;

interface StatusChipProps {
  readonly status: string;
  readonly tone: Tone;
  /** Why it is so; shown when pointed at or focused. */
  readonly why?: string | undefined;
}

/** A status in words, with a colour that always means the same, and why it is so. */
export function StatusChip({ status, tone, why }: StatusChipProps) {
  const say = useSay();
  const chip = <Chip size="small" variant="outlined" color={COLOURS[tone]} label={say.word(status)} {...(why ? { tabIndex: 0 } : {})} />;
  return why ? (
    <Tooltip title={why} describeChild>
      {chip}
    </Tooltip>
  ) : (
    chip
  );
}
