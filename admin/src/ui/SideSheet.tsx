import CloseIcon from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useKeys } from '../keys/useKeys.ts';
import { useSay } from '../words/words.ts';

interface SideSheetProps {
  /** Null: it is closed. */
  readonly title: string | null;
  /** Beside the title. */
  readonly beside?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A record beside its list. */
export function SideSheet({ title, beside, onClose, children }: SideSheetProps) {
  const say = useSay();
  // The button that one pressed may be gone, and the focus with it: then the drawer hears no key.
  useKeys(title === null ? {} : { Escape: onClose });
  return (
    <Drawer
      anchor="right"
      open={title !== null}
      onClose={onClose}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': title ?? '', sx: { width: { xs: '100%', sm: 640 } } } }}
    >
      {title !== null && (
        <Box sx={{ p: 3, display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Box sx={{ display: 'flex', gap: 2, alignItems: 'start', justifyContent: 'space-between' }}>
            <Box>
              <Typography variant="h2" sx={{ overflowWrap: 'anywhere' }}>
                {title}
              </Typography>
              {beside}
            </Box>
            <IconButton aria-label={say('Close')} onClick={onClose} edge="end" sx={{ mt: -1 }}>
              <CloseIcon />
            </IconButton>
          </Box>
          {children}
        </Box>
      )}
    </Drawer>
  );
}
