import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { Amount } from '../ui/Amount.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import type { ExpiryMonth } from './source.ts';

/** Sums by month, each with a bar as long as it is large among those of its unit. */
export function Months({ months }: { readonly months: readonly ExpiryMonth[] }) {
  const say = useSay();
  const most = new Map<string, number>();
  for (const { amount } of months) most.set(amount.unit, Math.max(most.get(amount.unit) ?? 0, Number(amount.value)));
  return (
    <Scroll label={say('The next twelve months')}>
      <Table size="small" sx={{ maxWidth: 900 }}>
        <TableHead>
          <TableRow>
            <TableCell>{say('Month')}</TableCell>
            <TableCell align="right">{say('Amount')}</TableCell>
            <TableCell aria-hidden="true" sx={{ width: '40%' }} />
            <TableCell align="right">{say('Lots')}</TableCell>
            <TableCell>{say('The first of it')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {months.map(({ month, amount, lots, first }) => (
            <TableRow key={`${month} ${amount.unit}`}>
              <TableCell component="th" scope="row">
                {month}
              </TableCell>
              <TableCell align="right">
                <Amount {...amount} />
              </TableCell>
              <TableCell aria-hidden="true">
                <Box
                  sx={{
                    height: 8,
                    borderRadius: 1,
                    bgcolor: 'primary.main',
                    width: `${(100 * Number(amount.value)) / (most.get(amount.unit) || 1)}%`,
                    minWidth: 2,
                  }}
                />
              </TableCell>
              <TableCell align="right">{say.decimal(String(lots))}</TableCell>
              <TableCell>
                <When at={first} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}
