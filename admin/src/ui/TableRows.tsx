import { Box, styled } from '@mui/material';
import type { SxProps } from '@mui/material/styles';
import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import {
  type RaRecord,
  useDataTableCallbacksContext,
  useDataTableDataContext,
  useGetPathForRecordCallback,
  useNavigate,
  useResourceContext,
} from 'react-admin';

/** What a list says of a column. */
interface Column {
  readonly label?: ReactNode;
  readonly align?: 'left' | 'center' | 'right';
  readonly sx?: SxProps;
  /** The field that is shown as it is where nothing renders it. */
  readonly source?: string;
  readonly render?: (record: RaRecord) => ReactNode;
}

/** Of a cell of any table. */
export const CELL = { fontSize: '0.875rem', padding: '7px 12px', '& .MuiButton-root': { whiteSpace: 'nowrap' } };

/** The rows of a list as plain elements: with the library's own rows and cells a hundred of them take twice as long. */
export function TableRows({ children }: { readonly children?: ReactNode }) {
  const records = useDataTableDataContext() ?? [];
  const { rowClick } = useDataTableCallbacksContext();
  const open = useOpening();
  const columns = Children.toArray(children).filter((column): column is ReactElement<Column> => isValidElement(column));
  return (
    <Rows>
      {records.map((record) => (
        <tr key={record.id} {...(rowClick === false ? {} : { className: 'opens', onClick: () => void open(record) })}>
          {columns.map(({ key, props }) => (
            <Cell key={key} column={props} record={record} />
          ))}
        </tr>
      ))}
    </Rows>
  );
}

function Cell({ column: { align, sx, source = '', render }, record }: { readonly column: Column; readonly record: RaRecord }) {
  const content = render ? render(record) : (record[source] as ReactNode);
  if (sx === undefined) return <td className={align}>{content}</td>;
  return (
    <Box component="td" className={align} sx={sx}>
      {content}
    </Box>
  );
}

/** What a click on a row does, by mouse; the keyboard has the link in it. */
function useOpening(): (record: RaRecord) => Promise<void> {
  const { rowClick } = useDataTableCallbacksContext();
  const resource = useResourceContext() ?? '';
  const pathOf = useGetPathForRecordCallback();
  const navigate = useNavigate();
  return async (record) => {
    const link = typeof rowClick === 'function' ? await rowClick(record.id, resource, record) : rowClick;
    const path = await pathOf({ record, resource, ...(link === undefined ? {} : { link }) });
    if (path) navigate(path, { state: { _scrollToTop: true } });
  };
}

const Rows = styled('tbody')(({ theme: { palette, typography } }) => ({
  '& > tr > td': {
    ...typography.body2,
    ...CELL,
    color: palette.text.primary,
    textAlign: 'left',
    verticalAlign: 'inherit',
    borderBottom: `1px solid ${palette.divider}`,
    '&.right': { textAlign: 'right' },
    '&.center': { textAlign: 'center' },
  },
  '& > tr:last-of-type > td': { borderBottom: 0 },
  '& > tr:hover': { backgroundColor: palette.action.hover },
  '& > tr.opens': { cursor: 'pointer' },
}));
