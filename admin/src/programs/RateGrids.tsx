import { Box, Table, TableBody, TableCell, TableHead, TableRow, TextField, Typography } from '@mui/material';
import { formatClause } from '../ui/format.ts';
import { RuleChip } from '../ui/RuleChip.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { type Say, type Sentence, useSay } from '../words/words.ts';
import { type Cell, type Grid, gridsOf, type Json } from './rateGrid.ts';
import type { Clause } from './source.ts';

interface RateGridsProps {
  readonly document: Json;
  /** In words, by their places. */
  readonly clauses: readonly Clause[];
  readonly onChange: (cell: Cell, value: string) => void;
}

/** The rates, percent by percent. */
export function RateGrids({ document, clauses, onChange }: RateGridsProps) {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {gridsOf(document).map((grid) => (
        <RateTable key={grid.path} grid={grid} sentence={clauses.find(({ path }) => path === grid.path)?.sentence} onChange={onChange} />
      ))}
    </Box>
  );
}

/** What a bound of a rate is called; other columns are classes, or what else the terms name. */
const BOUNDS: Readonly<Record<string, Sentence>> = { atLeast: 'at least', atMost: 'at most', missing: 'where the line has none' };
const headOf = (column: string, say: Say) => (BOUNDS[column] ? say(BOUNDS[column]) : column);

interface RateTableProps {
  readonly grid: Grid;
  readonly sentence: string | undefined;
  readonly onChange: RateGridsProps['onChange'];
}

function RateTable({ grid: { rule, columns, rows }, sentence, onChange }: RateTableProps) {
  const say = useSay();
  const nameOf = (label: string) => label || say(rows.length > 1 ? 'all others' : 'all of them');
  return (
    <Scroll label={say('Rates of %{rule}', { rule })}>
      {sentence && (
        <Typography variant="body2" sx={{ px: 1.5, pt: 1, maxWidth: '100ch' }}>
          {formatClause(sentence, say.locale)}
        </Typography>
      )}
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
                {nameOf(label)}
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
                            'aria-label': `${nameOf(label)}, ${column}`,
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
