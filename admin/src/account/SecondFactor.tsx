import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { signIn } from '../session/signIn.ts';
import { useStep } from '../session/useStep.ts';
import { useSay } from '../words/words.ts';

interface Begun {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** Sets the second factor up: the password, the app and the codes to keep, then a first code. */
export function SecondFactor() {
  const say = useSay();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [begun, setBegun] = useState<Begun>();
  const [isSet, setIsSet] = useState(false);
  const { busy, problem, run } = useStep();

  if (isSet) return <Alert severity="success">{say('From now on a code of your app is asked for when you sign in.')}</Alert>;
  const secret = begun && new URL(begun.uri).searchParams.get('secret');
  return (
    <Box sx={{ display: 'grid', gap: 2, maxWidth: 520 }}>
      {!begun && (
        <>
          <Typography variant="body2">
            {say('Besides your password a code of an app on your telephone is asked for. One that you have is replaced.')}
          </Typography>
          <TextField
            label={say('Password')}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button
            variant="outlined"
            disabled={busy || !password}
            sx={{ justifySelf: 'start' }}
            onClick={() => void run(async () => setBegun(await signIn.beginFactor(password)))}
          >
            {say('Set up')}
          </Button>
        </>
      )}
      {begun && (
        <>
          <Typography variant="body2">{say('Enter this key in your app, by hand or by the link:')}</Typography>
          <Typography component="a" href={begun.uri} sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
            {secret}
          </Typography>
          <Typography variant="body2">{say('Keep these codes where you find them without your telephone. Each opens once:')}</Typography>
          <Box component="ul" aria-label={say('Recovery codes')} sx={{ m: 0, pl: 2.5, columns: 2, fontFamily: 'monospace' }}>
            {begun.recoveryCodes.map((recovery) => (
              <li key={recovery}>{recovery}</li>
            ))}
          </Box>
          <TextField
            label={say('Code')}
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            slotProps={{ htmlInput: { inputMode: 'numeric' } }}
          />
          <Button
            variant="contained"
            disabled={busy || !code}
            sx={{ justifySelf: 'start' }}
            onClick={() =>
              void run(async () => {
                await signIn.confirmFactor(code);
                setIsSet(true);
              })
            }
          >
            {say('Confirm')}
          </Button>
        </>
      )}
      {problem && <Alert severity="error">{problem}</Alert>}
    </Box>
  );
}
