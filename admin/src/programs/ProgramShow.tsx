import { Box, MenuItem, Paper, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading, ShowBase, useDataProvider, useShowContext } from 'react-admin';
import type { BackOffice } from '../provider/dataProvider.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { formatDate } from '../ui/format.ts';
import { Page } from '../ui/Page.tsx';
import { saidInPlace } from '../ui/saidInPlace.ts';
import { When } from '../ui/When.tsx';
import { Clauses } from './Clauses.tsx';
import type { ProgramRecord } from './source.ts';

export function ProgramShow() {
  return (
    <ShowBase queryOptions={saidInPlace}>
      <Program />
    </ShowBase>
  );
}

function Program() {
  const { record, error, refetch } = useShowContext<ProgramRecord>();
  if (error)
    return (
      <Page title="Program">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </Page>
    );
  if (!record)
    return (
      <Page title="Program">
        <Loading />
      </Page>
    );
  return (
    <Page title={record.name}>
      <Terms program={record} />
    </Page>
  );
}

function Terms({ program }: { readonly program: ProgramRecord }) {
  const { key, unit, terms, termsVersions } = program;
  const [chosen, choose] = useState(terms?.id ?? termsVersions.at(-1)?.id ?? '');
  const provider = useDataProvider<BackOffice>();
  const { data, error, refetch } = useQuery({ queryKey: ['programs', 'clauses', key], queryFn: () => provider.readClauses(key) });
  const version = termsVersions.find(({ id }) => id === chosen);
  if (!version) return <Typography>No terms have been published yet.</Typography>;
  const clauses = data?.get(version.id);
  const next = termsVersions.find(({ number }) => number === version.number + 1);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Paper sx={{ p: 2, display: 'flex', gap: 3, flexWrap: 'wrap', alignItems: 'center' }}>
        <TextField select label="Terms" value={chosen} onChange={(event) => choose(event.target.value)} sx={{ width: 380 }}>
          {termsVersions.map(({ id, number, holdsFrom }) => (
            <MenuItem
              key={id}
              value={id}
            >{`Version ${number}, from ${formatDate(holdsFrom)}${id === terms?.id ? ' · in force' : ''}`}</MenuItem>
          ))}
        </TextField>
        <Facts
          facts={[
            [
              'Holds',
              <>
                from <When at={version.holdsFrom} />{' '}
                {next ? (
                  <>
                    until <When at={next.holdsFrom} />
                  </>
                ) : (
                  'on'
                )}
              </>,
            ],
            [
              'Published',
              <>
                <When at={version.publishedAt} /> by {version.publishedBy}
              </>,
            ],
            ['Pays in', unit],
            ['Key', key],
          ]}
        />
      </Paper>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!clauses && !error && <Loading sx={{ minHeight: 240 }} />}
      {clauses && <Clauses clauses={clauses} />}
    </Box>
  );
}
