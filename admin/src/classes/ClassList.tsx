import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ProgramFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { ClassSheet } from './ClassSheet.tsx';
import { CLASS_STATUSES, CLASS_TONES, type ClassRecord } from './source.ts';

export function ClassList() {
  return (
    <ListPage
      title="Class requests"
      sort={{ field: 'id', order: 'DESC' }}
      filterDefaultValues={{ status: 'REQUESTED' }}
      empty="No affiliate waits for another class. Requests come when their paid sales are enough."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={CLASS_STATUSES} />
        </>
      }
      table={<Table />}
      small={<Small />}
    >
      <ClassSheet />
    </ListPage>
  );
}

export function ClassChip({ request: { status, reason, answeredBy } }: { readonly request: ClassRecord }) {
  const say = useSay();
  const why = [answeredBy && say('By %{who}', { who: answeredBy }), reason].filter(Boolean).join(': ') || undefined;
  return <StatusChip status={status} tone={CLASS_TONES[status]} why={why} />;
}

function Table() {
  const rowClick = useRowOpens();
  return (
    <ListTable<ClassRecord> rowClick={rowClick}>
      <Col<ClassRecord> label="Wants" render={({ id, class: wanted }) => <OpenLink id={id} words={wanted} />} />
      <Col<ClassRecord> label="Has" render={({ enrollment }) => enrollment.class ?? <Nothing />} />
      <Col<ClassRecord> label="Affiliate" render={({ enrollment }) => <AffiliateLink affiliate={enrollment.affiliate} />} />
      <Col<ClassRecord> label="Program" render={({ enrollment }) => enrollment.program.name} />
      <Col<ClassRecord> label="Status" render={(request) => <ClassChip request={request} />} />
      <Col<ClassRecord> label="Asked for" render={({ requestedAt }) => <When at={requestedAt} />} />
      <Col<ClassRecord>
        label="Paid sales"
        align="right"
        render={({ enrollment: { paidSales } }) => <Amount value={paidSales.amount} unit={paidSales.currency} />}
      />
    </ListTable>
  );
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<ClassRecord>
      row={(request) => ({
        title: request.enrollment.affiliate.name ?? request.enrollment.affiliate.externalId,
        to: linkTo(request.id),
        amount: request.class,
        chip: <ClassChip request={request} />,
        below: request.enrollment.program.name,
        at: request.requestedAt,
      })}
    />
  );
}
