import { Alert, Box, Button, Paper, Typography } from '@mui/material';
import type { FormEvent, ReactNode } from 'react';
import { useSay } from '../words/words.ts';

export interface CardProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly problem?: string | undefined;
  readonly notice?: string | undefined;
  /** What the button says; none: there is nothing to send. */
  readonly action?: string;
  readonly busy?: boolean;
  readonly onSubmit?: () => void;
  readonly children?: ReactNode;
  /** Below the button. */
  readonly more?: ReactNode;
}

/** The one form on a page that stands outside of the back office. */
export function Card({ title, intro, problem, notice, action, busy, onSubmit, children, more }: CardProps) {
  const say = useSay();
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <title>{`${title} · Tributary`}</title>
      <Paper
        component="form"
        noValidate
        onSubmit={submit}
        sx={{ width: '100%', maxWidth: 420, p: 4, display: 'grid', gap: 2, borderRadius: 2 }}
      >
        <Box>
          <Typography color="textSecondary">Tributary</Typography>
          <Typography variant="h1">{title}</Typography>
        </Box>
        {intro && (
          <Typography color="textSecondary" variant="body2">
            {intro}
          </Typography>
        )}
        {children}
        {problem && <Alert severity="error">{problem}</Alert>}
        {notice && <Alert severity="success">{notice}</Alert>}
        {action && (
          <Button type="submit" variant="contained" disabled={busy ?? false}>
            {busy ? say('One moment ...') : action}
          </Button>
        )}
        {more && <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: 1 }}>{more}</Box>}
      </Paper>
    </Box>
  );
}
