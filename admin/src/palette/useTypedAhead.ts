import { useEffect, useRef } from 'react';

export interface TypedAhead {
  /** From now on keys are kept. */
  readonly begin: () => void;
  /** What was typed since; from now on keys are the page's again. */
  readonly end: () => string;
}

/** Keeps what is typed while the palette is fetched: else the page below takes the keys for its own, or they are lost. */
export function useTypedAhead(): TypedAhead {
  const isKept = useRef(false);
  const typed = useRef('');
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isKept.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Backspace') typed.current = typed.current.slice(0, -1);
      else if (event.key.length === 1) typed.current += event.key;
      else if (event.key !== 'Enter') return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, []);
  return {
    begin() {
      isKept.current = true;
      typed.current = '';
    },
    end() {
      isKept.current = false;
      return typed.current;
    },
  };
}
