import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { ActDialog } from '../acts/ActDialog.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { endSession, sessionsDocument } from '../staff/acts.ts';
import { deviceOf } from '../ui/device.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Page } from '../ui/Page.tsx';
import { Section } from '../ui/Section.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { SecondFactor } from './SecondFactor.tsx';

/** One's own account: the second factor, and where one is signed in. */
export function AccountPage() {
  const say = useSay();
  return (
    <Page title={say('Your account')}>
      <Section title="Second factor">
        <SecondFactor />
      </Section>
      <Section title="Where you are signed in">
        <Sessions />
      </Section>
    </Page>
  );
}

function Sessions() {
  const say = useSay();
  const run = useAct();
  const [ending, setEnding] = useState<string>();
  const { data, error, refetch } = useAsked(sessionsDocument, {});
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {data.sessions.map(({ id, device, address, usedAt, isThisOne }) => (
        <Box key={id} sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <Typography variant="body2" sx={{ mr: 'auto' }}>
            <span title={device ?? undefined}>{[deviceOf(device), address].filter(Boolean).join(', ')}</span> · <When at={usedAt} exact />
          </Typography>
          {isThisOne ? (
            <Typography variant="body2" color="textSecondary" sx={{ flexShrink: 0 }}>
              {say('this one')}
            </Typography>
          ) : (
            <Button size="small" onClick={() => setEnding(id)}>
              {say('End')}
            </Button>
          )}
        </Box>
      ))}
      {ending && (
        <ActDialog
          title={say('End that session')}
          verb={say('End')}
          run={() => run(endSession, { id: ending })}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Box>
  );
}
