import { Box, styled } from '@mui/material';
import type { SxProps } from '@mui/material/styles';
import { Children, isValidElement, type MouseEvent, memo, type ReactElement, type ReactNode, useMemo } from 'react';
import { type RaRecord, type SortPayload, useCreatePath, useListContext, useNavigate, useResourceContext, useTranslate } from 'react-admin';
import { CELL } from '../layout/theme.ts';
import { type Sentence, useSay } from '../words/words.ts';

interface ColProps<Row extends RaRecord> {
  /** What is over the column: words, or a box that ticks all rows. */
  readonly label: Sentence | ReactElement;
  readonly align?: 'left' | 'center' | 'right';
  readonly sx?: SxProps;
  /** By which the list can be sorted. */
  readonly sort?: string;
  readonly render: (record: Row) => ReactNode;
}

interface ListTableProps<Row extends RaRecord> {
  /** What a click on a row opens, by mouse; the keyboard has the link in it. */
  readonly rowClick?: 'show' | ((record: Row) => void);
  /** Its columns. */
  readonly children: ReactNode;
}

/** Says what a column shows: the table draws it. */
export function Col<Row extends RaRecord>(_: ColProps<Row>): null {
  return null;
}

/** The records of a list, as plain elements: a hundred rows of components that bring their own styles take several times as long. */
export function ListTable<Row extends RaRecord>({ rowClick, children }: ListTableProps<Row>) {
  const { data = [] } = useListContext<Row>();
  const open = useOpening(rowClick);
  const columns = useMemo(
    () => Children.toArray(children).filter((child): child is Column => isValidElement(child) && child.type === Col),
    [children],
  );
  return (
    <Table>
      <Head columns={columns} />
      <tbody {...(open && { className: 'opens', onClick: (event: MouseEvent<HTMLElement>) => openAt(event, data, open) })}>
        {data.map((record) => (
          <Line key={record.id} record={record} columns={columns} />
        ))}
      </tbody>
    </Table>
  );
}

type Column = ReactElement<ColProps<RaRecord>>;

function Head({ columns }: { readonly columns: readonly Column[] }) {
  const say = useSay();
  const { sort, setSort } = useListContext();
  return (
    <thead>
      <tr>
        {columns.map(({ key, props: { label, align, sort: field, sx } }) => {
          const words = typeof label === 'string' ? say(label) : label;
          const order = sort.field === field ? sort.order : undefined;
          return (
            <Box key={key} component="th" scope="col" className={align} aria-sort={order && ORDERS[order]} {...(sx && { sx })}>
              {typeof words === 'string' && field ? <SortButton field={field} words={words} order={order} onSort={setSort} /> : words}
            </Box>
          );
        })}
      </tr>
    </thead>
  );
}

const ORDERS = { ASC: 'ascending', DESC: 'descending' } as const;

interface SortButtonProps {
  readonly field: string;
  readonly words: string;
  /** In which the list is sorted by this field now. */
  readonly order: SortPayload['order'] | undefined;
  readonly onSort: (sort: SortPayload) => void;
}

function SortButton({ field, words, order, onSort }: SortButtonProps) {
  const translate = useTranslate();
  const next = order === 'ASC' ? 'DESC' : 'ASC';
  const title = translate('ra.sort.sort_by', {
    field: words,
    field_lower_first: words.charAt(0).toLowerCase() + words.slice(1),
    order: translate(`ra.sort.${next}`),
  });
  return (
    <button type="button" title={title} onClick={() => onSort({ field, order: next })}>
      {words}
      <span aria-hidden="true">{order === 'DESC' ? '↓' : '↑'}</span>
    </button>
  );
}

/** Drawn anew only when its record has changed, or how columns are drawn. */
const Line = memo(function Line({ record, columns }: { readonly record: RaRecord; readonly columns: readonly Column[] }) {
  return (
    <tr>
      {columns.map(({ key, props: { align, sx, render } }) =>
        sx === undefined ? (
          <td key={key} className={align}>
            {render(record)}
          </td>
        ) : (
          <Box key={key} component="td" className={align} sx={sx}>
            {render(record)}
          </Box>
        ),
      )}
    </tr>
  );
});

function useOpening<Row extends RaRecord>(rowClick: ListTableProps<Row>['rowClick']): ((record: Row) => void) | undefined {
  const resource = useResourceContext() ?? '';
  const createPath = useCreatePath();
  const navigate = useNavigate();
  if (rowClick !== 'show') return rowClick;
  return ({ id }) => navigate(createPath({ resource, type: 'show', id }), { state: { _scrollToTop: true } });
}

/** What was clicked may be no row of this table, but a dialog that one of them opened. */
function openAt<Row extends RaRecord>(
  { target, currentTarget }: MouseEvent<HTMLElement>,
  data: readonly Row[],
  open: (record: Row) => void,
) {
  const row = (target as Element).closest('tr');
  const record = row?.parentElement === currentTarget ? data[row.sectionRowIndex] : undefined;
  if (record) open(record);
}

const Table = styled('table')(({ theme: { palette, typography } }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  '& > * > tr > *': {
    ...typography.body2,
    ...CELL,
    textAlign: 'left',
    borderBottom: `1px solid ${palette.divider}`,
    '&.right': { textAlign: 'right' },
    '&.center': { textAlign: 'center' },
  },
  '& > thead > tr > th': {
    color: palette.text.secondary,
    fontWeight: 500,
    fontSize: '0.8125rem',
    lineHeight: '1.5rem',
    whiteSpace: 'nowrap',
  },
  '& > thead button': {
    padding: 0,
    border: 0,
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
    '& > span': { marginInlineStart: 4, opacity: 0 },
    '&:hover': { color: palette.text.primary },
    '&:is(:hover, :focus-visible) > span': { opacity: 0.5 },
  },
  '& > thead > tr > th[aria-sort] button': { color: palette.text.primary, '& > span': { opacity: 1 } },
  '& > tbody > tr > td': { color: palette.text.primary },
  '& > tbody > tr:last-of-type > td': { borderBottom: 0 },
  '& > tbody > tr:hover': { backgroundColor: palette.action.hover },
  '& > tbody.opens > tr': { cursor: 'pointer' },
}));
