import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { Amount } from '../ui/Amount.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { CommissionChip } from './CommissionChip.tsx';
import type { ExplainedCommission } from './explanationSource.ts';
import { Steps } from './Steps.tsx';

interface ExplanationProps {
  readonly commission: ExplainedCommission;
  /** Left out where the page shows the money already. */
  readonly money?: boolean;
}

/** What an order earns, item by item, and every step by which that was found. */
export function Explanation({ commission, money = true }: ExplanationProps) {
  const say = useSay();
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {money && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, fontSize: '1.375rem', fontWeight: 600 }}>
          <Amount {...commission.amount} />
          <CommissionChip commission={commission} />
        </Box>
      )}
      <Decided commission={commission} />
      {money && <Lines commission={commission} />}
      <Box component="section" aria-label={say('Steps')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('Step by step')}
        </Typography>
        <Steps steps={commission.explanation.steps} />
      </Box>
    </Box>
  );
}

function Decided({ commission }: { readonly commission: ExplainedCommission }) {
  const say = useSay();
  const { program, termsVersion, decidedAt, revision, cause, availableAt, expiresAt, expired } = commission;
  return (
    <Facts
      facts={[
        ['Usable from', <When key="usable" at={availableAt} />],
        ['Expires', <When key="expires" at={expiresAt} />],
        ...(/[1-9]/.test(expired.value) ? ([['Expired', <Amount key="expired" {...expired} />]] as const) : []),
        ['Decided', <When key="decided" at={decidedAt} exact />],
        ['Because of', `${say.word(cause)} (${say('decision %{number}', { number: revision })})`],
        [
          'By terms',
          <RecordLink
            key="terms"
            resource="programs"
            id={program.key}
            words={say('%{name}, version %{number}', { name: program.name, number: termsVersion.number })}
          />,
        ],
      ]}
    />
  );
}

function Lines({ commission: { lines, amount } }: { readonly commission: ExplainedCommission }) {
  const say = useSay();
  return (
    <Table size="small" aria-label={say('Commission by line')}>
      <TableHead>
        <TableRow>
          <TableCell>{say('Line')}</TableCell>
          <TableCell align="right">{say('Earns')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {lines.map((line) => (
          <TableRow key={line.sku}>
            <TableCell component="th" scope="row">
              {line.sku}
            </TableCell>
            <TableCell align="right">
              <Amount {...line.amount} />
            </TableCell>
          </TableRow>
        ))}
        <TableRow sx={{ '& > *': { borderBottom: 0, fontWeight: 600 } }}>
          <TableCell component="th" scope="row">
            {say('Order')}
          </TableCell>
          <TableCell align="right">
            <Amount {...amount} />
          </TableCell>
        </TableRow>
      </TableBody>
    </Table>
  );
}
