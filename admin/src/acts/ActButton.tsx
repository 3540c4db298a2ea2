import { Button, type ButtonProps } from '@mui/material';
import { useState } from 'react';
import { useKeys } from '../keys/useKeys.ts';
import { type Permission, useMay } from '../session/may.ts';
import { ActDialog, type ActDialogProps } from './ActDialog.tsx';

interface ActButtonProps extends Omit<ActDialogProps, 'onClose'> {
  /** What the button says; the dialog's verb when left out. */
  readonly label?: string;
  /** A key that does the same, while nobody types. */
  readonly shortcut?: string;
  readonly needs: Permission;
  /** The program that it is about; none: the whole organization. */
  readonly program?: string;
  readonly variant?: ButtonProps['variant'];
  readonly disabled?: boolean;
  /** For what is asked for only once somebody wants to act. */
  readonly onOpen?: () => void;
}

/** Opens the dialog of an act. What one may not do is not offered. */
export function ActButton({ label, shortcut, needs, program, variant = 'outlined', disabled = false, onOpen, ...dialog }: ActButtonProps) {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const isOffered = may(needs, program);
  function open() {
    onOpen?.();
    setOpen(true);
  }
  useKeys(shortcut && isOffered && !disabled ? { [shortcut]: open } : {});
  if (!isOffered) return null;
  return (
    <>
      <Button size="small" variant={variant} color={dialog.isGrave ? 'error' : 'primary'} disabled={disabled} onClick={open}>
        {label ?? dialog.verb}
        {shortcut && ` (${shortcut})`}
      </Button>
      {isOpen && <ActDialog {...dialog} onClose={() => setOpen(false)} />}
    </>
  );
}
