import { Alert, Box, Typography } from '@mui/material';
import { Loading, ShowBase, useShowContext } from 'react-admin';
import { CommissionChip } from '../commissions/CommissionChip.tsx';
import { ExplanationOf } from '../commissions/ExplanationOf.tsx';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { Section } from '../ui/Section.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { saidInPlace } from '../ui/saidInPlace.ts';
import { Timeline } from '../ui/Timeline.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { OrderActs } from './OrderActs.tsx';
import type { OrderDetail, OrderRecord } from './source.ts';

export function OrderShow() {
  return (
    <ShowBase queryOptions={saidInPlace}>
      <Order />
    </ShowBase>
  );
}

function Order() {
  const say = useSay();
  const { record, error, refetch } = useShowContext<OrderRecord>();
  const title = record ? say('Order %{id}', { id: record.externalId }) : say('Order');
  return (
    <Page title={title} beside={record && <CommissionChip commission={record.commission} />}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {record?.misfit && (
        <Alert severity="warning">
          {say('A refund was told that does not fit the order; see what became of it. Undo it, or correct the order.')}
        </Alert>
      )}
      {record && <OrderActs order={record} />}
      {record ? <Basics order={record} /> : !error && <Loading />}
      {record && isDetailed(record) && <Details order={record} />}
    </Page>
  );
}

/** A list has the row only; the rest follows. */
function isDetailed(record: OrderRecord): record is OrderDetail {
  return record.lines !== undefined;
}

function Basics({ order }: { readonly order: OrderRecord }) {
  const { program, affiliate, customer, country, placedAt, toldAt, price, commission } = order;
  return (
    <Section title="Facts">
      <Facts
        facts={[
          ['Program', <RecordLink key="program" resource="programs" id={program.key} words={program.name} />],
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Customer', customer?.externalId ?? <Nothing key="customer" />],
          ['Country', country ?? <Nothing key="country" />],
          ['Placed', <When key="placed" at={placedAt} exact />],
          ['Recorded', <When key="recorded" at={toldAt} />],
          ['Price', <Amount key="price" value={price.amount} unit={price.currency} />],
          ['Commission', <Amount key="commission" {...commission.amount} />],
        ]}
      />
    </Section>
  );
}

function Details({ order }: { readonly order: OrderDetail }) {
  return (
    <>
      <Section title="Lines">
        <Lines order={order} />
      </Section>
      <Section title="Why it earns what it does">
        <ExplanationOf place={order.id} money={false} />
      </Section>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
          alignItems: 'start',
        }}
      >
        <Section title="What became of it">
          <Events order={order} />
        </Section>
        <Section title="Clicks that compete">
          <Clicks order={order} />
        </Section>
      </Box>
    </>
  );
}

type OrderLine = OrderDetail['lines'][number];

/** Shipping is the last row, without a line of its own. */
function Lines({ order: { lines, shipping } }: { readonly order: OrderDetail }) {
  const say = useSay();
  const rows: readonly { readonly line?: OrderLine; readonly price: OrderLine['price'] }[] = [
    ...lines.map((line) => ({ line, price: line.price })),
    { price: shipping },
  ];
  const units = ({ quantity, refundedQuantity }: OrderLine) =>
    refundedQuantity > 0 ? say('%{count} (%{refunded} refunded)', { count: quantity, refunded: refundedQuantity }) : quantity;
  return (
    <SmallTable
      label="Lines of the order"
      rows={rows}
      keyOf={({ line }) => line?.sku ?? ''}
      columns={[
        { label: 'Item', isHead: true, cell: ({ line }) => line?.sku ?? say('Shipping') },
        { label: 'Category', cell: ({ line }) => (line && [line.category, line.kind].filter(Boolean).join(', ')) || <Nothing /> },
        { label: 'Price', isNumber: true, cell: ({ price }) => <Amount value={price.amount} unit={price.currency} /> },
        { label: 'Units', isNumber: true, cell: ({ line }) => (line ? units(line) : <Nothing />) },
        {
          label: 'Left after refunds',
          isNumber: true,
          cell: ({ line }) => (line ? <Amount value={line.left.amount} unit={line.left.currency} /> : <Nothing />),
        },
        { label: 'Commission', isNumber: true, cell: ({ line }) => (line ? <Amount {...line.commission} /> : <Nothing />) },
      ]}
    />
  );
}

function Events({ order: { id, placedAt, events } }: { readonly order: OrderDetail }) {
  const say = useSay();
  const told = events.map(({ id: key, kind, at, by, reason, standing, problem }) => ({
    key,
    at,
    what: standing ? say.word(kind) : say('%{what} (undone)', { what: say.word(kind) }),
    more: [[say('Told by %{who}', { who: by }), reason].filter(Boolean).join(': '), problem && say.said(problem)]
      .filter(Boolean)
      .join('. '),
  }));
  return <Timeline happenings={[{ key: id, at: placedAt, what: say('Placed') }, ...told]} />;
}

function Clicks({ order: { clicks } }: { readonly order: OrderDetail }) {
  const say = useSay();
  if (clicks.length === 0)
    return <Typography variant="body2">{say('None: no click of this visitor is known, and the order names none.')}</Typography>;
  const happenings = clicks.map(({ id, externalId, at, channel, page, attributable, because, affiliate }) => ({
    key: id,
    at,
    what: (
      <>
        {externalId} · <AffiliateLink affiliate={affiliate} inText />
      </>
    ),
    more: [channel, page, attributable ? undefined : say('earns nothing by %{rules}', { rules: because.join(', ') })]
      .filter(Boolean)
      .join(' · '),
  }));
  return <Timeline happenings={happenings} />;
}
