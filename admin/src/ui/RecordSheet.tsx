import type { ReactNode } from 'react';
import { Loading, type RaRecord, useGetOne, useListContext, useResourceContext } from 'react-admin';
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
  /** Whether all is there that the sheet shows; left out: a row of the list has all. */
  readonly isWhole?: (record: Row) => boolean;
  readonly children: (record: Row) => ReactNode;
}

/** A record beside its list. */
export function RecordSheet<Row extends RaRecord<string>>({ id, onClose, title, beside, isWhole, children }: RecordSheetProps<Row>) {
  const say = useSay();
  const { data, error, refetch } = useRecord(id, isWhole);
  const record = id !== null && data && (isWhole?.(data) ?? true) ? data : undefined;
  const name = data ? title(data) : say(error ? 'Something went wrong' : 'One moment ...');
  return (
    <SideSheet title={id === null ? null : name} beside={data && beside?.(data)} onClose={onClose}>
      {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : record ? children(record) : <Loading />}
    </SideSheet>
  );
}

/**
 * It is asked for by its id, so that its address opens it whatever page or filter the list is at; where rows of the list have all that there
 * is, only when it is none of them.
 */
function useRecord<Row extends RaRecord<string>>(id: string | null, isWhole: RecordSheetProps<Row>['isWhole']) {
  const resource = useResourceContext() ?? '';
  const { data: rows, isPending } = useListContext<Row>();
  const row = isWhole ? undefined : rows?.find((one) => one.id === id);
  const isListed = row !== undefined || (!isWhole && isPending);
  const { data, error, refetch } = useGetOne<Row>(resource, { id: id ?? '' }, { enabled: id !== null && !isListed, ...saidInPlace });
  return row ? { data: row, error: null, refetch } : { data, error, refetch };
}
