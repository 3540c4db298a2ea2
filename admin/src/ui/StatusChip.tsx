import { Tooltip } from '@mui/material';
import { type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useSay } from '../words/words.ts';

export type Tone = 'good' | 'waiting' | 'bad' | 'quiet';

const COLOURS = { good: 'success', waiting: 'warning', bad: 'error', quiet: '' } as const satisfies Record<Tone, string>;

interface StatusChipProps {
  readonly status: string;
  readonly tone: Tone;
  /** Why it is so; shown when pointed at or focused. */
  readonly why?: string | undefined;
}

/** A status in words, with a colour that always means the same, and why it is so. */
export function StatusChip({ status, tone, why }: StatusChipProps) {
  const say = useSay();
  const label = say.word(status);
  if (!why) return <span className={`status ${COLOURS[tone]}`}>{label}</span>;
  return <TellingChip label={label} colour={COLOURS[tone]} why={why} />;
}

interface TellingChipProps {
  readonly label: string;
  readonly colour: (typeof COLOURS)[Tone];
  readonly why: string;
}

/** What tells why is made once somebody wants to know: a hundred rows have a hundred of them. Until then it is read to those who listen. */
function TellingChip({ label, colour, why }: TellingChipProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    // What is told is within, so that one can point at it, too.
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here but telling more of what is read anyhow
    <span
      onPointerEnter={({ currentTarget }: PointerEvent<HTMLElement>) => setAnchor(currentTarget)}
      onPointerLeave={close}
      onFocus={({ currentTarget }: FocusEvent<HTMLElement>) => setAnchor(currentTarget)}
      onBlur={close}
      onKeyDown={({ key }: KeyboardEvent) => key === 'Escape' && close()}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse comes to what it tells by it */}
      <span className={`status ${colour}`} tabIndex={0} aria-description={why}>
        {label}
      </span>
      {anchor && (
        <Tooltip open describeChild title={why} slotProps={{ popper: { anchorEl: anchor } }}>
          <span className="heard-only" />
        </Tooltip>
      )}
    </span>
  );
}
