import { CommissionChip } from '../commissions/CommissionChip.tsx';
import { COMMISSION_STATUSES } from '../commissions/source.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { DayFilter, ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { When } from '../ui/When.tsx';
import type { OrderRecord } from './source.ts';

export function OrderList() {
  return (
    <ListPage
      title="Orders"
      sort={{ field: 'recorded', order: 'DESC' }}
      empty="No order has been recorded yet. The merchant's systems tell them with the mutations recordOrder and recordOrders."
      filters={<Filters />}
      below={<ExportCsv resource="orders" />}
      table={<Table />}
      small={
        <SmallRows<OrderRecord>
          row={({ id, externalId, affiliate, program, commission, placedAt }) => ({
            title: externalId,
            to: `/orders/${encodeURIComponent(id)}/show`,
            amount: <Amount {...commission.amount} />,
            chip: <CommissionChip commission={commission} />,
            below: `${affiliate?.name ?? affiliate?.externalId ?? 'nobody'} · ${program.name}`,
            at: placedAt,
          })}
        />
      }
    />
  );
}

function Filters() {
  return (
    <>
      <ProgramFilter />
      <WordFilter source="status" label="Commission" words={COMMISSION_STATUSES} />
      <WordFilter source="attributed" label="Attributed" words={['yes', 'no']} />
      <WordFilter source="misfit" label="Unfit refunds" words={['yes']} />
      <TextFilter source="affiliate" label="Affiliate id" />
      <DayFilter source="from" label="Placed from" />
      <DayFilter source="to" label="Placed before" />
    </>
  );
}

function Table() {
  return (
    <ListTable<OrderRecord> rowClick="show">
      <Col<OrderRecord> label="Order" render={({ id, externalId }) => <RecordLink resource="orders" id={id} words={externalId} />} />
      <Col<OrderRecord> label="Program" render={({ program }) => program.name} />
      <Col<OrderRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<OrderRecord> label="Placed" sort="placed" render={({ placedAt }) => <When at={placedAt} />} />
      <Col<OrderRecord> label="Recorded" sort="recorded" render={({ toldAt }) => <When at={toldAt} />} />
      <Col<OrderRecord> label="Price" align="right" render={({ price }) => <Amount value={price.amount} unit={price.currency} />} />
      <Col<OrderRecord> label="Status" render={({ commission }) => <CommissionChip commission={commission} />} />
      <Col<OrderRecord> label="Commission" align="right" render={({ commission }) => <Amount {...commission.amount} />} />
    </ListTable>
  );
}
