import { Alert, Button } from '@mui/material';

/** Says what went wrong at the place where it did, and offers to try again. */
export function ErrorNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const retry = onRetry && (
    <Button color="inherit" size="small" onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Alert severity="error" action={retry}>
      {error instanceof Error ? error.message : 'Something went wrong'}
    </Alert>
  );
}
