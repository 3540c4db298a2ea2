import CloseIcon from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Typography } from '@mui/material';
import { programId } from '../provider/source.ts';
import { RecordLink } from '../ui/RecordLink.tsx';
import { ExplanationOf } from './ExplanationOf.tsx';

interface CommissionDrawerProps {
  /** Names the order; null: the drawer is closed. */
  readonly place: string | null;
  readonly onClose: () => void;
}

/** Why an order earned what it did, beside the list. */
export function CommissionDrawer({ place, onClose }: CommissionDrawerProps) {
  const title = place ? `Why order ${programId.read(place).id} earns what it does` : '';
  return (
    <Drawer
      anchor="right"
      open={place !== null}
      onClose={onClose}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': title, sx: { width: { xs: '100%', sm: 640 } } } }}
    >
      {place !== null && (
        <Box sx={{ p: 3, display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Box sx={{ display: 'flex', gap: 2, alignItems: 'start', justifyContent: 'space-between' }}>
            <Box>
              <Typography variant="h2">{title}</Typography>
              <Typography variant="body2">
                <RecordLink resource="orders" id={place} words="Open the order" />
              </Typography>
            </Box>
            <IconButton aria-label="Close" onClick={onClose} edge="end">
              <CloseIcon />
            </IconButton>
          </Box>
          <ExplanationOf place={place} />
        </Box>
      )}
    </Drawer>
  );
}
