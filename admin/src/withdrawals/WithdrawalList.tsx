import { useCallback, useState } from 'react';
import { useMay } from '../session/may.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { ChoiceFilter, ProgramFilter, TextFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { Tick, TickAll, TicksProvider } from '../ui/ticks.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { DecidedNote } from './DecidedNote.tsx';
import type { Report } from './decide.ts';
import { barredBy } from './eligible.ts';
import { WITHDRAWAL_STATUSES, type WithdrawalRecord } from './source.ts';
import { WithdrawalChip } from './WithdrawalChip.tsx';
import { WithdrawalSheet } from './WithdrawalSheet.tsx';
import { WithdrawalsBar } from './WithdrawalsBar.tsx';
import { TO_DECIDE, WAITING } from './waiting.ts';

export function WithdrawalList() {
  const say = useSay();
  const may = useMay();
  const [report, setReport] = useState<Report>();
  const barred = useCallback((withdrawal: WithdrawalRecord) => barredBy(withdrawal, say), [say]);
  return (
    <TicksProvider offered={may('WITHDRAWAL_DECIDE')} barredBy={barred}>
      <ListPage
        title="Withdrawals"
        sort={{ field: 'id', order: 'DESC' }}
        filterDefaultValues={WAITING}
        empty="No withdrawal waits for a decision. Requests come from affiliates, and those that a cut-off takes come after it; choose another status to see all others."
        above={report && <DecidedNote report={report} onClose={() => setReport(undefined)} />}
        filters={<Filters />}
        table={<Table />}
        small={<Small />}
        below={
          <>
            <ExportCsv resource="withdrawals" />
            <WithdrawalsBar onDecided={setReport} />
          </>
        }
      >
        <WithdrawalSheet />
      </ListPage>
    </TicksProvider>
  );
}

function Filters() {
  const say = useSay();
  return (
    <>
      <ProgramFilter />
      <ChoiceFilter
        source="status"
        label="Status"
        choices={[
          { value: TO_DECIDE, words: say('To be decided') },
          ...WITHDRAWAL_STATUSES.map((status) => ({ value: status, words: say.word(status) })),
        ]}
      />
      <TextFilter source="affiliate" label="Affiliate id" />
      <TextFilter source="batch" label="Cut-off month" />
      <ChoiceFilter
        source="held"
        label="On hold"
        choices={[
          { value: 'yes', words: say('On hold') },
          { value: 'no', words: say('Not on hold') },
        ]}
      />
      <ChoiceFilter source="contradicted" label="Contradicted" choices={[{ value: 'yes', words: say('Contradicted') }]} />
    </>
  );
}

function Table() {
  const rowClick = useRowOpens();
  return (
    <ListTable<WithdrawalRecord> rowClick={rowClick}>
      <Col<WithdrawalRecord>
        label={<TickAll />}
        sx={{ width: 40, pr: 0 }}
        render={(withdrawal) => <Tick row={withdrawal} name={withdrawal.externalId} />}
      />
      <Col<WithdrawalRecord> label="Withdrawal" render={({ id, externalId }) => <OpenLink id={id} words={externalId} />} />
      <Col<WithdrawalRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<WithdrawalRecord> label="Program" render={({ program }) => program.name} />
      <Col<WithdrawalRecord> label="Status" render={(withdrawal) => <WithdrawalChip withdrawal={withdrawal} />} />
      <Col<WithdrawalRecord> label="Cut-off month" render={({ batch }) => batch ?? <Nothing />} />
      <Col<WithdrawalRecord> label="Asked for" render={({ requestedAt }) => <When at={requestedAt} />} />
      <Col<WithdrawalRecord> label="Amount" align="right" render={({ amount }) => (amount ? <Amount {...amount} /> : <FixedLater />)} />
    </ListTable>
  );
}

function FixedLater() {
  const say = useSay();
  return <Nothing words={say('the cut-off fixes it')} />;
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<WithdrawalRecord>
      row={(withdrawal) => ({
        title: withdrawal.externalId,
        to: linkTo(withdrawal.id),
        before: <Tick row={withdrawal} name={withdrawal.externalId} />,
        amount: withdrawal.amount && <Amount {...withdrawal.amount} />,
        chip: <WithdrawalChip withdrawal={withdrawal} />,
        below: `${withdrawal.affiliate.name ?? withdrawal.affiliate.externalId} · ${withdrawal.program.name}`,
        at: withdrawal.requestedAt,
      })}
    />
  );
}
