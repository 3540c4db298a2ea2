import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** For those who listen instead of look. */
export function Hidden({ children, ...more }: { readonly children: ReactNode; readonly role?: string }) {
  return (
    <Box component="span" {...more} sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
      {children}
    </Box>
  );
}
