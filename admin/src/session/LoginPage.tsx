import { Alert, Box, Button, Paper, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useLogin } from 'react-admin';

export function LoginPage() {
  const login = useLogin();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!token.trim()) return setProblem('Paste a token first');
    setBusy(true);
    setProblem(undefined);
    try {
      await login({ token });
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  }

  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <title>Sign in · Tributary</title>
      <Paper
        component="form"
        noValidate
        onSubmit={submit}
        sx={{ width: '100%', maxWidth: 420, p: 4, display: 'grid', gap: 2, borderRadius: 2 }}
      >
        <Box>
          <Typography color="textSecondary">Tributary</Typography>
          <Typography variant="h1">Sign in to the back office</Typography>
        </Box>
        <Typography color="textSecondary" variant="body2">
          Paste a staff token. The server prints the first one at its first start and keeps it in <code>.data/tokens.json</code>.
        </Typography>
        <TextField
          label="Staff token"
          type="password"
          autoComplete="off"
          autoFocus
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          error={Boolean(problem)}
          slotProps={{ htmlInput: { spellCheck: false } }}
        />
        {problem && <Alert severity="error">{problem}</Alert>}
        <Button type="submit" variant="contained" disabled={busy}>
          {busy ? 'Signing in ...' : 'Sign in'}
        </Button>
        <Typography color="textSecondary" variant="body2">
          It is kept in this tab only and forgotten when the tab is closed.
        </Typography>
      </Paper>
    </Box>
  );
}
