import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** Beside the title: chips, buttons. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its one heading of the first level. */
export function Page({ title, beside, children }: PageProps) {
  return (
    <Box sx={{ pt: 3, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <title>{`${title} · Tributary`}</title>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        <Typography variant="h1">{title}</Typography>
        {beside}
      </Box>
      {children}
    </Box>
  );
}
