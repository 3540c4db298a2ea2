import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, LinearProgress, MenuItem, TextField } from '@mui/material';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import { useRefresh } from 'react-admin';
import { useMay } from '../session/may.ts';
import { usePrograms } from '../session/usePrograms.ts';
import { useOpened } from '../ui/useOpened.ts';
import { useSay } from '../words/words.ts';
import { fetchFrom, handIn } from './handIn.ts';
import { IMPORT_KINDS, type ImportRecord } from './source.ts';

/** Brings a file of orders or products, or has a feed fetched; then it is open beside the list, to be looked at and started. */
export function HandInButton() {
  const say = useSay();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('FACT_TELL')) return null;
  return (
    <>
      <Button size="small" variant="contained" startIcon={<UploadIcon />} onClick={() => setOpen(true)}>
        {say('Hand a file in')}
      </Button>
      {isOpen && <HandInDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function HandInDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const may = useMay();
  const refresh = useRefresh();
  const { open } = useOpened();
  const titleId = useId();
  const input = useRef<HTMLInputElement>(null);
  const programs = usePrograms().filter(({ key }) => may('FACT_TELL', key));
  const [chosen, setProgram] = useState('');
  const [kind, setKind] = useState<ImportRecord['kind']>('ORDERS');
  const [url, setUrl] = useState('');
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const program = chosen || (programs[0]?.key ?? '');
  const isBusy = share !== undefined;

  async function bring(work: () => Promise<string>) {
    setShare(0);
    setProblem(undefined);
    try {
      const id = await work();
      onClose();
      refresh();
      open(id);
    } catch (error) {
      setProblem(say.said((error as Error).message));
      setShare(undefined);
    }
  }

  function take(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file) void bring(() => handIn({ program, kind }, file, setShare));
  }

  return (
    <Dialog open onClose={() => !isBusy && onClose()} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{say('Hand a file in')}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2, pb: 1 }}>
        <Box sx={{ typography: 'body2' }}>
          {say('Nothing is taken in yet: you see how the file is read first. Rows that are known already change nothing.')}
        </Box>
        <TextField select label={say('Program')} value={program} onChange={(event) => setProgram(event.target.value)}>
          {programs.map(({ key, name }) => (
            <MenuItem key={key} value={key}>
              {name}
            </MenuItem>
          ))}
        </TextField>
        <TextField select label={say('What is in it')} value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
          {IMPORT_KINDS.map((value) => (
            <MenuItem key={value} value={value}>
              {say.word(value)}
            </MenuItem>
          ))}
        </TextField>
        {kind === 'PRODUCTS' && (
          <TextField
            label={say('Or the address of the feed')}
            helperText={say('Begins with https://')}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
        {isBusy && (
          <LinearProgress
            aria-label={say('How much is sent')}
            variant={share > 0 ? 'determinate' : 'indeterminate'}
            value={Math.round(100 * share)}
          />
        )}
        {problem && <Alert severity="error">{problem}</Alert>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={isBusy}>
          {say('Cancel')}
        </Button>
        {kind === 'PRODUCTS' && url.trim() !== '' ? (
          <Button
            variant="contained"
            disabled={isBusy || program === ''}
            onClick={() => void bring(() => fetchFrom({ program, kind }, url.trim(), ''))}
          >
            {say('Fetch the feed')}
          </Button>
        ) : (
          <Button variant="contained" disabled={isBusy || program === ''} onClick={() => input.current?.click()}>
            {say('Choose the file')}
          </Button>
        )}
        <input ref={input} type="file" hidden accept=".csv,.tsv,.txt,.xml,.json,.jsonl,text/csv" onChange={take} />
      </DialogActions>
    </Dialog>
  );
}
