import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openStream } from './stream.ts';

/** What is told in quick succession is read once; facts may come without end. */
const PAUSE_MS: Readonly<Record<string, number>> = { work: 500, facts: 5_000 };

/** Reads what is shown anew when something changed, quietly. Pages that nobody sees listen to nothing, and read anew when they are seen again. */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    let stop: (() => void) | undefined;
    const refresh = (event: string) => {
      const pause = PAUSE_MS[event];
      if (pause === undefined || timers.has(event)) return;
      const work = () => {
        timers.delete(event);
        void queries.invalidateQueries();
      };
      timers.set(event, setTimeout(work, pause));
    };
    const look = () => {
      const isSeen = document.visibilityState === 'visible';
      if (isSeen && !stop) stop = openStream(refresh);
      if (!isSeen) {
        stop?.();
        stop = undefined;
      }
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      stop?.();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [queries]);
}
