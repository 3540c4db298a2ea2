import { Alert, Step, StepLabel, Stepper, Typography } from '@mui/material';
import { Loading, ShowBase, useShowContext } from 'react-admin';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Page } from '../ui/Page.tsx';
import { Section } from '../ui/Section.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { saidInPlace } from '../ui/saidInPlace.ts';
import { type Sentence, useSay } from '../words/words.ts';
import { BatchActs } from './BatchActs.tsx';
import { BatchChip } from './BatchChip.tsx';
import { Lines } from './Lines.tsx';
import { Parts } from './Parts.tsx';
import type { BatchRecord } from './source.ts';

export function BatchShow() {
  return (
    <ShowBase queryOptions={saidInPlace}>
      <Batch />
    </ShowBase>
  );
}

function Batch() {
  const say = useSay();
  const { record, error, refetch } = useShowContext<BatchRecord>();
  const title = record ? say('Batch %{name} of %{program}', { name: record.name, program: record.program.name }) : say('Payout batch');
  return (
    <Page title={title} beside={record && <BatchChip batch={record} />}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!record && !error && <Loading />}
      {record && (
        <>
          <Progress batch={record} />
          {record.unready.length > 0 && (
            <Alert severity="warning">
              {record.unready.map((reason) => (
                <div key={reason}>{say.said(reason)}</div>
              ))}
              {say(
                'It cannot be sent like that: have it set up, or discard the batch, hold the withdrawals that are paid in this way, and collect another.',
              )}
            </Alert>
          )}
          <BatchActs batch={record} />
          <Section title="What it pays">
            <Totals batch={record} />
          </Section>
          {record.parts.length > 0 && <Parts batch={record} />}
          <Section title="Lines">
            <Lines batch={record} />
          </Section>
        </>
      )}
    </Page>
  );
}

const STEPS: readonly { readonly label: Sentence; at(batch: BatchRecord): string | null; by(batch: BatchRecord): string | null }[] = [
  { label: 'Collected', at: ({ openedAt }) => openedAt, by: () => null },
  { label: 'Frozen', at: ({ frozenAt }) => frozenAt, by: ({ frozenBy }) => frozenBy },
  { label: 'Approved', at: ({ approvedAt }) => approvedAt, by: ({ approvedBy }) => approvedBy },
  { label: 'Sent', at: ({ sentAt }) => sentAt, by: ({ sentBy }) => sentBy },
];

/** What is done and what comes next, with who did it and when. */
function Progress({ batch }: { readonly batch: BatchRecord }) {
  const say = useSay();
  const done = STEPS.filter(({ at }) => at(batch) !== null).length;
  return (
    <Stepper
      activeStep={batch.status === 'DISCARDED' ? -1 : done}
      aria-label={say('How far it is')}
      sx={{ flexWrap: 'wrap', rowGap: 1, maxWidth: 900 }}
    >
      {STEPS.map(({ label, at, by }) => {
        const instant = at(batch);
        const who = by(batch);
        return (
          <Step key={label} completed={instant !== null}>
            <StepLabel
              optional={
                instant && (
                  <Typography variant="caption" color="textSecondary">
                    {who ? say('%{date} by %{who}', { date: say.date(instant), who }) : say.date(instant)}
                  </Typography>
                )
              }
            >
              {say(label)}
            </StepLabel>
          </Step>
        );
      })}
    </Stepper>
  );
}

function Totals({ batch: { totals } }: { readonly batch: BatchRecord }) {
  const say = useSay();
  if (totals.length === 0)
    return <Typography variant="body2">{say('Nothing yet: no withdrawal is approved, or all of them wait.')}</Typography>;
  return (
    <SmallTable
      label="Totals by method"
      rows={totals}
      keyOf={({ method, status, payeeCurrency }) => `${method} ${status} ${payeeCurrency}`}
      columns={[
        { label: 'Method', isHead: true, cell: ({ method }) => say.word(method) },
        { label: 'Status', cell: ({ status }) => say.word(status) },
        { label: 'Account in', cell: ({ payeeCurrency }) => payeeCurrency },
        { label: 'Payments', isNumber: true, cell: ({ lines }) => lines },
        { label: 'Sum', isNumber: true, cell: ({ amount }) => <Amount value={amount.amount} unit={amount.currency} /> },
      ]}
    />
  );
}
