import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { useAsked } from '../provider/useAsk.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ExportButton } from '../ui/ExportButton.tsx';
import { Scroll } from '../ui/Scroll.tsx';
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
        <Scroll label={say('Rows that were turned away')}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell align="right">{say('Line')}</TableCell>
                <TableCell>{say('Column')}</TableCell>
                <TableCell>{say('Why')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {found.nodes.map(({ line, field, message }) => (
                <TableRow key={`${line} ${field} ${message}`}>
                  <TableCell align="right">{line}</TableCell>
                  <TableCell>{field ?? <Nothing />}</TableCell>
                  <TableCell>{message}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Scroll>
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
