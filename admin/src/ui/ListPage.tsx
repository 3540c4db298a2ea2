import { Box, Paper, Typography, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { type ReactNode, useDeferredValue, useEffect } from 'react';
import {
  FilterLiveForm,
  ListBase,
  Loading,
  Pagination,
  type SortPayload,
  useListContext,
  useLocation,
  useNavigate,
  useResourceContext,
} from 'react-admin';
import { type Sentence, useSay } from '../words/words.ts';
import { ErrorNote } from './ErrorNote.tsx';
import { OneProgramFilter } from './filters.tsx';
import { Page } from './Page.tsx';
import { saidInPlace } from './saidInPlace.ts';
import { Views } from './Views.tsx';

interface ListPageProps {
  readonly title: Sentence;
  readonly sort: SortPayload;
  /** What is filtered when one comes without a filter. */
  readonly filterDefaultValues?: Readonly<Record<string, string>>;
  /** Beside the title: what begins something new. */
  readonly beside?: ReactNode;
  /** Over the list: what was just made. */
  readonly above?: ReactNode;
  /** It is the list of one program: the first is chosen where none is yet. */
  readonly isOfOneProgram?: boolean;
  /** Inputs; each change asks anew. */
  readonly filters?: ReactNode;
  /** Between the filters and the rows: all of it at a glance. */
  readonly glance?: ReactNode;
  /** What to do when there is nothing. */
  readonly empty: Sentence;
  readonly table: ReactNode;
  /** Instead of the table on a phone. */
  readonly small: ReactNode;
  /** Under the list: what is done with what is ticked. */
  readonly below?: ReactNode;
  /** A drawer over the list. */
  readonly children?: ReactNode;
}

const PAGE_SIZES = [25, 50, 100];
/** What was asked for ahead of the page is taken as it is for so long. */
const asking = { ...saidInPlace, staleTime: 3_000 };
const OF_ONE_PROGRAM = ['program'];
const NONE: readonly string[] = [];

/** A working list: filters in the address, a table, pages with a total. */
export function ListPage({
  title,
  beside,
  above,
  sort,
  filterDefaultValues,
  isOfOneProgram = false,
  filters,
  glance,
  empty,
  table,
  small,
  below,
  children,
}: ListPageProps) {
  const say = useSay();
  if (useDefaultFilter(filterDefaultValues)) return null;
  return (
    <ListBase sort={sort} perPage={PAGE_SIZES[0]!} queryOptions={asking}>
      <Page title={say(title)} beside={<Beside>{beside}</Beside>}>
        {above}
        {(filters || isOfOneProgram) && (
          <Box
            role="search"
            sx={{
              minHeight: 40,
              '& > form': {
                display: 'flex',
                gap: 1.5,
                flexWrap: 'wrap',
                // Six stand in one row of a wide screen.
                '& > .MuiFormControl-root': { width: { xs: 'calc(50% - 6px)', sm: 170 }, flexGrow: { sm: 1 }, maxWidth: { sm: 240 } },
              },
            }}
          >
            <Afterwards>
              <FilterLiveForm>
                {isOfOneProgram && <OneProgramFilter />}
                {filters}
              </FilterLiveForm>
            </Afterwards>
          </Box>
        )}
        {glance}
        <Rows empty={empty} usual={filterDefaultValues} fixed={isOfOneProgram ? OF_ONE_PROGRAM : NONE} table={table} small={small} />
        {below}
      </Page>
      {children}
    </ListBase>
  );
}

/**
 * Comes right behind the page itself, which asks for its rows meanwhile. The form comes with its inputs: it gives the filters of the address to
 * those that are there when it begins.
 */
function Afterwards({ children }: { readonly children: ReactNode }) {
  return useDeferredValue(children, null);
}

/** Writes the usual filter into the address, which says all that is filtered; true: it is about to. */
function useDefaultFilter(values: ListPageProps['filterDefaultValues']): boolean {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const isBare = values !== undefined && !new URLSearchParams(search).has('filter');
  useEffect(() => {
    if (!isBare) return;
    const params = new URLSearchParams(search);
    params.set('filter', JSON.stringify(values));
    navigate({ pathname, search: `?${params}` }, { replace: true });
  }, [isBare, pathname, search, values, navigate]);
  return isBare;
}

function Beside({ children }: { readonly children: ReactNode }) {
  const list = useResourceContext();
  return (
    <>
      <Total />
      <Box sx={{ flex: 1 }} />
      <Afterwards>
        {list && <Views list={list} />}
        {children}
      </Afterwards>
    </>
  );
}

function Total() {
  const say = useSay();
  const { total } = useListContext();
  return total === undefined ? null : (
    <Typography color="textSecondary" role="status">
      {say.decimal(String(total))}
    </Typography>
  );
}

interface RowsProps extends Pick<ListPageProps, 'empty' | 'table' | 'small'> {
  /** With this filter alone nothing is just nothing. */
  readonly usual?: ListPageProps['filterDefaultValues'] | undefined;
  /** Filters that are always set: nothing can be loosened there. */
  readonly fixed?: readonly string[];
}

export function Rows({ empty, usual = {}, fixed = NONE, table, small }: RowsProps) {
  const say = useSay();
  const { data, error, isPending, refetch, filterValues } = useListContext();
  const isSmall = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Loading sx={{ minHeight: 240 }} />;
  if (!data?.length) {
    const filtered = Object.entries(filterValues).some(([name, value]) => value !== usual[name] && !fixed.includes(name));
    return (
      <Paper sx={{ p: 4, textAlign: 'center' }}>
        <Typography color="textSecondary">{say(filtered ? 'Nothing fits these filters. Loosen one of them.' : empty)}</Typography>
      </Paper>
    );
  }
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <Box sx={{ overflowX: 'auto' }}>{isSmall ? small : table}</Box>
      <Box sx={{ minHeight: 52 }}>
        <Afterwards>
          <Pagination rowsPerPageOptions={PAGE_SIZES} />
        </Afterwards>
      </Box>
    </Paper>
  );
}
