import { Box, Table, TableBody, TableCell, TableHead, TableRow, TextField } from '@mui/material';
import { RuleChip } from '../ui/RuleChip.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { type Say, type Sentence, useSay } from '../words/words.ts';
import { type Cell, type Grid, gridsOf, type Json } from './rateGrid.ts';

interface RateGridsProps {
  readonly document: Json;
  readonly onChange: (cell: Cell, value: string) => void;
}

/** The rates, percent by percent. */
export function RateGrids({ document, onChange }: RateGridsProps) {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {gridsOf(document).map((grid, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: clauses of one rule have no other name, and keep their places while they are edited
        <RateTable key={index} grid={grid} onChange={onChange} />
      ))}
    </Box>
  );
}

/** What a bound of a rate is called; other columns are classes, or what else the terms name. */
const BOUNDS: Readonly<Record<string, Sentence>> = { atLeast: 'at least', atMost: 'at most', missing: 'where the line has none' };
const headOf = (column: string, say: Say) => (BOUNDS[column] ? say(BOUNDS[column]) : column);

function RateTable({ grid: { rule, columns, rows }, onChange }: { readonly grid: Grid; readonly onChange: RateGridsProps['onChange'] }) {
  const say = useSay();
  return (
    <Scroll label={say('Rates of %{rule}', { rule })}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell sx={{ minWidth: 220 }}>
              <RuleChip rule={rule} />
            </TableCell>
            {columns.map((column) => (
              <TableCell key={column}>{headOf(column, say)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ label, cells }) => (
            <TableRow key={label}>
              <TableCell component="th" scope="row">
                {label || say('all others')}
              </TableCell>
              {columns.map((column) => {
                const cell = cells.find((one) => one.column === column);
                return (
                  <TableCell key={column}>
                    {cell && (
                      <TextField
                        value={cell.value}
                        onChange={(event) => onChange(cell, event.target.value)}
                        sx={{ width: 76 }}
                        slotProps={{
                          htmlInput: {
                            inputMode: 'decimal',
                            'aria-label': `${label || say('all others')}, ${column}`,
                            style: { textAlign: 'right' },
                          },
                        }}
                      />
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}
