import { Button, type ButtonProps } from '@mui/material';
import { useState } from 'react';
import { type Permission, useMay } from '../session/may.ts';
import { ActDialog, type ActDialogProps } from './ActDialog.tsx';

interface ActButtonProps extends Omit<ActDialogProps, 'onClose'> {
  /** What the button says; the dialog's verb when left out. */
  readonly label?: string;
  readonly needs: Permission;
  /** The program that it is about; none: the whole organization. */
  readonly program?: string;
  readonly variant?: ButtonProps['variant'];
  readonly disabled?: boolean;
  /** For what is asked for only once somebody wants to act. */
  readonly onOpen?: () => void;
}

/** Opens the dialog of an act. What one may not do is not offered. */
export function ActButton({ label, needs, program, variant = 'outlined', disabled = false, onOpen, ...dialog }: ActButtonProps) {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may(needs, program)) return null;
  function open() {
    onOpen?.();
    setOpen(true);
  }
  return (
    <>
      <Button size="small" variant={variant} color={dialog.isGrave ? 'error' : 'primary'} disabled={disabled} onClick={open}>
        {label ?? dialog.verb}
      </Button>
      {isOpen && <ActDialog {...dialog} onClose={() => setOpen(false)} />}
    </>
  );
}
