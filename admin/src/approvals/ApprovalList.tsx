import { Box, Typography } from '@mui/material';
import { useGetIdentity } from 'react-admin';
import { Facts } from '../ui/Facts.tsx';
import { ProgramFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { Word } from '../ui/Word.tsx';
import { useSay } from '../words/words.ts';
import { ActDialogButtons } from './ApprovalActs.tsx';
import { APPROVAL_STATUSES, APPROVAL_TONES, type ApprovalRecord } from './source.ts';

/** What waits for a second person. */
export function ApprovalList() {
  return (
    <ListPage
      title="Approvals"
      sort={{ field: 'id', order: 'DESC' }}
      filterDefaultValues={{ status: 'REQUESTED' }}
      empty="Nothing waits for a second person."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={APPROVAL_STATUSES} />
        </>
      }
      table={<Table />}
      small={<Small />}
    >
      <Sheet />
    </ListPage>
  );
}

function Chip({ approval: { status, reason, decidedBy } }: { readonly approval: ApprovalRecord }) {
  const say = useSay();
  return (
    <StatusChip
      status={status}
      tone={APPROVAL_TONES[status]}
      why={[decidedBy && say('By %{who}', { who: decidedBy }), reason].filter(Boolean).join(': ') || undefined}
    />
  );
}

function Table() {
  const rowClick = useRowOpens();
  return (
    <ListTable<ApprovalRecord> rowClick={rowClick}>
      <Col<ApprovalRecord> label="What" render={({ id, subject }) => <OpenLink id={id} words={subject} />} />
      <Col<ApprovalRecord> label="Kind" render={({ kind }) => <Word word={kind} />} />
      <Col<ApprovalRecord> label="Program" render={({ program }) => program?.name ?? <Nothing />} />
      <Col<ApprovalRecord> label="Status" render={(approval) => <Chip approval={approval} />} />
      <Col<ApprovalRecord> label="Asked by" render={({ requestedBy }) => requestedBy} />
      <Col<ApprovalRecord> label="Asked for" render={({ requestedAt }) => <When at={requestedAt} />} />
    </ListTable>
  );
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<ApprovalRecord>
      row={(approval) => ({
        title: approval.subject,
        to: linkTo(approval.id),
        chip: <Chip approval={approval} />,
        below: [approval.requestedBy, approval.program?.name].filter(Boolean).join(' · '),
        at: approval.requestedAt,
      })}
    />
  );
}

function Sheet() {
  const { opened, close } = useOpened();
  return (
    <RecordSheet<ApprovalRecord>
      id={opened}
      onClose={close}
      title={({ subject }) => subject}
      beside={(approval) => <Chip approval={approval} />}
    >
      {(approval) => <Approval approval={approval} />}
    </RecordSheet>
  );
}

function Approval({ approval }: { readonly approval: ApprovalRecord }) {
  const say = useSay();
  const { identity } = useGetIdentity();
  const { status, kind, program, requestedBy, requestedAt, input } = approval;
  return (
    <>
      {status === 'REQUESTED' && identity && <ActDialogButtons approval={approval} isOwn={identity.fullName === requestedBy} />}
      <Facts
        facts={[
          ['Kind', say.word(kind)],
          ['Program', program?.name ?? <Nothing key="program" />],
          ['Asked by', requestedBy],
          ['Asked for', <When key="asked" at={requestedAt} exact />],
        ]}
      />
      <Box>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What would be done')}
        </Typography>
        <Input text={input} />
      </Box>
    </>
  );
}

/** What the act was asked with, name by name. */
function Input({ text }: { readonly text: string }) {
  const given = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: 2, rowGap: 0.5, typography: 'body2' }}
    >
      {Object.entries(given).map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere', maxHeight: 200, overflowY: 'auto' }} tabIndex={0}>
            {typeof value === 'string' ? value : JSON.stringify(value)}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
