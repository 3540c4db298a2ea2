import type { MouseEvent } from 'react';
import { Link } from 'react-router-dom';
import { besideList } from './besideList.ts';

interface BesideLinkProps {
  readonly list: string;
  readonly id: string;
  readonly words: string;
}

/** A real link, from another page, to a record that has no page of its own: it is shown beside its list. */
export function BesideLink({ list, id, words }: BesideLinkProps) {
  return (
    <Link className="record-link" to={besideList(list, id)} onClick={(event: MouseEvent) => event.stopPropagation()}>
      {words}
    </Link>
  );
}
