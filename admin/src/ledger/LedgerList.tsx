import { Box } from '@mui/material';
import { programId } from '../provider/source.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { DayFilter, ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { Word } from '../ui/Word.tsx';
import { useSay } from '../words/words.ts';
import { ReverseButton } from './ReverseButton.tsx';
import { ENTRY_KINDS, type EntryRecord } from './source.ts';

export function LedgerList() {
  const say = useSay();
  return (
    <ListPage
      title="Ledger"
      sort={{ field: 'recorded', order: 'DESC' }}
      empty="Nothing has been posted yet. The first commission makes the first entry."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="kind" label="Kind" words={ENTRY_KINDS} />
          <TextFilter source="affiliate" label="Affiliate id" />
          <DayFilter source="from" label="Happened from" />
          <DayFilter source="to" label="Happened before" />
        </>
      }
      below={<ExportCsv resource="ledger" />}
      table={<Table />}
      small={
        <SmallRows<EntryRecord>
          row={(entry) => ({
            title: say.word(entry.kind),
            amount: <Amount {...entry.change} />,
            below: <Of entry={entry} />,
            chip: <ReverseButton entry={entry} />,
            at: entry.happenedAt,
          })}
        />
      }
    />
  );
}

function Table() {
  return (
    <ListTable<EntryRecord>>
      <Col<EntryRecord> label="Recorded" sort="recorded" render={({ recordedAt }) => <When at={recordedAt} />} />
      <Col<EntryRecord> label="Happened" render={({ happenedAt }) => <When at={happenedAt} />} />
      <Col<EntryRecord> label="What" sx={{ whiteSpace: 'nowrap' }} render={({ kind }) => <Word word={kind} />} />
      <Col<EntryRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<EntryRecord> label="Because of" render={(entry) => <Cause entry={entry} />} />
      <Col<EntryRecord> label="Moved" render={(entry) => <Postings entry={entry} />} />
      <Col<EntryRecord> label="Change" align="right" render={({ change }) => <Amount {...change} />} />
      <Col<EntryRecord> label="Acts" render={(entry) => <ReverseButton entry={entry} />} />
    </ListTable>
  );
}

/** On a phone: whose entry it is, and because of what. */
function Of({ entry }: { readonly entry: EntryRecord }) {
  return (
    <>
      <AffiliateLink affiliate={entry.affiliate} inText /> · {entry.program.name}
      {(entry.order ?? entry.reason) && (
        <>
          {' · '}
          <Cause entry={entry} inText />
        </>
      )}
    </>
  );
}

function Cause({ entry: { order, reason, by }, inText = false }: { readonly entry: EntryRecord; readonly inText?: boolean }) {
  const say = useSay();
  if (order) {
    const id = programId.write(order.program.key, order.externalId);
    return <RecordLink resource="orders" id={id} words={order.externalId} inText={inText} />;
  }
  return reason ? <span title={by ? say('By %{who}', { who: by }) : undefined}>{reason}</span> : <Nothing />;
}

function Postings({ entry: { postings } }: { readonly entry: EntryRecord }) {
  const say = useSay();
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', color: 'text.secondary', whiteSpace: 'nowrap' }}>
      {postings.map(({ debit, credit, amount }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: postings have no names, and never change
        <li key={index}>
          {say('%{from} to %{to}', { from: say.word(debit), to: say.word(credit) })}
          {postings.length > 1 && (
            <>
              {' '}
              <Amount {...amount} />
            </>
          )}
        </li>
      ))}
    </Box>
  );
}
