import { Box, Typography } from '@mui/material';
import { When } from '../ui/When.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import type { Message } from './source.ts';

/** What was done where nothing else was said of it. */
const DONE: Readonly<Record<Message['kind'], Sentence>> = {
  OPENED: 'asked',
  MESSAGE: 'wrote',
  NOTE: 'noted for staff only',
  ASKED: 'asked the affiliate',
  ASSIGNED: 'handed it over',
  ANSWERED: 'answered',
  GRANTED: 'granted it',
  REFUSED: 'refused it',
  WITHDRAWN: 'took it back',
};

interface ThreadProps {
  readonly thread: readonly Message[];
  /** What the affiliate is called. */
  readonly affiliate: string;
}

/** What was said and done, the first first: the affiliate on one side, staff on the other, notes apart. */
export function Thread({ thread, affiliate }: ThreadProps) {
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
      {thread.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a thread only grows at its end
        <Said key={index} message={message} affiliate={affiliate} />
      ))}
    </Box>
  );
}

function Said({ message: { kind, side, text, at, by }, affiliate }: { readonly message: Message; readonly affiliate: string }) {
  const say = useSay();
  const isStaff = side === 'STAFF';
  const isNote = kind === 'NOTE';
  return (
    <Box component="li" sx={{ justifySelf: isStaff ? 'end' : 'start', maxWidth: '88%', minWidth: 0 }}>
      <Typography variant="caption" color="textSecondary" sx={{ display: 'block', textAlign: isStaff ? 'right' : 'left' }}>
        {[isStaff ? by : affiliate, say(DONE[kind])].filter(Boolean).join(' ')} · <When at={at} exact />
      </Typography>
      {text && (
        <Typography
          variant="body2"
          sx={{
            px: 1.5,
            py: 1,
            borderRadius: 2,
            border: 1,
            borderStyle: isNote ? 'dashed' : 'solid',
            borderColor: isStaff && !isNote ? 'primary.main' : 'divider',
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
          }}
        >
          {text}
        </Typography>
      )}
    </Box>
  );
}
