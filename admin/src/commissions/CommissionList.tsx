import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { DayFilter, ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { CommissionChip } from './CommissionChip.tsx';
import { CommissionDrawer } from './CommissionDrawer.tsx';
import { COMMISSION_STATUSES, type CommissionRecord } from './source.ts';

export function CommissionList() {
  const { opened, close } = useOpened();
  return (
    <ListPage
      title="Commissions"
      sort={{ field: 'recorded', order: 'DESC' }}
      empty="No order has been attributed to an affiliate yet. Record clicks and orders, and what they earn appears here."
      filters={<Filters />}
      below={<ExportCsv resource="commissions" />}
      table={<Table />}
      small={<Small />}
    >
      <CommissionDrawer place={opened} onClose={close} />
    </ListPage>
  );
}

function Filters() {
  return (
    <>
      <ProgramFilter />
      <WordFilter source="status" label="Status" words={COMMISSION_STATUSES} />
      <TextFilter source="affiliate" label="Affiliate id" />
      <DayFilter source="from" label="Placed from" />
      <DayFilter source="to" label="Placed before" />
    </>
  );
}

function Table() {
  const { open } = useOpened();
  return (
    <ListTable<CommissionRecord> rowClick={({ place }) => open(place)}>
      <Col<CommissionRecord> label="Order" render={({ place, orderExternalId }) => <OpenLink id={place} words={orderExternalId} />} />
      <Col<CommissionRecord> label="Program" render={({ program }) => program.name} />
      <Col<CommissionRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<CommissionRecord> label="Status" render={(commission) => <CommissionChip commission={commission} />} />
      <Col<CommissionRecord> label="Placed" sort="placed" render={({ order }) => <When at={order?.placedAt} />} />
      <Col<CommissionRecord> label="Recorded" sort="recorded" render={({ order }) => <When at={order?.toldAt} />} />
      <Col<CommissionRecord> label="Usable from" render={({ availableAt }) => <When at={availableAt} />} />
      <Col<CommissionRecord> label="Commission" align="right" render={({ amount }) => <Amount {...amount} />} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<CommissionRecord>
      row={(commission) => ({
        title: commission.orderExternalId,
        to: linkTo(commission.place),
        amount: <Amount {...commission.amount} />,
        chip: <CommissionChip commission={commission} />,
        below: `${commission.affiliate?.name ?? commission.affiliate?.externalId ?? say('nobody')} · ${commission.program.name}`,
        at: commission.order?.placedAt,
      })}
    />
  );
}
