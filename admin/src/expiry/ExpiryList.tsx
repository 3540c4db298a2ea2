import { Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { useAsked } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { DayFilter, TextFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { Section } from '../ui/Section.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { Months } from './Months.tsx';
import { type ExpiryRecord, monthsDocument } from './source.ts';

/** What expires when if nobody uses it before: month by month, and whose it is. */
export function ExpiryList() {
  return (
    <ListPage
      title="Expiry"
      sort={{ field: 'at', order: 'ASC' }}
      isOfOneProgram
      filters={
        <>
          <TextFilter source="affiliate" label="Affiliate id" />
          <DayFilter source="to" label="Before" />
        </>
      }
      glance={<NextMonths />}
      empty="Nothing that affiliates have in this program expires."
      table={<Table />}
      small={
        <SmallRows<ExpiryRecord>
          row={({ affiliate, amount, at }) => ({
            title: affiliate.name ?? affiliate.externalId,
            to: `/affiliates/${encodeURIComponent(affiliate.externalId)}/show`,
            amount: <Amount {...amount} />,
            below: affiliate.externalId,
            at,
          })}
        />
      }
    />
  );
}

function NextMonths() {
  const say = useSay();
  const { filterValues } = useListContext();
  const program = String(filterValues['program'] ?? '');
  const { data, error } = useAsked(monthsDocument, { program }, { enabled: program !== '', keep: true });
  return (
    <Section title="The next twelve months">
      {error && <ErrorNote error={error} />}
      {data?.expiryMonths.length === 0 && <Typography variant="body2">{say('Nothing expires in them.')}</Typography>}
      {data && data.expiryMonths.length > 0 && <Months months={data.expiryMonths} />}
    </Section>
  );
}

function Table() {
  return (
    <ListTable<ExpiryRecord>>
      <Col<ExpiryRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<ExpiryRecord> label="Id" render={({ affiliate }) => affiliate.externalId} />
      <Col<ExpiryRecord> label="Expires" render={({ at }) => <When at={at} exact />} />
      <Col<ExpiryRecord> label="Amount" align="right" render={({ amount }) => <Amount {...amount} />} />
    </ListTable>
  );
}
