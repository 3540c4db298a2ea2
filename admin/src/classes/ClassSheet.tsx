import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { Loading, useListContext } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { approveClass, refuseClass } from '../affiliates/acts.ts';
import { useWalk } from '../keys/useWalk.ts';
import { programId } from '../provider/source.ts';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { SideSheet } from '../ui/SideSheet.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { ClassChip } from './ClassList.tsx';
import { type ClassRecord, type EvidenceOrder, evidenceDocument } from './source.ts';

/** A request for a class beside the list, with what speaks for it. */
export function ClassSheet() {
  const say = useSay();
  const { data = [] } = useListContext<ClassRecord>();
  const { opened, close } = useWalk();
  const request = data.find(({ id }) => id === opened);
  const title = request ? say('%{name} asks for the class %{class}', { name: nameOf(request), class: request.class }) : null;
  return (
    <SideSheet title={title} beside={request && <ClassChip request={request} />} onClose={close}>
      {request && <Request request={request} />}
    </SideSheet>
  );
}

const nameOf = ({ enrollment: { affiliate } }: ClassRecord) => affiliate.name ?? affiliate.externalId;

function Request({ request }: { readonly request: ClassRecord }) {
  const say = useSay();
  const run = useAct();
  const { enrollment, class: wanted, status, requestedAt } = request;
  const { affiliate, program, paidSales } = enrollment;
  const input = { program: program.key, affiliate: affiliate.externalId };
  const shared = { needs: 'CLASS_DECIDE', program: program.key } as const;
  return (
    <>
      {status === 'REQUESTED' && (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <ActButton
            {...shared}
            variant="contained"
            verb={say('Approve')}
            title={say('Raise %{name} to the class %{class}', { name: nameOf(request), class: wanted })}
            intro={say('The class holds for orders placed from now on.')}
            run={() => run(approveClass, input)}
          />
          <ActButton
            {...shared}
            isGrave
            verb={say('Refuse')}
            title={say('Refuse the class %{class}', { class: wanted })}
            fields={[{ name: 'reason', label: 'Reason', required: true }]}
            run={({ reason = '' }) => run(refuseClass, { ...input, reason })}
          />
        </Box>
      )}
      <Facts
        facts={[
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', program.name],
          ['Has', enrollment.class ?? <Nothing key="has" />],
          ['Wants', wanted],
          ['Paid sales', <Amount key="sales" value={paidSales.amount} unit={paidSales.currency} />],
          ['Asked for', <When key="asked" at={requestedAt} exact />],
        ]}
      />
      <Evidence program={program.key} affiliate={affiliate.externalId} wanted={wanted} />
    </>
  );
}

interface EvidenceProps {
  readonly program: string;
  readonly affiliate: string;
  readonly wanted: string;
}

/** What the terms say of the class, and the orders that count. */
function Evidence({ program, affiliate, wanted }: EvidenceProps) {
  const say = useSay();
  const { data, error } = useAsked(evidenceDocument, { program, affiliate });
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Loading />;
  const clauses = (data.program?.terms?.clauses ?? []).filter(
    ({ path, sentence }) => path.startsWith('classes') || new RegExp(`\\b${wanted}\\b`, 'i').test(sentence),
  );
  return (
    <>
      <Box component="section" aria-label={say('What the terms say')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What the terms say')}
        </Typography>
        <Box component="ul" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.5 }}>
          {clauses.map(({ path, sentence }) => (
            <Typography component="li" variant="body2" key={path}>
              {sentence}
            </Typography>
          ))}
        </Box>
      </Box>
      <Box component="section" aria-label={say('Paid orders')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('Paid orders')}
        </Typography>
        <PaidOrders program={program} orders={data.orders.nodes.filter(isPaid)} />
      </Box>
    </>
  );
}

const paidAt = ({ events }: EvidenceOrder) => events.find(({ kind, standing }) => kind === 'PAID' && standing)?.at;
const isPaid = (order: EvidenceOrder) => paidAt(order) !== undefined;

function PaidOrders({ program, orders }: { readonly program: string; readonly orders: readonly EvidenceOrder[] }) {
  const say = useSay();
  if (orders.length === 0) return <Typography variant="body2">{say('None of the last fifty orders was paid.')}</Typography>;
  return (
    <Scroll label={say('Paid orders')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{say('Order')}</TableCell>
            <TableCell>{say('Placed')}</TableCell>
            <TableCell>{say('Paid')}</TableCell>
            <TableCell align="right">{say('Price')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {orders.map((order) => (
            <TableRow key={order.externalId}>
              <TableCell component="th" scope="row">
                <RecordLink resource="orders" id={programId.write(program, order.externalId)} words={order.externalId} />
              </TableCell>
              <TableCell>
                <When at={order.placedAt} />
              </TableCell>
              <TableCell>
                <When at={paidAt(order)} />
              </TableCell>
              <TableCell align="right">
                <Amount value={order.price.amount} unit={order.price.currency} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}
