import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { programId } from '../provider/source.ts';
import { useAsked } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { type CustomerDetail, paymentsDocument, wordOfTie } from './source.ts';

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
  const { externalId, program, maskedPhone, registeredAt, affiliate, tiedAt, tiedBy, place, giftDays, referralCode, attributes } = customer;
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
      <Payments program={program.key} customer={externalId} />
    </>
  );
}

function Payments({ program, customer }: { readonly program: string; readonly customer: string }) {
  const say = useSay();
  const may = useMay();
  const offered = may('ORDER_READ', program);
  const { data, error } = useAsked(paymentsDocument, { program, customer }, { enabled: offered });
  if (!offered) return null;
  return (
    <Box component="section" aria-label={say('Orders')}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('Orders')} {data && say.decimal(String(data.orders.totalCount))}
      </Typography>
      {error && <ErrorNote error={error} />}
      {data?.orders.totalCount === 0 && <Typography variant="body2">{say('None yet.')}</Typography>}
      {data && data.orders.nodes.length > 0 && (
        <Scroll label={say('Orders')}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{say('Order')}</TableCell>
                <TableCell>{say('Placed')}</TableCell>
                <TableCell>{say('Status')}</TableCell>
                <TableCell align="right">{say('Price')}</TableCell>
                <TableCell align="right">{say('Commission')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {data.orders.nodes.map(({ externalId, placedAt, price, commission }) => (
                <TableRow key={externalId}>
                  <TableCell component="th" scope="row">
                    <RecordLink resource="orders" id={programId.write(program, externalId)} words={externalId} />
                  </TableCell>
                  <TableCell>
                    <When at={placedAt} />
                  </TableCell>
                  <TableCell>{say.word(commission.status)}</TableCell>
                  <TableCell align="right">
                    <Amount value={price.amount} unit={price.currency} />
                  </TableCell>
                  <TableCell align="right">
                    <Amount {...commission.amount} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Scroll>
      )}
    </Box>
  );
}
