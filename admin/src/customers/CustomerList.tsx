import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { ChoiceFilter, DayFilter, ProgramFilter, TextFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { CustomerSheet } from './CustomerSheet.tsx';
import { type CustomerRecord, wordOfTie } from './source.ts';

/** Customers, and whose referrals they are. */
export function CustomerList() {
  return (
    <ListPage
      title="Customers"
      sort={{ field: 'id', order: 'DESC' }}
      empty="No customer is known yet. Registrations and orders that name their customer come in over the API."
      filters={<Filters />}
      table={<Table />}
      small={<Small />}
    >
      <CustomerSheet />
    </ListPage>
  );
}

function Filters() {
  const say = useSay();
  return (
    <>
      <ProgramFilter />
      <TextFilter source="affiliate" label="Affiliate id" />
      <ChoiceFilter
        source="tied"
        label="Tie"
        choices={[
          { value: 'yes', words: say('Tied to an affiliate') },
          { value: 'no', words: say('Tied to nobody') },
        ]}
      />
      <DayFilter source="from" label="Registered from" />
      <DayFilter source="to" label="Registered before" />
    </>
  );
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<CustomerRecord> rowClick={rowClick}>
      <Col<CustomerRecord> label="Customer" render={({ id, externalId }) => <OpenLink id={id} words={externalId} />} />
      <Col<CustomerRecord> label="Program" render={({ program }) => program.name} />
      <Col<CustomerRecord> label="Phone" render={({ maskedPhone }) => maskedPhone ?? <Nothing />} />
      <Col<CustomerRecord> label="Registered" render={({ registeredAt }) => <When at={registeredAt} />} />
      <Col<CustomerRecord> label="Tied to" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<CustomerRecord> label="By" render={({ tiedBy }) => (tiedBy ? say.word(wordOfTie(tiedBy)) : <Nothing />)} />
      <Col<CustomerRecord> label="Since" render={({ tiedAt }) => <When at={tiedAt} />} />
      <Col<CustomerRecord> label="Place" align="right" render={({ place }) => place ?? <Nothing />} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<CustomerRecord>
      row={({ id, externalId, maskedPhone, affiliate, program, registeredAt }) => ({
        title: externalId,
        to: linkTo(id),
        amount: maskedPhone,
        below: [affiliate ? (affiliate.name ?? affiliate.externalId) : say('Tied to nobody'), program.name].join(' · '),
        at: registeredAt ?? undefined,
      })}
    />
  );
}
