import type { MouseEvent } from 'react';
import { useCreatePath } from 'react-admin';
import { Link } from 'react-router-dom';

/** As the library's own links do: a new page begins at its top. */
const TO_TOP = { _scrollToTop: true };

interface RecordLinkProps {
  readonly resource: string;
  readonly id: string;
  readonly words: string;
  /** Within other words: there the colour alone does not tell that it is a link. */
  readonly inText?: boolean;
}

/** A real link to a record, for the keyboard and for new tabs; a click on the row does the same. */
export function RecordLink({ resource, id, words, inText = false }: RecordLinkProps) {
  const createPath = useCreatePath();
  return (
    <Link
      className={inText ? 'record-link in-text' : 'record-link'}
      to={createPath({ resource, type: 'show', id })}
      state={TO_TOP}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      {words}
    </Link>
  );
}
