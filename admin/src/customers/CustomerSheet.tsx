import { Box, Typography } from '@mui/material';
import { programId } from '../provider/source.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { type CustomerDetail, wordOfTie } from './source.ts';

/** A customer beside the list: the tie, the place among the affiliate's paying customers, and what was paid for. */
export function CustomerSheet() {
  const say = useSay();
  const { opened, close } = useOpened();
  return (
    <RecordSheet<CustomerDetail>
      id={opened}
      onClose={close}
      title={({ externalId }) => say('Customer %{id}', { id: externalId })}
      isWhole={isDetailed}
    >
      {(customer) => <Customer key={customer.id} customer={customer} />}
    </RecordSheet>
  );
}

/** A list has the row only; the rest follows. */
const isDetailed = (customer: CustomerDetail): boolean => 'attributes' in customer;

function Customer({ customer }: { readonly customer: CustomerDetail }) {
  const say = useSay();
  const { program, orders, maskedPhone, registeredAt, affiliate, tiedAt, tiedBy, place, giftDays, referralCode, attributes } = customer;
  return (
    <>
      <Facts
        facts={[
          ['Program', program.name],
          ['Phone', maskedPhone ?? <Nothing key="phone" />],
          ['Registered', <When key="registered" at={registeredAt} exact />],
          ['Tied to', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['By', tiedBy ? say.word(wordOfTie(tiedBy)) : <Nothing key="by" />],
          ['Since', <When key="tied" at={tiedAt} exact />],
          ['Referral code', referralCode ?? <Nothing key="code" />],
          ['Place among paying customers', place === null ? <Nothing key="place" /> : String(place)],
          ['Days as a gift', String(giftDays)],
        ]}
      />
      {attributes.length > 0 && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {attributes.map(({ name, value }) => `${name}: ${value}`).join(', ')}
        </Typography>
      )}
      <Payments program={program.key} orders={orders} />
    </>
  );
}

function Payments({ program, orders }: { readonly program: string; readonly orders: CustomerDetail['orders'] }) {
  const say = useSay();
  return (
    <Box component="section" aria-label={say('Orders')}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('Orders')} {say.decimal(String(orders.totalCount))}
      </Typography>
      {orders.totalCount === 0 && <Typography variant="body2">{say('None yet.')}</Typography>}
      {orders.nodes.length > 0 && (
        <SmallTable
          label="Orders"
          rows={orders.nodes}
          keyOf={({ externalId }) => externalId}
          columns={[
            {
              label: 'Order',
              isHead: true,
              cell: ({ externalId }) => <RecordLink resource="orders" id={programId.write(program, externalId)} words={externalId} />,
            },
            { label: 'Placed', cell: ({ placedAt }) => <When at={placedAt} /> },
            { label: 'Status', cell: ({ commission }) => say.word(commission.status) },
            { label: 'Price', isNumber: true, cell: ({ price }) => <Amount value={price.amount} unit={price.currency} /> },
            { label: 'Commission', isNumber: true, cell: ({ commission }) => <Amount {...commission.amount} /> },
          ]}
        />
      )}
    </Box>
  );
}
