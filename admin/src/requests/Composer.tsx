import { Alert, Box, Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useRefresh } from 'react-admin';
import { useAct } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { useDraft } from '../ui/useDraft.ts';
import { useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import type { RequestDetail } from './source.ts';

/** Where staff write: to the affiliate, as a question that it waits for, or among themselves. What is not sent yet is kept. */
export function Composer({ request }: { readonly request: RequestDetail }) {
  const say = useSay();
  const may = useMay();
  const run = useAct();
  const refresh = useRefresh();
  const { program } = request.enrollment;
  const [text, setText, forget] = useDraft(`request ${request.id}`, '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (!may('REQUEST_ANSWER', program.key)) return null;

  async function send(work: (input: { program: string; request: string; text: string }) => Promise<unknown>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await work({ program: program.key, request: request.externalId, text: text.trim() });
      forget();
      refresh();
    } catch (error) {
      setProblem(say.said((error as Error).message));
    } finally {
      setBusy(false);
    }
  }

  const isEmpty = busy || text.trim() === '';
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <TextField label={say('Write')} multiline minRows={3} value={text} onChange={(event) => setText(event.target.value)} />
      {problem && <Alert severity="error">{problem}</Alert>}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button size="small" variant="contained" disabled={isEmpty} onClick={() => void send((input) => run(acts.reply, input))}>
          {say('Send to the affiliate')}
        </Button>
        <Button size="small" variant="outlined" disabled={isEmpty} onClick={() => void send((input) => run(acts.ask, input))}>
          {say('Ask, and wait for the reply')}
        </Button>
        <Button size="small" disabled={isEmpty} onClick={() => void send((input) => run(acts.note, input))}>
          {say('Note for staff only')}
        </Button>
      </Box>
    </Box>
  );
}
