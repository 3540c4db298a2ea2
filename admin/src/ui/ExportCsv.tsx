import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useListContext } from 'react-admin';
import { download } from '../api/files.ts';
import { sources } from '../provider/sources.ts';
import { variablesOf } from '../provider/variablesOf.ts';
import { useSay } from '../words/words.ts';
import { ErrorNote } from './ErrorNote.tsx';

/** All that fits the filters of a list as a table, written by the server page by page. `resource`: also the name of its file. */
export function ExportCsv({ resource }: { readonly resource: keyof typeof sources }) {
  const say = useSay();
  const { filterValues, sort } = useListContext();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function fetchAll() {
    setBusy(true);
    setError(undefined);
    try {
      const filter = await variablesOf(sources[resource], filterValues, sort);
      await download(`/export/${resource}.csv?${new URLSearchParams({ filter: JSON.stringify(filter) })}`);
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  }
  return (
    <Box sx={{ display: 'grid', gap: 1, justifyItems: 'start' }}>
      <Button size="small" startIcon={<DownloadIcon />} disabled={busy} onClick={() => void fetchAll()}>
        {busy ? say('One moment ...') : say('Export as CSV')}
      </Button>
      {error !== undefined && <ErrorNote error={error} />}
    </Box>
  );
}
