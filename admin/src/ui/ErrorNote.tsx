import { Alert, Button } from '@mui/material';
import { useSay } from '../words/words.ts';

/** Says what went wrong at the place where it did, and offers to try again. */
export function ErrorNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const say = useSay();
  const retry = onRetry && (
    <Button color="inherit" size="small" onClick={onRetry}>
      {say('Try again')}
    </Button>
  );
  return (
    <Alert severity="error" action={retry}>
      {error instanceof Error ? say.said(error.message) : say('Something went wrong')}
    </Alert>
  );
}
