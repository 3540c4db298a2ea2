import { Box } from '@mui/material';
import { formatDate, formatInstant } from './format.ts';

/** An instant: the date, with the exact time and its zone when pointed at, or all of it. */
export function When({ at, exact = false }: { readonly at: string | null | undefined; readonly exact?: boolean }) {
  if (!at) return <Nothing />;
  return (
    <Box component="time" dateTime={at} title={formatInstant(at)} sx={{ whiteSpace: 'nowrap' }}>
      {exact ? formatInstant(at) : formatDate(at)}
    </Box>
  );
}

/** Stands where there is no value. */
export function Nothing({ words = 'none' }: { readonly words?: string }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      <span aria-hidden="true">–</span>
      <Box component="span" sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
        {words}
      </Box>
    </Box>
  );
}
