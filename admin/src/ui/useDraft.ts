import { useCallback, useState } from 'react';

const PREFIX = 'tributary.draft.';

/**
 * Text that somebody is writing, kept in this tab until it is sent: whoever is signed out meanwhile finds it again. The third value
 * forgets it.
 */
export function useDraft(name: string, initial: string): readonly [text: string, set: (text: string) => void, forget: () => void] {
  const key = `${PREFIX}${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? initial);
  const set = useCallback(
    (next: string) => {
      setText(next);
      if (next === '' || next === initial) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, next);
    },
    [key, initial],
  );
  const forget = useCallback(() => {
    sessionStorage.removeItem(key);
    setText(initial);
  }, [key, initial]);
  return [text, set, forget];
}

/** Of whoever signs out by themselves nothing stays in the browser. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
