import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';
import { type Sentence, useSay } from '../words/words.ts';
import { Scroll } from './Scroll.tsx';

export interface Column<Row> {
  readonly label: Sentence;
  readonly cell: (row: Row) => ReactNode;
  /** It names the row. */
  readonly isHead?: boolean;
  readonly isNumber?: boolean;
}

interface SmallTableProps<Row> {
  readonly label: Sentence;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
}

/** On a phone each row is a block, each cell a line that says its column: nothing is cut off. The roles stay those of a table. */
const stacked = {
  display: { xs: 'block', sm: 'table' },
  '& thead': { display: { xs: 'none', sm: 'table-header-group' } },
  '& tbody': { display: { xs: 'block', sm: 'table-row-group' } },
  '& tbody tr': {
    display: { xs: 'block', sm: 'table-row' },
    py: { xs: 1, sm: 0 },
    borderBottom: { xs: 1, sm: 0 },
    borderColor: { xs: 'divider' },
  },
  '& tbody tr:last-of-type': { borderBottom: 0 },
  '& tbody tr > *': {
    display: { xs: 'flex', sm: 'table-cell' },
    // What is aligned right would begin at the end.
    flexDirection: 'row',
    justifyContent: 'space-between',
    gap: 2,
    px: { xs: 0, sm: 1.5 },
    py: { xs: 0.25, sm: '7px' },
    borderBottomWidth: { xs: 0, sm: 1 },
    overflowWrap: 'anywhere',
    '&[data-label]::before': { content: { xs: 'attr(data-label)', sm: 'none' }, color: 'text.secondary', flexShrink: 0 },
  },
} as const;

/** A few rows within a page or a sheet: without pages, filters or sorting of their own. */
export function SmallTable<Row>({ label, rows, keyOf, columns }: SmallTableProps<Row>) {
  const say = useSay();
  return (
    <Scroll label={say(label)}>
      <Table size="small" role="table" sx={stacked}>
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column.label} align={alignOf(column)}>
                {say(column.label)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody role="rowgroup">
          {rows.map((row) => (
            <TableRow key={keyOf(row)} role="row">
              {columns.map((column) => (
                <TableCell
                  key={column.label}
                  align={alignOf(column)}
                  {...(column.isHead
                    ? { component: 'th', scope: 'row', role: 'rowheader' }
                    : { role: 'cell', 'data-label': say(column.label) })}
                >
                  {column.cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}

const alignOf = ({ isNumber }: { readonly isNumber?: boolean }) => (isNumber ? 'right' : 'left');
