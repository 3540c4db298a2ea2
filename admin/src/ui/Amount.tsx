import { Box } from '@mui/material';
import { formatDecimal } from './format.ts';

interface AmountProps {
  readonly value: string;
  /** An ISO 4217 code, or the name of points. */
  readonly unit: string;
}

/** A sum: digits of equal width, the unit quiet behind them. */
export function Amount({ value, unit }: AmountProps) {
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {formatDecimal(value)}
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.85em', ml: 0.5 }}>
        {unit}
      </Box>
    </Box>
  );
}
