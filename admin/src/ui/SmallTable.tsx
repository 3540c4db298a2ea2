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

/** A few rows within a page or a sheet: without pages, filters or sorting of their own. */
export function SmallTable<Row>({ label, rows, keyOf, columns }: SmallTableProps<Row>) {
  const say = useSay();
  return (
    <Scroll label={say(label)}>
      <Table size="small">
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column.label} align={alignOf(column)}>
                {say(column.label)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={keyOf(row)}>
              {columns.map((column) => (
                <TableCell key={column.label} align={alignOf(column)} {...(column.isHead ? { component: 'th', scope: 'row' } : {})}>
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
