import { Box } from '@mui/material';
import { useSay } from '../words/words.ts';

interface AmountProps {
  readonly value: string;
  /** An ISO 4217 code, or the name of points. */
  readonly unit: string;
  /** It is a difference: what is more says so, too. */
  readonly isDifference?: boolean;
}

/** A sum: digits of equal width, the unit quiet behind them. */
export function Amount({ value, unit, isDifference = false }: AmountProps) {
  const say = useSay();
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {isDifference && Number(value) > 0 && '+'}
      {say.decimal(value)}{' '}
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.85em' }}>
        {unit}
      </Box>
    </Box>
  );
}
