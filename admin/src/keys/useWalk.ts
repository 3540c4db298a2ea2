import { useListContext } from 'react-admin';
import { useOpened } from '../ui/useOpened.ts';
import { useKeys } from './useKeys.ts';

/** Walks through the records of a list with the arrows, each in the sheet beside it. */
export function useWalk() {
  const { data = [] } = useListContext();
  const { opened, open, close } = useOpened();
  const ids = data.map(({ id }) => String(id));
  const at = opened === null ? -1 : ids.indexOf(opened);
  const go = (to: number) => {
    const id = ids[to];
    if (id !== undefined) open(id);
  };
  const next = () => go(at + 1);
  const previous = () => go(Math.max(0, at - 1));
  useKeys({ ArrowDown: next, j: next, ArrowUp: previous, k: previous });
  return {
    opened,
    close,
    /** To the one after it, or back to the list when it was the last. */
    goOn: () => {
      const id = ids[at + 1] ?? ids[at - 1];
      if (id === undefined) close();
      else open(id);
    },
    /** `3 of 25` */
    place: { at: at + 1, count: ids.length },
  };
}
