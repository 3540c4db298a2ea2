import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { type Sentence, useSay } from '../words/words.ts';

export type Fact = readonly [name: Sentence, value: ReactNode];

/** Names with values, beside each other as far as there is room. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const say = useSay();
  return (
    <Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1.5 }}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <Typography component="dt" variant="caption" color="textSecondary" sx={{ display: 'block' }}>
            {say(name)}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0 }}>
            {value}
          </Typography>
        </div>
      ))}
    </Box>
  );
}
