import { EnrollmentChip } from '../affiliates/EnrollmentChip.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { ProgramFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { ApplicationReview } from './ApplicationReview.tsx';
import { APPLICATION_STATUSES, type ApplicationRecord } from './source.ts';

export function ApplicationList() {
  return (
    <ListPage
      title="Applications"
      sort={{ field: 'id', order: 'DESC' }}
      filterDefaultValues={{ status: 'APPLIED' }}
      empty="No application waits. New ones appear here by themselves."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={APPLICATION_STATUSES} />
        </>
      }
      below={<ExportCsv resource="applications" />}
      table={<Table />}
      small={<Small />}
    >
      <ApplicationReview />
    </ListPage>
  );
}

const nameOf = ({ affiliate }: ApplicationRecord) => affiliate.name ?? affiliate.externalId;

function Table() {
  const rowClick = useRowOpens();
  return (
    <ListTable<ApplicationRecord> rowClick={rowClick}>
      <Col<ApplicationRecord> label="Applicant" render={(application) => <OpenLink id={application.id} words={nameOf(application)} />} />
      <Col<ApplicationRecord> label="Program" render={({ program }) => program.name} />
      <Col<ApplicationRecord> label="Status" render={(application) => <EnrollmentChip enrollment={application} />} />
      <Col<ApplicationRecord> label="Channels" render={({ application }) => application?.channels.join(', ') || <Nothing />} />
      <Col<ApplicationRecord> label="Country" render={({ country }) => country ?? <Nothing />} />
      <Col<ApplicationRecord> label="Checks" render={({ flags }) => flags.join(', ') || <Nothing />} />
      <Col<ApplicationRecord> label="Applied" render={({ createdAt }) => <When at={createdAt} />} />
    </ListTable>
  );
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<ApplicationRecord>
      row={(application) => ({
        title: nameOf(application),
        to: linkTo(application.id),
        amount: application.country,
        chip: <EnrollmentChip enrollment={application} />,
        below: application.program.name,
        at: application.createdAt,
      })}
    />
  );
}
