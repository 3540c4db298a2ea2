import type { MouseEvent } from 'react';
import { Link } from 'react-admin';
import { useOpened } from './useOpened.ts';

/** A real link that opens a record beside its list; a click on the row does the same. */
export function OpenLink({ id, words }: { readonly id: string; readonly words: string }) {
  const { linkTo } = useOpened();
  return (
    <Link to={linkTo(id)} onClick={(event: MouseEvent) => event.stopPropagation()}>
      {words}
    </Link>
  );
}

/** For the rows of a table: opens the record that was clicked on. */
export function useRowOpens() {
  const { open } = useOpened();
  return ({ id }: { readonly id: string | number }): void => void open(String(id));
}
