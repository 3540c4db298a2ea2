import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { ChoiceFilter, ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { RequestSheet } from './RequestSheet.tsx';
import { REQUEST_KINDS, REQUEST_STATES, REQUEST_TONES, type RequestRecord } from './source.ts';

/** One inbox of all that affiliates ask; who has waited longest comes first. */
export function RequestList() {
  return (
    <ListPage
      title="Requests"
      sort={{ field: 'id', order: 'ASC' }}
      filterDefaultValues={{ state: 'OPEN' }}
      empty="Nobody waits for an answer. What affiliates ask comes in here; choose another status to read what was answered."
      filters={<Filters />}
      below={<ExportCsv resource="requests" />}
      table={<Table />}
      small={<Small />}
    >
      <RequestSheet />
    </ListPage>
  );
}

function Filters() {
  const say = useSay();
  return (
    <>
      <ProgramFilter />
      <WordFilter source="state" label="Status" words={REQUEST_STATES} />
      <WordFilter source="kind" label="Kind" words={REQUEST_KINDS} />
      <ChoiceFilter
        source="seenTo"
        label="Seen to by"
        choices={[
          { value: 'me', words: say('Me') },
          { value: 'nobody', words: say('Nobody') },
        ]}
      />
      <TextFilter source="affiliate" label="Affiliate id" />
    </>
  );
}

export function RequestChip({ request: { state, closedBy } }: { readonly request: RequestRecord }) {
  const say = useSay();
  return <StatusChip status={state} tone={REQUEST_TONES[state]} why={closedBy ? say('By %{who}', { who: closedBy }) : undefined} />;
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<RequestRecord> rowClick={rowClick}>
      <Col<RequestRecord> label="Asks for" render={({ id, kind }) => <OpenLink id={id} words={say.word(kind)} />} />
      <Col<RequestRecord> label="About" sx={{ overflowWrap: 'anywhere' }} render={({ subject }) => subject ?? <Nothing />} />
      <Col<RequestRecord> label="Affiliate" render={({ enrollment }) => <AffiliateLink affiliate={enrollment.affiliate} />} />
      <Col<RequestRecord> label="Program" render={({ enrollment }) => enrollment.program.name} />
      <Col<RequestRecord> label="Status" render={(request) => <RequestChip request={request} />} />
      <Col<RequestRecord> label="Seen to by" render={({ assignee }) => assignee ?? <Nothing words={say('nobody')} />} />
      <Col<RequestRecord> label="Asked for" render={({ openedAt }) => <When at={openedAt} />} />
      <Col<RequestRecord> label="Changed" render={({ changedAt }) => <When at={changedAt} />} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<RequestRecord>
      row={(request) => ({
        title: say.word(request.kind),
        to: linkTo(request.id),
        amount: request.subject,
        chip: <RequestChip request={request} />,
        below: `${request.enrollment.affiliate.name ?? request.enrollment.affiliate.externalId} · ${request.enrollment.program.name}`,
        at: request.openedAt,
      })}
    />
  );
}
