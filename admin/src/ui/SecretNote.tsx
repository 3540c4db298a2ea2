import { Alert, Typography } from '@mui/material';
import { useSay } from '../words/words.ts';

/** A secret that is shown once. */
export function SecretNote({ secret, onClose }: { readonly secret: string | undefined; readonly onClose: () => void }) {
  const say = useSay();
  if (!secret) return null;
  return (
    <Alert severity="success" onClose={onClose} closeText={say('Close')}>
      {say('Keep the secret now: it is not shown again.')}
      <Typography component="code" sx={{ display: 'block', overflowWrap: 'anywhere', fontFamily: 'monospace' }}>
        {secret}
      </Typography>
    </Alert>
  );
}
