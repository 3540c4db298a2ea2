import { Box, Table, TableBody, TableCell, TableHead, TableRow, TextField, Typography } from '@mui/material';
import { formatClause } from '../ui/format.ts';
import { Hidden } from '../ui/Hidden.tsx';
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

/** On a phone each row is a block under its name, the percents side by side, each under its column. The roles stay those of a table. */
const stacked = {
  display: { xs: 'block', md: 'table' },
  '& thead': { display: { xs: 'none', md: 'table-header-group' } },
  '& tbody': { display: { xs: 'block', md: 'table-row-group' } },
  '& tbody tr': {
    display: { xs: 'grid', md: 'table-row' },
    gridTemplateColumns: 'repeat(auto-fill, minmax(96px, 1fr))',
    py: { xs: 1, md: 0 },
    borderBottom: { xs: 1, md: 0 },
    borderColor: { xs: 'divider' },
    alignItems: 'end',
  },
  '& tbody tr > *': { borderBottomWidth: { xs: 0, md: 1 }, overflowWrap: 'anywhere' },
  '& tbody tr:last-of-type': { borderBottom: 0 },
  '& tbody tr > th': { gridColumn: '1 / -1' },
  '& [data-label]::before': { content: { xs: 'attr(data-label)', md: 'none' }, display: 'block', color: 'text.secondary' },
} as const;

function RateTable({ grid: { rule, columns, rows }, sentence, onChange }: RateTableProps) {
  const say = useSay();
  const nameOf = (label: string) => label || say(rows.length > 1 ? 'all others' : 'all of them');
  return (
    <Scroll label={say('Rates of %{rule}', { rule })}>
      <Box sx={{ px: 1.5, pt: 1, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <RuleChip rule={rule} />
        {sentence && (
          <Typography variant="body2" sx={{ maxWidth: '100ch' }}>
            {formatClause(sentence, say.locale)}
          </Typography>
        )}
      </Box>
      <Table size="small" role="table" sx={stacked}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ minWidth: 220 }}>
              <Hidden>{say('Rates')}</Hidden>
            </TableCell>
            {columns.map((column) => (
              <TableCell key={column}>{headOf(column, say)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody role="rowgroup">
          {rows.map(({ label, cells }) => (
            <TableRow key={label} role="row">
              <TableCell component="th" scope="row" role="rowheader">
                {nameOf(label)}
              </TableCell>
              {columns.map((column) => {
                const cell = cells.find((one) => one.column === column);
                return (
                  <TableCell key={column} role="cell" {...(cell && { 'data-label': headOf(column, say) })}>
                    {cell && <Percent cell={cell} name={`${nameOf(label)}, ${column}`} onChange={onChange} />}
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

interface PercentProps {
  readonly cell: Cell;
  readonly name: string;
  readonly onChange: RateGridsProps['onChange'];
}

function Percent({ cell, name, onChange }: PercentProps) {
  return (
    <TextField
      value={cell.value}
      onChange={(event) => onChange(cell, event.target.value)}
      sx={{ width: 76 }}
      slotProps={{ htmlInput: { inputMode: 'decimal', 'aria-label': name, style: { textAlign: 'right' } } }}
    />
  );
}
