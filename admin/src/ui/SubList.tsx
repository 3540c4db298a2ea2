import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { FilterLiveForm, ListBase } from 'react-admin';
import type { Sentence } from '../words/words.ts';
import { Rows } from './ListPage.tsx';
import { saidInPlace } from './saidInPlace.ts';

interface SubListProps {
  readonly resource: string;
  /** What it is a part of. */
  readonly filter: Readonly<Record<string, string>>;
  readonly filters?: ReactNode;
  readonly empty: Sentence;
  readonly table: ReactNode;
  readonly small: ReactNode;
  readonly below?: ReactNode;
}

/** A list that belongs to a record, on the record's page. */
export function SubList({ resource, filter, filters, empty, table, small, below }: SubListProps) {
  return (
    <ListBase resource={resource} filter={filter} perPage={25} queryOptions={saidInPlace} disableSyncWithLocation disableAuthentication>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {filters && (
          <FilterLiveForm>
            <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap', '& > .MuiFormControl-root': { width: 190 } }}>{filters}</Box>
          </FilterLiveForm>
        )}
        <Rows empty={empty} table={table} small={small} />
        {below}
      </Box>
    </ListBase>
  );
}
