import { Box } from '@mui/material';
import { Amount } from './Amount.tsx';
import type { Sum } from './sums.ts';
import { Nothing } from './When.tsx';

/** Sums of several units, one below the other. */
export function Sums({ sums }: { readonly sums: readonly Sum[] }) {
  if (sums.length === 0) return <Nothing />;
  return sums.map((sum) => (
    <Box key={sum.unit}>
      <Amount {...sum} />
    </Box>
  ));
}
