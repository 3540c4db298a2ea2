import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { download } from '../api/files.ts';
import { useSay } from '../words/words.ts';
import { ErrorNote } from './ErrorNote.tsx';

/** Fetches a table that the server writes, and says where it was refused. `address`: found when somebody asks for it. */
export function ExportButton({ address }: { readonly address: () => string | Promise<string> }) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function fetchAll() {
    setBusy(true);
    setError(undefined);
    try {
      await download(await address());
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
