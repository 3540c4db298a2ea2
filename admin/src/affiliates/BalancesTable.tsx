import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { Amount } from '../ui/Amount.tsx';
import { useSay } from '../words/words.ts';
import type { UnitBalance } from './standing.ts';

const COLUMNS = [
  ['pending', 'Pending'],
  ['available', 'Available'],
  ['reserved', 'Reserved'],
  ['paid', 'Paid'],
  ['expired', 'Expired'],
  ['debt', 'Debt'],
] as const;

/** What an affiliate has, unit by unit: units never add. */
export function BalancesTable({ balances }: { readonly balances: readonly UnitBalance[] }) {
  const say = useSay();
  return (
    <Table size="small" aria-label={say('Balances')} sx={{ maxWidth: 900 }}>
      <TableHead>
        <TableRow>
          <TableCell>{say('Earned by')}</TableCell>
          {COLUMNS.map(([name, label]) => (
            <TableCell key={name} align="right">
              {say(label)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {balances.map((balance) => (
          <TableRow key={`${balance.unit} ${balance.isReward}`}>
            <TableCell component="th" scope="row">
              {say(balance.isReward ? 'Referrals' : 'Activity')}
            </TableCell>
            {COLUMNS.map(([name]) => (
              <TableCell key={name} align="right">
                <Amount {...balance[name]} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
