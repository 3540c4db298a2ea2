import type { MouseEvent } from 'react';
import { Link, useCreatePath } from 'react-admin';

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
      underline={inText ? 'always' : 'hover'}
      to={createPath({ resource, type: 'show', id })}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      {words}
    </Link>
  );
}
