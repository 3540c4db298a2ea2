import { Box } from '@mui/material';
import { ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { EnrollmentChip } from './EnrollmentChip.tsx';
import { type AffiliateRecord, ENROLLMENT_STATUSES } from './source.ts';

export function AffiliateList() {
  const say = useSay();
  return (
    <ListPage
      title="Affiliates"
      sort={{ field: 'joined', order: 'DESC' }}
      empty="Nobody has applied yet. Applications come in over the API; staff may also bring somebody in."
      filters={
        <>
          <TextFilter source="search" label="Id begins with" />
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={ENROLLMENT_STATUSES} />
          <TextFilter source="class" label="Class" />
        </>
      }
      table={<Table />}
      small={
        <SmallRows<AffiliateRecord>
          row={({ id, name, externalId, country, createdAt, enrollments }) => ({
            title: name ?? externalId,
            to: `/affiliates/${encodeURIComponent(id)}/show`,
            amount: country,
            below: enrollments.map(({ program, status }) => `${program.name}: ${say.word(status)}`).join(', '),
            at: createdAt,
          })}
        />
      }
    />
  );
}

function Table() {
  return (
    <ListTable<AffiliateRecord> rowClick="show">
      <Col<AffiliateRecord>
        label="Affiliate"
        render={({ id, name, externalId }) => <RecordLink resource="affiliates" id={id} words={name ?? externalId} />}
      />
      <Col<AffiliateRecord> label="Id" render={({ externalId }) => externalId} />
      <Col<AffiliateRecord> label="Country" render={({ country }) => country ?? <Nothing />} />
      <Col<AffiliateRecord> label="Programs" render={(affiliate) => <Enrollments affiliate={affiliate} />} />
      <Col<AffiliateRecord> label="Joined" sort="joined" render={({ createdAt }) => <When at={createdAt} />} />
    </ListTable>
  );
}

function Enrollments({ affiliate: { enrollments } }: { readonly affiliate: AffiliateRecord }) {
  const say = useSay();
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 0.5,
        gridTemplateColumns: 'minmax(160px, max-content) max-content 1fr',
        columnGap: 1.5,
        alignItems: 'center',
      }}
    >
      {enrollments.map((enrollment) => (
        <Box key={enrollment.id} sx={{ display: 'contents' }}>
          <span>{enrollment.program.name}</span>
          <EnrollmentChip enrollment={enrollment} />
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {enrollment.class ? say('Class %{name}', { name: enrollment.class }) : ''}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
