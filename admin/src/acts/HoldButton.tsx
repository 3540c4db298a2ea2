import { Button, type ButtonProps } from '@mui/material';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useSay } from '../words/words.ts';

const HOLD_MS = 1_000;
const ARMED_MS = 6_000;

interface HoldButtonProps {
  /** The verb, and the sum. */
  readonly words: string;
  readonly color: ButtonProps['color'];
  readonly disabled: boolean;
  readonly autoFocus: boolean;
  readonly onHeld: () => void;
}

/** For acts that move money: it is held for a second. With the keyboard, or a device that only clicks, it is pressed twice. */
export function HoldButton({ words, color, disabled, autoFocus, onHeld }: HoldButtonProps) {
  const say = useSay();
  const [isHeld, setHeld] = useState(false);
  const [isArmed, setArmed] = useState(false);
  /** Somebody let go too soon: then it is said what to do. */
  const [isShort, setShort] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function hold() {
    clearTimeout(timer.current);
    setArmed(false);
    setShort(false);
    setHeld(true);
    timer.current = setTimeout(() => {
      setHeld(false);
      onHeld();
    }, HOLD_MS);
  }

  function letGo() {
    if (!isHeld) return;
    clearTimeout(timer.current);
    setHeld(false);
    setShort(true);
  }

  function press({ detail }: MouseEvent) {
    // A pointer counts its clicks; what comes of a key, or of a voice, has none.
    if (detail !== 0) return;
    if (isArmed) return onHeld();
    setShort(false);
    setArmed(true);
    timer.current = setTimeout(() => setArmed(false), ARMED_MS);
  }

  // A key that is held down presses again and again: that is once.
  const onKeyDown = (event: KeyboardEvent) => event.repeat && event.preventDefault();

  return (
    <Button
      variant="contained"
      color={color ?? 'primary'}
      disabled={disabled}
      autoFocus={autoFocus}
      title={say('Hold it for a second; with the keyboard, press it twice')}
      onPointerDown={hold}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onKeyDown={onKeyDown}
      onClick={press}
      sx={{ touchAction: 'none', userSelect: 'none', position: 'relative', overflow: 'hidden' }}
    >
      <span
        aria-hidden="true"
        style={{
          position: 'absolute',
          inset: 0,
          background: 'currentColor',
          opacity: 0.25,
          transformOrigin: 'left',
          transform: `scaleX(${isHeld ? 1 : 0})`,
          transition: isHeld ? `transform ${HOLD_MS}ms linear` : 'none',
        }}
      />
      <span>
        {isArmed ? say('Press again: %{verb}', { verb: words }) : isShort ? say('Hold it for a second: %{verb}', { verb: words }) : words}
      </span>
    </Button>
  );
}
