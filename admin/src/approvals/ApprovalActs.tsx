import { Alert, Box, Button } from '@mui/material';
import { useState } from 'react';
import { ActDialog } from '../acts/ActDialog.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import { type ApprovalRecord, giveDocument, refuseDocument, withdrawDocument } from './source.ts';

/** Whoever asked may take it back; anybody else who may do the act decides. The list has only what one may decide about. */
export function ActDialogButtons({ approval, isOwn }: { readonly approval: ApprovalRecord; readonly isOwn: boolean }) {
  const say = useSay();
  const run = useAct();
  const [open, setOpen] = useState<'give' | 'refuse' | 'withdraw'>();
  const close = () => setOpen(undefined);
  const { id, subject } = approval;
  return (
    <>
      {isOwn ? (
        <Alert
          severity="info"
          action={
            <Button color="inherit" size="small" onClick={() => setOpen('withdraw')}>
              {say('Take it back')}
            </Button>
          }
        >
          {say('You asked for it. Somebody else decides.')}
        </Alert>
      ) : (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <Button size="small" variant="contained" onClick={() => setOpen('give')}>
            {say('Approve')}
          </Button>
          <Button size="small" variant="outlined" color="error" onClick={() => setOpen('refuse')}>
            {say('Refuse')}
          </Button>
        </Box>
      )}
      {open === 'give' && (
        <ActDialog
          title={say('Approve: %{what}', { what: subject })}
          intro={say('It is looked at anew and done at once.')}
          verb={say('Approve')}
          run={() => run(giveDocument, { approval: id })}
          onClose={close}
        />
      )}
      {open === 'refuse' && (
        <ActDialog
          title={say('Refuse: %{what}', { what: subject })}
          fields={[REASON]}
          verb={say('Refuse')}
          isGrave
          run={({ reason = '' }) => run(refuseDocument, { approval: id, reason })}
          onClose={close}
        />
      )}
      {open === 'withdraw' && (
        <ActDialog
          title={say('Take back: %{what}', { what: subject })}
          verb={say('Take it back')}
          run={() => run(withdrawDocument, { approval: id })}
          onClose={close}
        />
      )}
    </>
  );
}
