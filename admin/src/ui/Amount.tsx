import { Box } from '@mui/material';
import { useSay } from '../words/words.ts';

interface AmountProps {
  readonly value: string;
  /** An ISO 4217 code, or the name of points. */
  readonly unit: string;
}

/** A sum: digits of equal width, the unit quiet behind them. */
export function Amount({ value, unit }: AmountProps) {
  const say = useSay();
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {say.decimal(value)}
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.85em', ml: 0.5 }}>
        {unit}
      </Box>
    </Box>
  );
}
