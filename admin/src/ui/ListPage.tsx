import { Box, Paper, Typography, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { FilterLiveForm, ListBase, Loading, Pagination, type SortPayload, useListContext } from 'react-admin';
import { ErrorNote } from './ErrorNote.tsx';
import { Page } from './Page.tsx';
import { saidInPlace } from './saidInPlace.ts';

interface ListPageProps {
  readonly title: string;
  readonly sort: SortPayload;
  /** Inputs; each change asks anew. */
  readonly filters?: ReactNode;
  /** What to do when there is nothing. */
  readonly empty: string;
  readonly table: ReactNode;
  /** Instead of the table on a phone. */
  readonly small: ReactNode;
  /** A drawer over the list. */
  readonly children?: ReactNode;
}

const PAGE_SIZES = [25, 50, 100];

/** A working list: filters in the address, a table, pages with a total. */
export function ListPage({ title, sort, filters, empty, table, small, children }: ListPageProps) {
  return (
    <ListBase sort={sort} perPage={PAGE_SIZES[0]!} queryOptions={saidInPlace}>
      <Page title={title} beside={<Total />}>
        {filters && (
          <FilterLiveForm>
            <Box
              role="search"
              sx={{
                display: 'flex',
                gap: 1.5,
                flexWrap: 'wrap',
                '& > .MuiFormControl-root': { width: { xs: 'calc(50% - 6px)', sm: 190 } },
              }}
            >
              {filters}
            </Box>
          </FilterLiveForm>
        )}
        <Rows empty={empty} table={table} small={small} />
      </Page>
      {children}
    </ListBase>
  );
}

function Total() {
  const { total } = useListContext();
  return total === undefined ? null : (
    <Typography color="textSecondary" role="status">
      {total.toLocaleString('en')}
    </Typography>
  );
}

function Rows({ empty, table, small }: Pick<ListPageProps, 'empty' | 'table' | 'small'>) {
  const { data, error, isPending, refetch, filterValues } = useListContext();
  const isSmall = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading sx={{ minHeight: 240 }} />;
  if (!data?.length) {
    const filtered = Object.keys(filterValues).length > 0;
    return (
      <Paper sx={{ p: 4, textAlign: 'center' }}>
        <Typography color="textSecondary">{filtered ? 'Nothing fits these filters. Loosen one of them.' : empty}</Typography>
      </Paper>
    );
  }
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <Box sx={{ overflowX: 'auto' }}>{isSmall ? small : table}</Box>
      <Pagination rowsPerPageOptions={PAGE_SIZES} />
    </Paper>
  );
}
