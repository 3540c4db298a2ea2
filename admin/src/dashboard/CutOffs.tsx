import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { formatInstant, READER_ZONE } from '../ui/format.ts';
import { RecordLink } from '../ui/RecordLink.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { useSay } from '../words/words.ts';
import { ageOf } from './age.ts';
import type { CutOff } from './source.ts';

/** When each program takes balances next: in its own zone, and in the reader's. */
export function CutOffs({ cutOffs, now }: { readonly cutOffs: readonly CutOff[]; readonly now: string }) {
  const say = useSay();
  return (
    <Scroll label={say('Next cut-offs')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{say('Program')}</TableCell>
            <TableCell>{say('In')}</TableCell>
            <TableCell>{say('In the program’s zone')}</TableCell>
            <TableCell>{say('In your zone')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {cutOffs.map(({ program, at, timeZone }) => (
            <TableRow key={program.key}>
              <TableCell component="th" scope="row">
                <RecordLink resource="programs" id={program.key} words={program.name} />
              </TableCell>
              <TableCell>{ageOf(now, at, say)}</TableCell>
              <TableCell>{formatInstant(at, say.locale, timeZone)}</TableCell>
              <TableCell>{formatInstant(at, say.locale, READER_ZONE)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}
