import { Box, Button, MenuItem, Paper, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { LinkBase, Loading, ShowBase, useShowContext } from 'react-admin';
import { useMay } from '../session/may.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { saidInPlace } from '../ui/saidInPlace.ts';
import { useSay } from '../words/words.ts';
import { Clauses } from './Clauses.tsx';
import { Settings } from './Settings.tsx';
import { clausesOf, PROGRAM_TONES, type ProgramRecord } from './source.ts';

export function ProgramShow() {
  return (
    <ShowBase queryOptions={saidInPlace}>
      <Program />
    </ShowBase>
  );
}

function Program() {
  const say = useSay();
  const { record, error, refetch } = useShowContext<ProgramRecord>();
  if (error)
    return (
      <Page title={say('Program')}>
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </Page>
    );
  if (!record)
    return (
      <Page title={say('Program')}>
        <Loading />
      </Page>
    );
  return (
    <Page title={record.name} beside={<Beside program={record} />}>
      <Settings program={record} />
      <Terms program={record} />
    </Page>
  );
}

function Beside({ program: { key, status } }: { readonly program: ProgramRecord }) {
  return (
    <>
      <StatusChip status={status} tone={PROGRAM_TONES[status]} />
      <DraftLink program={key} />
    </>
  );
}

/** Where the next version is written. */
function DraftLink({ program }: { readonly program: string }) {
  const say = useSay();
  const may = useMay();
  if (!may('TERMS_PUBLISH', program)) return null;
  return (
    <Button component={LinkBase} to={`/programs/${encodeURIComponent(program)}/draft`} size="small" variant="outlined">
      {say('Draft the next version')}
    </Button>
  );
}

function Terms({ program }: { readonly program: ProgramRecord }) {
  const say = useSay();
  const { key, unit, terms, termsVersions } = program;
  const [chosen, choose] = useState(terms?.id ?? termsVersions.at(-1)?.id ?? '');
  const version = termsVersions.find(({ id }) => id === chosen);
  if (!version) return <Typography>{say('No terms have been published yet.')}</Typography>;
  const clauses = clausesOf(version);
  const next = termsVersions.find(({ number }) => number === version.number + 1);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Paper sx={{ p: 2, display: 'flex', gap: 3, flexWrap: 'wrap', alignItems: 'center' }}>
        <TextField select label={say('Terms')} value={chosen} onChange={(event) => choose(event.target.value)} sx={{ width: 380 }}>
          {termsVersions.map(({ id, number, holdsFrom }) => (
            <MenuItem key={id} value={id}>
              {[say('Version %{number}, from %{date}', { number, date: say.date(holdsFrom) }), id === terms?.id && say('in force')]
                .filter(Boolean)
                .join(' · ')}
            </MenuItem>
          ))}
        </TextField>
        <Facts
          facts={[
            [
              'Holds',
              next
                ? say('from %{from} until %{to}', { from: say.date(version.holdsFrom), to: say.date(next.holdsFrom) })
                : say('from %{from} on', { from: say.date(version.holdsFrom) }),
            ],
            ['Published', say('%{date} by %{who}', { date: say.date(version.publishedAt), who: version.publishedBy })],
            ['Pays in', unit],
            ['Key', key],
          ]}
        />
      </Paper>
      {clauses ? <Clauses clauses={clauses} /> : <Loading sx={{ minHeight: 240 }} />}
    </Box>
  );
}
