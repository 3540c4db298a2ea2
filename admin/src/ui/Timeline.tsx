import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { When } from './When.tsx';

export interface Happening {
  readonly key: string;
  readonly at: string;
  readonly what: ReactNode;
  readonly more?: ReactNode;
}

/** What happened, in the order given. */
export function Timeline({ happenings }: { readonly happenings: readonly Happening[] }) {
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}>
      {happenings.map(({ key, at, what, more }) => (
        <Box
          component="li"
          key={key}
          sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '180px minmax(0, 1fr)' }, columnGap: 2 }}
        >
          <Typography variant="body2" color="textSecondary">
            <When at={at} exact />
          </Typography>
          <Box>
            <Typography variant="body2">{what}</Typography>
            {more && (
              <Typography variant="caption" color="textSecondary">
                {more}
              </Typography>
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
