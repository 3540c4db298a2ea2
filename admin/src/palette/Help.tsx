import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import { type Sentence, useSay } from '../words/words.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: Sentence])[] = [
  [['Ctrl', 'K'], 'Go to a page, or find anything by its id'],
  [['?'], 'These keys'],
  [['↓', '↑'], 'The next record, the one before'],
  [['a'], 'Approve what is open or ticked, or grant it'],
  [['r'], 'Reject what is open or ticked, or refuse it'],
  [['t'], 'Tick all that can be ticked, or untick it'],
  [['h'], 'Hold the withdrawals that are open or ticked'],
  [['Ctrl', 'Enter'], 'Send a dialog from a field of several lines'],
  [['Esc'], 'Close what is open'],
];

/** Which keys there are. */
export default function Help({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{say('Keys')}</DialogTitle>
      <DialogContent>
        <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: 1.5, alignItems: 'center' }}>
          {KEYS.map(([keys, what]) => (
            <Box key={what} sx={{ display: 'contents' }}>
              <Box component="dt" sx={{ display: 'flex', gap: 0.5 }}>
                {keys.map((key) => (
                  <Box
                    key={key}
                    component="kbd"
                    sx={{ px: 0.75, border: 1, borderColor: 'divider', borderRadius: 1, fontFamily: 'inherit', fontSize: '0.8125rem' }}
                  >
                    {key}
                  </Box>
                ))}
              </Box>
              <Typography component="dd" variant="body2" sx={{ m: 0 }}>
                {say(what)}
              </Typography>
            </Box>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{say('Close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
