import { Typography } from '@mui/material';
import { programId } from '../provider/source.ts';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SideSheet } from '../ui/SideSheet.tsx';
import { useSay } from '../words/words.ts';
import { ExplanationOf } from './ExplanationOf.tsx';

interface CommissionDrawerProps {
  /** Names the order; null: the drawer is closed. */
  readonly place: string | null;
  readonly onClose: () => void;
}

/** Why an order earned what it did, beside the list. */
export function CommissionDrawer({ place, onClose }: CommissionDrawerProps) {
  const say = useSay();
  const title = place && say('Why order %{order} earns what it does', { order: programId.read(place).id });
  const open = place && (
    <Typography variant="body2">
      <RecordLink resource="orders" id={place} words={say('Open the order')} />
    </Typography>
  );
  return (
    <SideSheet title={title} beside={open} onClose={onClose}>
      {place && <ExplanationOf place={place} />}
    </SideSheet>
  );
}
