import { DataTable, Link } from 'react-admin';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { CaseSheet } from './CaseSheet.tsx';
import { CASE_STATUSES, CASE_TONES, type CaseRecord } from './source.ts';

export function CaseList() {
  return (
    <ListPage
      title="Cases"
      sort={{ field: 'opened', order: 'DESC' }}
      filterDefaultValues={{ status: 'OPEN' }}
      empty="No case is open. Clauses of the terms open cases when something looks like a breach."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={CASE_STATUSES} />
          <TextFilter source="affiliate" label="Affiliate id" />
          <TextFilter source="rule" label="Rule" />
        </>
      }
      table={<Table />}
      small={<Small />}
    >
      <CaseSheet />
    </ListPage>
  );
}

export function CaseChip({ found: { status, closedBy, closedAt } }: { readonly found: CaseRecord }) {
  const say = useSay();
  const why = closedBy && closedAt ? say('%{date} by %{who}', { date: say.date(closedAt), who: closedBy }) : undefined;
  return <StatusChip status={status} tone={CASE_TONES[status]} why={why} />;
}

function Table() {
  const { linkTo, open } = useOpened();
  return (
    <DataTable<CaseRecord>
      bulkActionButtons={false}
      rowClick={(id) => {
        open(String(id));
        return false;
      }}
    >
      <DataTable.Col<CaseRecord>
        label="Rule"
        render={({ id, rule }) => (
          <Link to={linkTo(id)} onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}>
            {rule}
          </Link>
        )}
      />
      <DataTable.Col<CaseRecord> label="Affiliate" render={({ enrollment }) => <AffiliateLink affiliate={enrollment.affiliate} />} />
      <DataTable.Col<CaseRecord> label="Program" render={({ enrollment }) => enrollment.program.name} />
      <DataTable.Col<CaseRecord> label="Status" render={(found) => <CaseChip found={found} />} />
      <DataTable.Col<CaseRecord> label="Opened" render={({ openedAt }) => <When at={openedAt} />} />
      <DataTable.Col<CaseRecord> label="Evidence" align="right" render={({ evidenceCount }) => evidenceCount} />
    </DataTable>
  );
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<CaseRecord>
      row={(found) => ({
        title: found.enrollment.affiliate.name ?? found.enrollment.affiliate.externalId,
        to: linkTo(found.id),
        amount: found.rule,
        chip: <CaseChip found={found} />,
        below: found.enrollment.program.name,
        at: found.openedAt,
      })}
    />
  );
}
