import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** Holds what may be wider than a phone; it can be scrolled with the keyboard. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Box role="group" aria-label={label} tabIndex={0} sx={{ overflowX: 'auto' }}>
      {children}
    </Box>
  );
}
