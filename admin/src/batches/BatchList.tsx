import { useCreatePath, useNavigate } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { programId } from '../provider/source.ts';
import { useAct } from '../provider/useAsk.ts';
import { usePrograms } from '../session/usePrograms.ts';
import { ProgramFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { Sums } from '../ui/Sums.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { collect } from './acts.ts';
import { BatchChip } from './BatchChip.tsx';
import { BATCH_STATUSES, type BatchRecord } from './source.ts';
import { lineCount, paidBy } from './totals.ts';

export function BatchList() {
  return (
    <ListPage
      title="Payout batches"
      sort={{ field: 'id', order: 'DESC' }}
      empty="No batch has been collected yet. Approve withdrawals first, then collect them into a batch."
      beside={<Collect />}
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="status" label="Status" words={BATCH_STATUSES} />
        </>
      }
      table={<Table />}
      small={
        <SmallRows<BatchRecord>
          row={(batch) => ({
            title: batch.name,
            to: `/batches/${encodeURIComponent(batch.id)}/show`,
            amount: <Sums sums={paidBy(batch)} />,
            chip: <BatchChip batch={batch} />,
            below: batch.program.name,
            at: batch.openedAt,
          })}
        />
      }
    />
  );
}

function Table() {
  return (
    <ListTable<BatchRecord> rowClick="show">
      <Col<BatchRecord> label="Batch" render={({ id, name }) => <RecordLink resource="batches" id={id} words={name} />} />
      <Col<BatchRecord> label="Program" render={({ program }) => program.name} />
      <Col<BatchRecord> label="Status" render={(batch) => <BatchChip batch={batch} />} />
      <Col<BatchRecord> label="Opened" render={({ openedAt }) => <When at={openedAt} />} />
      <Col<BatchRecord> label="Sent" render={({ sentAt }) => <When at={sentAt} />} />
      <Col<BatchRecord> label="Payments" align="right" render={(batch) => lineCount(batch)} />
      <Col<BatchRecord> label="Sum" align="right" render={(batch) => <Sums sums={paidBy(batch)} />} />
    </ListTable>
  );
}

/** Collecting opens a batch where there is none of that name; what to do with it stands on its page. */
function Collect() {
  const say = useSay();
  const run = useAct();
  const programs = usePrograms();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  return (
    <ActButton
      needs="BATCH_MANAGE"
      verb={say('Collect a batch')}
      title={say('Collect a payout batch')}
      intro={say('It takes every approved withdrawal of the program that can be paid, and says of the others why they wait.')}
      fields={[
        { name: 'program', label: 'Program', required: true, choices: programs.map(({ key, name }) => ({ value: key, words: name })) },
        { name: 'batch', label: 'Name of the batch', help: 'For instance the month that it pays: 2026-03', required: true },
      ]}
      run={async ({ program = '', batch = '' }) => {
        const name = batch.trim();
        await run(collect, { program, batch: name });
        navigate(createPath({ resource: 'batches', type: 'show', id: programId.write(program, name) }));
      }}
    />
  );
}
