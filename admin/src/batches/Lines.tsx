import { Button } from '@mui/material';
import { useCallback, useState } from 'react';
import { useNotify } from 'react-admin';
import { ActDialog } from '../acts/ActDialog.tsx';
import { REASON } from '../acts/ActField.tsx';
import { Refused } from '../acts/act.ts';
import { programId } from '../provider/source.ts';
import { useAct } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { BesideLink } from '../ui/BesideLink.tsx';
import { BulkBar } from '../ui/BulkBar.tsx';
import { besideList } from '../ui/besideList.ts';
import { WordFilter } from '../ui/filters.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { SubList } from '../ui/SubList.tsx';
import { sumsOf } from '../ui/sums.ts';
import { Tick, TickAll, TicksProvider, useTicks } from '../ui/ticks.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { markLines } from './acts.ts';
import { LINE_STATUSES, LINE_TONES, type LineRecord } from './lineSource.ts';
import type { BatchRecord } from './source.ts';

/** From these it can still be said what became of a line. */
const OPEN: ReadonlySet<string> = new Set(['SENT', 'UNKNOWN', 'PAID']);

/** Every withdrawal that the batch looked at: what it pays, what it left and why, what became of it. */
export function Lines({ batch }: { readonly batch: BatchRecord }) {
  const say = useSay();
  const may = useMay();
  const barredBy = useCallback(
    ({ status }: LineRecord) =>
      OPEN.has(status) ? undefined : say('It is %{status}: nothing is left to say of it', { status: say.word(status).toLowerCase() }),
    [say],
  );
  return (
    <TicksProvider offered={may('BATCH_MANAGE', batch.program.key)} barredBy={barredBy}>
      <SubList
        resource="lines"
        filter={{ batch: batch.id }}
        filters={<WordFilter source="status" label="Status" words={LINE_STATUSES} />}
        empty="No withdrawal has been looked at yet."
        table={<Table program={batch.program.key} />}
        small={
          <SmallRows<LineRecord>
            row={(line) => ({
              title: line.affiliate.name ?? line.affiliate.externalId,
              to: besideList('withdrawals', programId.write(batch.program.key, line.withdrawal.externalId)),
              before: <Tick row={line} name={line.withdrawal.externalId} />,
              amount: line.amount && <Amount value={line.amount.amount} unit={line.amount.currency} />,
              chip: <LineChip line={line} />,
              below: line.reason ? say.said(line.reason) : line.method ? say.word(line.method) : '',
            })}
          />
        }
        below={<LinesBar batch={batch} />}
      />
    </TicksProvider>
  );
}

function LineChip({ line: { status, reason, providerStatus, inDoubt } }: { readonly line: LineRecord }) {
  const say = useSay();
  const why = [
    inDoubt && say('It was given back in doubt and may be paid all the same'),
    reason && say.said(reason),
    providerStatus,
  ].filter(Boolean);
  return <StatusChip status={status} tone={LINE_TONES[status]} why={why.join('. ') || undefined} />;
}

function Table({ program }: { readonly program: string }) {
  const say = useSay();
  return (
    <ListTable<LineRecord>>
      <Col<LineRecord>
        label={<TickAll />}
        sx={{ width: 40, pr: 0 }}
        render={(line) => <Tick row={line} name={line.withdrawal.externalId} />}
      />
      <Col<LineRecord>
        label="Withdrawal"
        render={({ withdrawal: { externalId } }) => (
          <BesideLink list="withdrawals" id={programId.write(program, externalId)} words={externalId} />
        )}
      />
      <Col<LineRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<LineRecord> label="Status" render={(line) => <LineChip line={line} />} />
      <Col<LineRecord> label="Account" render={({ account, holder }) => [holder, account].filter(Boolean).join(', ') || <Nothing />} />
      <Col<LineRecord> label="Why" render={({ reason }) => (reason ? say.said(reason) : <Nothing />)} />
      <Col<LineRecord> label="Changed" render={({ changedAt }) => <When at={changedAt} />} />
      <Col<LineRecord>
        label="Amount"
        align="right"
        render={({ amount }) => (amount ? <Amount value={amount.amount} unit={amount.currency} /> : <Nothing />)}
      />
    </ListTable>
  );
}

/** By hand, where no file and no provider says it. */
function LinesBar({ batch }: { readonly batch: BatchRecord }) {
  const say = useSay();
  const run = useAct();
  const { ticked, clear } = useTicks<LineRecord>();
  const notify = useNotify();
  const [isOpen, setOpen] = useState(false);
  const chosen = [...ticked.values()];
  const sums = sumsOf(chosen.flatMap(({ amount }) => (amount ? [{ value: amount.amount, unit: amount.currency }] : [])));
  return (
    <>
      <BulkBar count={chosen.length} sums={sums} onClear={clear}>
        <Button size="small" variant="contained" onClick={() => setOpen(true)}>
          {say('Say what became of them')}
        </Button>
      </BulkBar>
      {isOpen && (
        <ActDialog
          title={say('What became of 1 payment? |||| What became of %{smart_count} payments?', { smart_count: chosen.length })}
          fields={[
            {
              name: 'outcome',
              label: 'Outcome',
              required: true,
              choices: (['PAID', 'FAILED', 'RETURNED', 'UNKNOWN'] as const).map((value) => ({ value, words: say.word(value) })),
            },
            REASON,
            {
              name: 'lookedUp',
              label: 'Looked up where it was to be paid',
              help: 'Needed where it is unknown whether it was paid, or where its provider has accepted it: what is given back may be paid all the same',
              choices: [{ value: 'yes', words: say('Yes') }],
            },
          ]}
          verb={say('Mark')}
          run={async ({ outcome, reason = '', lookedUp }) => {
            const input = {
              program: batch.program.key,
              batch: batch.name,
              lines: chosen.map(({ id }) => id),
              outcome: outcome as 'PAID',
              reason,
              lookedUp: lookedUp === 'yes',
            };
            const { problems, warnings } = await run(markLines, input);
            const [warning] = warnings;
            if (warning) notify(say.said(warning.message), { type: 'warning', autoHideDuration: null });
            const nameOf = (id: string) => ticked.get(id)?.withdrawal.externalId ?? id;
            if (problems.length > 0)
              throw new Refused(
                problems.map(({ line, message }) => ({ code: 'INVALID', message: `${nameOf(line)}: ${say.said(message)}`, path: [] })),
              );
            clear();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
