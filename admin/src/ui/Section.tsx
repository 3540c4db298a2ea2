import { Box, Paper, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { type Sentence, useSay } from '../words/words.ts';

/** A part of a page, with its heading: a sentence, or a name that is the same in all languages. */
interface SectionProps {
  readonly title: Sentence | { readonly name: string };
  /** Beside the heading. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, beside, children }: SectionProps) {
  const say = useSay();
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} sx={{ p: 2, minWidth: 0 }}>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap', mb: 1.5 }}>
        <Typography id={id} variant="h2" sx={{ mr: 'auto' }}>
          {typeof title === 'string' ? say(title) : title.name}
        </Typography>
        {beside}
      </Box>
      {children}
    </Paper>
  );
}
