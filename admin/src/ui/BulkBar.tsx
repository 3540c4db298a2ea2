import { Box, Button, Paper, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useSay } from '../words/words.ts';
import { Amount } from './Amount.tsx';
import type { Sum } from './sums.ts';

interface BulkBarProps {
  readonly count: number;
  readonly sums: readonly Sum[];
  readonly onClear: () => void;
  /** What can be done with all of them. */
  readonly children: ReactNode;
}

/** How many are ticked and how much that is; it stays in sight while one looks through the list. */
export function BulkBar({ count, sums, onClear, children }: BulkBarProps) {
  const say = useSay();
  if (count === 0) return null;
  return (
    <Paper
      role="region"
      aria-label={say('What is ticked')}
      sx={{
        position: 'sticky',
        bottom: 12,
        zIndex: 2,
        p: 1.5,
        display: 'flex',
        gap: 2,
        flexWrap: 'wrap',
        alignItems: 'center',
        borderColor: 'primary.main',
      }}
    >
      <Typography variant="body2" role="status" sx={{ fontWeight: 600 }}>
        {say('%{smart_count} ticked', { smart_count: count })}
      </Typography>
      {sums.map((sum) => (
        <Amount key={sum.unit} {...sum} />
      ))}
      <Box sx={{ flex: 1 }} />
      <Button size="small" onClick={onClear}>
        {say('Untick all')}
      </Button>
      {children}
    </Paper>
  );
}
