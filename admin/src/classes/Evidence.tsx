import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { programId } from '../provider/source.ts';
import { useAsked } from '../provider/useAsk.ts';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { formatClause } from '../ui/format.ts';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
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
    <Box>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say.word(measured.measure)}
      </Typography>
      <SmallTable
        label="What the class goes by"
        rows={rows}
        keyOf={({ when }) => when}
        columns={[
          { label: 'When', isHead: true, cell: ({ when }) => when },
          { label: 'Has', isNumber: true, cell: ({ has }) => <Quantified {...has} /> },
          {
            label: 'Needs',
            isNumber: true,
            cell: ({ needs }) => (needs ? <Quantified {...needs} /> : <Nothing words={say('Classes go by something else now')} />),
          },
        ]}
      />
    </Box>
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
  return (
    <SmallTable
      label="Orders behind it"
      rows={orders}
      keyOf={({ orderId }) => orderId}
      columns={[
        {
          label: 'Order',
          isHead: true,
          cell: ({ orderId }) => <RecordLink resource="orders" id={programId.write(program, orderId)} words={orderId} />,
        },
        { label: 'Placed', cell: ({ placedAt }) => <When at={placedAt} /> },
        {
          label: 'Status',
          cell: ({ because, rules }) => (
            <StatusChip status={because} tone={because === 'COUNTS' ? 'good' : 'quiet'} why={rules.join(', ') || undefined} />
          ),
        },
        { label: 'Since', cell: ({ since }) => <When at={since} /> },
        { label: 'Counts', isNumber: true, cell: ({ counted }) => <Quantified {...counted} /> },
      ]}
    />
  );
}
