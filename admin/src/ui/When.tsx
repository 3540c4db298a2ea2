import { Box } from '@mui/material';
import { useSay } from '../words/words.ts';
import { formatInstant, READER_ZONE } from './format.ts';
import { Hidden } from './Hidden.tsx';

/** An instant: the date, with the exact time and its zone when pointed at, or all of it. */
export function When({ at, exact = false }: { readonly at: string | null | undefined; readonly exact?: boolean }) {
  const say = useSay();
  if (!at) return <Nothing />;
  const title = [formatInstant(at, say.locale), formatInstant(at, say.locale, READER_ZONE)];
  return (
    <Box component="time" dateTime={at} title={[...new Set(title)].join(' = ')} sx={{ whiteSpace: 'nowrap' }}>
      {exact ? say.instant(at) : say.date(at)}
    </Box>
  );
}

/** Stands where there is no value. */
export function Nothing({ words }: { readonly words?: string }) {
  const say = useSay();
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      <span aria-hidden="true">–</span>
      <Hidden>{words ?? say('none')}</Hidden>
    </Box>
  );
}
