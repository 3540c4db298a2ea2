import { useEffect, useRef } from 'react';

/** What a key does, by the key's name as browsers say it: `a`, `ArrowDown`, `?`. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>;

/** Keys that work without Ctrl, while nobody types and no dialog asks anything. */
export function useKeys(keys: Keys): void {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || isAsked()) return;
      const work = held.current[event.key];
      if (!work) return;
      event.preventDefault();
      work();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Nobody types into these. */
const PRESSED = new Set(['checkbox', 'radio', 'button', 'submit']);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !PRESSED.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Sheets beside a list leave the keys to the list; dialogs and menus don't. */
function isAsked(): boolean {
  return document.querySelector('.MuiDialog-root, .MuiMenu-root, .MuiPopover-root:not([aria-hidden="true"])') !== null;
}
