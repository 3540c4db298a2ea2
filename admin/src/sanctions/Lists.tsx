import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Alert, Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { type ChangeEvent, useRef, useState } from 'react';
import { useRefresh } from 'react-admin';
import { upload } from '../api/files.ts';
import { useAsked } from '../provider/useAsk.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Section } from '../ui/Section.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { listsDocument } from './source.ts';

const FORMATS = [
  { value: 'un-xml', words: 'UN XML' },
  { value: 'csv', words: 'CSV' },
] as const;

/** The lists that were taken in, and where the next version of one comes in. */
export function Lists() {
  const say = useSay();
  const { data, error } = useAsked(listsDocument, {});
  const lists = data?.sanctionsLists.nodes ?? [];
  return (
    <Section title="Lists that were taken in">
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {error && <ErrorNote error={error} />}
        {data && lists.length === 0 && (
          <Typography variant="body2">
            {say('None yet: nobody is compared with anything. Take a list in as its publisher gives it out.')}
          </Typography>
        )}
        {lists.length > 0 && (
          <SmallTable
            label="Lists that were taken in"
            rows={lists}
            keyOf={({ id }) => id}
            columns={[
              { label: 'List', isHead: true, cell: ({ list, hash }) => <span title={hash}>{list}</span> },
              { label: 'Format', cell: ({ format }) => format },
              { label: 'Entries', isNumber: true, cell: ({ entries }) => say.decimal(String(entries)) },
              { label: 'Taken in', cell: ({ importedAt }) => <When at={importedAt} exact /> },
              { label: 'Who', cell: ({ importedBy }) => importedBy },
              {
                label: 'Countries that nobody knows',
                cell: ({ unknownCountries, unplaced }) =>
                  unknownCountries.length === 0 ? (
                    <Nothing />
                  ) : (
                    say(
                      '%{countries}: 1 entry is compared whatever the country |||| %{countries}: %{smart_count} entries are compared whatever the country',
                      {
                        countries: unknownCountries.join(', '),
                        smart_count: unplaced,
                      },
                    )
                  ),
              },
            ]}
          />
        )}
        <TakeIn />
      </Box>
    </Section>
  );
}

function TakeIn() {
  const say = useSay();
  const refresh = useRefresh();
  const input = useRef<HTMLInputElement>(null);
  const [list, setList] = useState('');
  const [format, setFormat] = useState<string>(FORMATS[0].value);
  const [busy, setBusy] = useState(false);
  const [isNameless, setNameless] = useState(false);
  const [said, setSaid] = useState<{ readonly words: string; readonly isGood: boolean }>();

  async function bring(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (!file) return;
    setBusy(true);
    try {
      const path = `/sanctions/${encodeURIComponent(list.trim())}/${encodeURIComponent(format)}`;
      const { entries } = await upload<{ entries: number }>(path, file);
      setSaid({ words: say('%{file} was read: %{count} entries', { file: file.name, count: entries }), isGood: true });
      refresh();
    } catch (error) {
      setSaid({ words: say.said((error as Error).message), isGood: false });
    }
    setBusy(false);
  }

  function choose() {
    setNameless(list.trim() === '');
    if (list.trim() !== '') input.current?.click();
  }

  return (
    <>
      {said && (
        <Alert severity={said.isGood ? 'success' : 'error'} onClose={() => setSaid(undefined)} closeText={say('Close')}>
          {said.words}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap', alignItems: 'start' }}>
        <TextField
          label={say('Name of the list')}
          value={list}
          onChange={(event) => setList(event.target.value)}
          error={isNameless}
          helperText={isNameless && say('This is needed')}
          sx={{ width: 200 }}
        />
        <TextField select label={say('Format')} value={format} onChange={(event) => setFormat(event.target.value)} sx={{ width: 140 }}>
          {FORMATS.map(({ value, words }) => (
            <MenuItem key={value} value={value}>
              {words}
            </MenuItem>
          ))}
        </TextField>
        <Button variant="outlined" size="small" startIcon={<UploadIcon />} disabled={busy} onClick={choose} sx={{ minHeight: 40 }}>
          {busy ? say('One moment ...') : say('Take a file in')}
        </Button>
        <input ref={input} type="file" hidden onChange={(event) => void bring(event)} />
      </Box>
    </>
  );
}
