import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { useAsked } from '../provider/useAsk.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ExportButton } from '../ui/ExportButton.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { Nothing } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { refusalsDocument } from './source.ts';

const SHOWN = 20;
const MOST = 100;

/** Which rows were turned away and why; all of them as a table. */
export function Refusals({ id }: { readonly id: string }) {
  const say = useSay();
  const [first, setFirst] = useState(SHOWN);
  const { data, error } = useAsked(refusalsDocument, { id, first }, { keep: true });
  const found = data?.import?.refusals;
  return (
    <Box component="section" aria-label={say('Rows that were turned away')}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('Rows that were turned away')} {found && say.decimal(String(found.totalCount))}
      </Typography>
      {error && <ErrorNote error={error} />}
      {!found && !error && <Loading />}
      {found && (
        <SmallTable
          label="Rows that were turned away"
          rows={found.nodes}
          keyOf={({ line, field, message }) => `${line} ${field} ${message}`}
          columns={[
            { label: 'Line', isNumber: true, cell: ({ line }) => line },
            { label: 'Column', cell: ({ field }) => field ?? <Nothing /> },
            { label: 'Why', cell: ({ message }) => say.said(message) },
          ]}
        />
      )}
      {found && found.totalCount > found.nodes.length && first < MOST && (
        <Button size="small" onClick={() => setFirst(MOST)}>
          {say('Show more')}
        </Button>
      )}
      <Box sx={{ mt: 1.5 }}>
        <ExportButton address={() => `/imports/${id}/refusals.csv`} />
      </Box>
    </Box>
  );
}
