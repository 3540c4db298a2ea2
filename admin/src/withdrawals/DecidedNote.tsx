import { Alert, AlertTitle, Box, Typography } from '@mui/material';
import { useEffect, useRef } from 'react';
import { Link } from 'react-admin';
import { Amount } from '../ui/Amount.tsx';
import { useSay } from '../words/words.ts';
import type { Report } from './decide.ts';

/** How many were decided, what was turned away and why, and what comes next. */
export function DecidedNote({ report: { verdict, decided }, onClose }: { readonly report: Report; readonly onClose: () => void }) {
  const say = useSay();
  const note = useRef<HTMLDivElement>(null);
  // Whoever ticked at the end of a long list is still there.
  useEffect(() => note.current?.scrollIntoView({ block: 'center' }), []);
  const failed = decided.filter(({ problem }) => problem !== undefined);
  const waiting = decided.filter(({ waits, problem }) => waits && problem === undefined).length;
  const done = decided.length - failed.length - waiting;
  return (
    <Alert ref={note} severity={failed.length > 0 ? 'warning' : 'success'} onClose={onClose} closeText={say('Close')}>
      <AlertTitle>
        {[
          say('1 decided |||| %{smart_count} decided', { smart_count: done }),
          waiting > 0 && say('%{smart_count} wait for a second person', { smart_count: waiting }),
          failed.length > 0 && say('%{smart_count} turned away', { smart_count: failed.length }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </AlertTitle>
      {failed.length > 0 && (
        <Box component="ul" aria-label={say('What was turned away')} sx={{ m: 0, pl: 2 }}>
          {failed.map(({ withdrawal, problem = '' }) => (
            <Typography variant="body2" component="li" key={withdrawal.id}>
              {withdrawal.externalId}
              {withdrawal.amount && (
                <>
                  {' '}
                  (<Amount {...withdrawal.amount} />)
                </>
              )}
              : {say.said(problem)}
            </Typography>
          ))}
        </Box>
      )}
      {verdict === 'approve' && done > 0 && (
        <Link to="/batches" underline="always">
          {say('Payout batches')}
        </Link>
      )}
    </Alert>
  );
}
