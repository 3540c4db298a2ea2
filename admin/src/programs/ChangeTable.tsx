import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { RuleChip } from '../ui/RuleChip.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { Nothing } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import type { ChangedClause } from './draft.ts';

/** Two readings of the terms beside each other: only what differs. */
export function ChangeTable({ changes }: { readonly changes: readonly ChangedClause[] }) {
  const say = useSay();
  if (changes.length === 0) return <Typography variant="body2">{say('Nothing says anything else than before.')}</Typography>;
  return (
    <Scroll label={say('What changes')}>
      <Table size="small" sx={{ '& td, & th': { verticalAlign: 'top' } }}>
        <TableHead>
          <TableRow>
            <TableCell>{say('Rule')}</TableCell>
            <TableCell sx={{ width: '45%' }}>{say('Before')}</TableCell>
            <TableCell sx={{ width: '45%' }}>{say('After')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {changes.map(({ path, rule, of, before, after }) => (
            <TableRow key={path}>
              <TableCell component="th" scope="row">
                <RuleChip rule={rule} /> {of}
              </TableCell>
              <TableCell>{before === null ? <Nothing /> : <del>{before}</del>}</TableCell>
              <TableCell>{after === null ? <Nothing /> : <ins>{after}</ins>}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}
