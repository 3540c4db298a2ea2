import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useRefresh } from 'react-admin';
import { ActDialog } from '../acts/ActDialog.tsx';
import { approveApplication, rejectApplication } from '../affiliates/acts.ts';
import { EnrollmentChip } from '../affiliates/EnrollmentChip.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { useWalk } from '../keys/useWalk.ts';
import { useAct } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { useSay } from '../words/words.ts';
import { ApplicationFacts } from './ApplicationFacts.tsx';
import type { ApplicationRecord } from './source.ts';

/** One after the other beside the list: `a` approves, `r` rejects, the arrows go on. No mouse is needed. */
export function ApplicationReview() {
  const say = useSay();
  const { opened, close, goOn, place } = useWalk();
  // In the sheet: whoever reviews fifty would read of each long after it.
  const [last, setLast] = useState<string>();
  return (
    <RecordSheet<ApplicationRecord>
      id={opened}
      onClose={() => {
        setLast(undefined);
        close();
      }}
      title={({ affiliate }) => affiliate.name ?? affiliate.externalId}
      beside={(application) => <EnrollmentChip enrollment={application} />}
    >
      {(application) => (
        <>
          {application.status === 'APPLIED' && (
            <Verdict
              key={application.id}
              application={application}
              onDone={(words) => {
                setLast(words);
                goOn();
              }}
            />
          )}
          <ApplicationFacts application={application} />
          <Typography variant="caption" color="textSecondary" role="status">
            {last && `${last}. `}
            {place.at > 0 && say('%{at} of %{count} on this page. Arrows go on, a approves, r rejects, Escape closes.', place)}
          </Typography>
        </>
      )}
    </RecordSheet>
  );
}

function Verdict({ application, onDone }: { readonly application: ApplicationRecord; readonly onDone: (words: string) => void }) {
  const say = useSay();
  const may = useMay();
  const run = useAct();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [isRejecting, setRejecting] = useState(false);
  const { affiliate, program } = application;
  const input = { program: program.key, affiliate: affiliate.externalId };
  const name = affiliate.name ?? affiliate.externalId;
  const offered = may('APPLICATION_REVIEW', program.key);

  async function approve() {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await run(approveApplication, input);
      onDone(say('%{name} is approved', { name }));
      refresh();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  useKeys(offered ? { a: () => void approve(), r: () => setRejecting(true) } : {});
  if (!offered) return null;
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button size="small" variant="contained" disabled={busy} onClick={() => void approve()}>
          {say('Approve')} (a)
        </Button>
        <Button size="small" variant="outlined" color="error" disabled={busy} onClick={() => setRejecting(true)}>
          {say('Reject')} (r)
        </Button>
      </Box>
      {error !== undefined && <ErrorNote error={error} />}
      {isRejecting && (
        <ActDialog
          title={say('Reject the application of %{name}', { name })}
          intro={say('The applicant reads the reason.')}
          fields={[{ name: 'reason', label: 'Reason', required: true }]}
          verb={say('Reject')}
          isGrave
          run={async ({ reason = '' }) => {
            await run(rejectApplication, { ...input, reason });
            onDone(say('%{name} is rejected', { name }));
          }}
          onClose={() => setRejecting(false)}
        />
      )}
    </Box>
  );
}
