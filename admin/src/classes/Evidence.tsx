import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { programId } from '../provider/source.ts';
import { useAsked } from '../provider/useAsk.ts';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { formatClause } from '../ui/format.ts';
import { RecordLink } from '../ui/RecordLink.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { type ClassEvidence, type ClassRecord, evidenceDocument, type MeasuredOrder } from './source.ts';

const SHOWN = 25;
const MOST = 100;

interface Quantity {
  readonly value: string;
  /** Null: a number of orders or customers. */
  readonly unit: string | null;
}

function Quantified({ value, unit }: Quantity) {
  const say = useSay();
  return unit === null ? say.decimal(value) : <Amount value={value} unit={unit} />;
}

/** What the affiliate has against what the class needs: when it was asked for, and by now. */
export function Measures({ evidence: { measured, needed, measuredNow, neededNow } }: { readonly evidence: ClassEvidence }) {
  const say = useSay();
  const rows = [
    { when: say('When it was asked for'), has: measured, needs: needed },
    { when: say('Now'), has: measuredNow, needs: neededNow },
  ];
  return (
    <Scroll label={say.word(measured.measure)}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{say.word(measured.measure)}</TableCell>
            <TableCell align="right">{say('Has')}</TableCell>
            <TableCell align="right">{say('Needs')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ when, has, needs }) => (
            <TableRow key={when}>
              <TableCell component="th" scope="row">
                {when}
              </TableCell>
              <TableCell align="right">
                <Quantified {...has} />
              </TableCell>
              <TableCell align="right">
                {needs ? <Quantified {...needs} /> : <Nothing words={say('Classes go by something else now')} />}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}

/** What the terms say of the class, and the orders behind what classes go by, each with whether it counts and why. */
export function Evidence({ request: { class: wanted, enrollment, evidence } }: { readonly request: ClassRecord }) {
  const say = useSay();
  const [first, setFirst] = useState(SHOWN);
  const program = enrollment.program.key;
  const asked = { program, affiliate: enrollment.affiliate.externalId, measure: evidence?.measured.measure ?? null, first };
  const { data, error, refetch } = useAsked(evidenceDocument, asked, { keep: true });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const clauses = (data.program?.terms?.clauses ?? []).filter(
    ({ path, sentence }) => path.startsWith('classes') || new RegExp(`\\b${wanted}\\b`, 'i').test(sentence),
  );
  const { nodes, totalCount } = data.measuredOrders;
  return (
    <>
      <Box component="section" aria-label={say('What the terms say')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What the terms say')}
        </Typography>
        <Box component="ul" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.5 }}>
          {clauses.map(({ path, sentence }) => (
            <Typography component="li" variant="body2" key={path}>
              {formatClause(sentence, say.locale)}
            </Typography>
          ))}
        </Box>
      </Box>
      <Box component="section" aria-label={say('Orders behind it')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('Orders behind it')} {say.decimal(String(totalCount))}
        </Typography>
        {nodes.length === 0 ? <Typography variant="body2">{say('None yet.')}</Typography> : <Orders program={program} orders={nodes} />}
        {totalCount > nodes.length && first < MOST && (
          <Button size="small" onClick={() => setFirst(MOST)}>
            {say('Show more')}
          </Button>
        )}
      </Box>
    </>
  );
}

function Orders({ program, orders }: { readonly program: string; readonly orders: readonly MeasuredOrder[] }) {
  const say = useSay();
  return (
    <Scroll label={say('Orders behind it')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{say('Order')}</TableCell>
            <TableCell>{say('Placed')}</TableCell>
            <TableCell>{say('Status')}</TableCell>
            <TableCell>{say('Since')}</TableCell>
            <TableCell align="right">{say('Counts')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {orders.map(({ orderId, placedAt, because, rules, since, counted }) => (
            <TableRow key={orderId}>
              <TableCell component="th" scope="row">
                <RecordLink resource="orders" id={programId.write(program, orderId)} words={orderId} />
              </TableCell>
              <TableCell>
                <When at={placedAt} />
              </TableCell>
              <TableCell>
                <StatusChip status={because} tone={because === 'COUNTS' ? 'good' : 'quiet'} why={rules.join(', ') || undefined} />
              </TableCell>
              <TableCell>
                <When at={since} />
              </TableCell>
              <TableCell align="right">
                <Quantified {...counted} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}
