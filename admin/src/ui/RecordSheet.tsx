import type { ReactNode } from 'react';
import { Loading, type RaRecord, useGetOne, useResourceContext } from 'react-admin';
import { useSay } from '../words/words.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { SideSheet } from './SideSheet.tsx';
import { saidInPlace } from './saidInPlace.ts';

interface RecordSheetProps<Row> {
  /** The record's id; null: nothing is open. */
  readonly id: string | null;
  readonly onClose: () => void;
  readonly title: (record: Row) => string;
  /** Beside the title: mostly the status. */
  readonly beside?: (record: Row) => ReactNode;
  /** Whether all is there that the sheet shows: a list has the row only, the rest follows. */
  readonly isWhole?: (record: Row) => boolean;
  readonly children: (record: Row) => ReactNode;
}

/** A record beside its list. It is asked for by its id, so that its address opens it whatever page or filter the list is at. */
export function RecordSheet<Row extends RaRecord<string>>({
  id,
  onClose,
  title,
  beside,
  isWhole = () => true,
  children,
}: RecordSheetProps<Row>) {
  const say = useSay();
  const resource = useResourceContext() ?? '';
  const { data, error, refetch } = useGetOne<Row>(resource, { id: id ?? '' }, { enabled: id !== null, ...saidInPlace });
  const record = id !== null && data && isWhole(data) ? data : undefined;
  const name = data ? title(data) : say(error ? 'Something went wrong' : 'One moment ...');
  return (
    <SideSheet title={id === null ? null : name} beside={data && beside?.(data)} onClose={onClose}>
      {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : record ? children(record) : <Loading />}
    </SideSheet>
  );
}
