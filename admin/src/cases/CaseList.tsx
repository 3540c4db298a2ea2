import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { CaseChip } from './CaseChip.tsx';
import { CaseSheet } from './CaseSheet.tsx';
import { CASE_STATUSES, CASE_WHOSE, type CaseRecord } from './source.ts';

export function CaseList() {
  return (
    <ListPage
      title="Cases"
      sort={{ field: 'due', order: 'ASC' }}
      filterDefaultValues={{ status: 'OPEN' }}
      empty="No case is open. Clauses of the terms open cases when something looks like a breach."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={CASE_STATUSES} />
          <WordFilter source="whose" label="Whose work" words={CASE_WHOSE} />
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

function Table() {
  const rowClick = useRowOpens();
  return (
    <ListTable<CaseRecord> rowClick={rowClick}>
      <Col<CaseRecord> label="Rule" render={({ id, rule }) => <OpenLink id={id} words={rule} />} />
      <Col<CaseRecord> label="Affiliate" render={({ enrollment }) => <AffiliateLink affiliate={enrollment.affiliate} />} />
      <Col<CaseRecord> label="Program" render={({ enrollment }) => enrollment.program.name} />
      <Col<CaseRecord> label="Status" render={(found) => <CaseChip found={found} />} />
      <Col<CaseRecord> label="Due" render={({ dueAt }) => <When at={dueAt} />} />
      <Col<CaseRecord> label="Seen to by" render={({ assignee }) => assignee ?? <Nothing />} />
      <Col<CaseRecord> label="Evidence" align="right" render={({ evidenceCount }) => evidenceCount} />
    </ListTable>
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
        at: found.dueAt,
      })}
    />
  );
}
