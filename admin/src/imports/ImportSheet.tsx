import { Alert, Box, LinearProgress, Typography } from '@mui/material';
import { useEffect } from 'react';
import { useRefresh } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { type Fact, Facts } from '../ui/Facts.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { type Say, useSay } from '../words/words.ts';
import { fileNameOf, ImportChip } from './ImportList.tsx';
import { Preview } from './Preview.tsx';
import { Refusals } from './Refusals.tsx';
import { cancelImport, type ImportRecord, progressDocument } from './source.ts';

const LOOK_MS = 1_000;

/** A file beside the list: how it would be read, how far it is, what was turned away. */
export function ImportSheet() {
  const { opened, close } = useOpened();
  return (
    <RecordSheet<ImportRecord> id={opened} onClose={close} title={fileNameOf} beside={(found) => <ImportChip found={found} />}>
      {(found) => <Found key={found.id} found={found} />}
    </RecordSheet>
  );
}

function Found({ found }: { readonly found: ImportRecord }) {
  const say = useSay();
  const { kind, program, status, failure, uploadedAt, uploadedBy, startedAt, endedAt, refused } = found;
  return (
    <>
      {failure && <Alert severity="error">{say.said(failure)}</Alert>}
      <Facts
        facts={[
          ['Kind', say.word(kind)],
          ['Program', program.name],
          ['Handed in', <When key="uploaded" at={uploadedAt} exact />],
          ['Who', uploadedBy],
          ...(startedAt ? [['Started', <When key="started" at={startedAt} exact />] as const] : []),
          ...(endedAt ? [['Ended', <When key="ended" at={endedAt} exact />] as const] : []),
        ]}
      />
      {status === 'UPLOADED' && <Preview found={found} />}
      {status === 'RUNNING' && <Running id={found.id} program={program.key} />}
      {status !== 'UPLOADED' && status !== 'RUNNING' && <Facts facts={countsOf(found, say)} />}
      {status !== 'UPLOADED' && refused > 0 && <Refusals id={found.id} />}
    </>
  );
}

type Counts = Pick<ImportRecord, 'rowsRead' | 'accepted' | 'repeated' | 'refused'>;

function countsOf({ rowsRead, accepted, repeated, refused }: Counts, say: Say): readonly Fact[] {
  const count = (value: number) => say.decimal(String(value));
  return [
    ['Rows', count(rowsRead)],
    ['Taken in', count(accepted)],
    ['Known already', count(repeated)],
    ['Turned away', count(refused)],
  ];
}

/** Looked at anew until it has ended. */
function Running({ id, program }: { readonly id: string; readonly program: string }) {
  const say = useSay();
  const run = useAct();
  const refresh = useRefresh();
  const { data } = useAsked(progressDocument, { id }, { every: LOOK_MS });
  const found = data?.import;
  const hasEnded = found !== undefined && found?.status !== 'RUNNING';
  useEffect(() => {
    if (hasEnded) refresh();
  }, [hasEnded, refresh]);
  const percent = found && found.bytes > 0 ? Math.floor((100 * found.bytesRead) / found.bytes) : 0;
  return (
    <>
      <Box>
        <Typography variant="body2" role="status" sx={{ mb: 0.5 }}>
          {say('%{percent} % of the file is read', { percent })}
        </Typography>
        <LinearProgress variant="determinate" value={percent} aria-label={say('How much is read')} />
      </Box>
      {found && <Facts facts={countsOf(found, say)} />}
      <Box>
        <ActButton
          needs="FACT_TELL"
          program={program}
          isGrave
          verb={say('Stop')}
          title={say('Stop taking the file in')}
          intro={say('What was taken in until now stays.')}
          run={() => run(cancelImport, { import: id })}
        />
      </Box>
    </>
  );
}
