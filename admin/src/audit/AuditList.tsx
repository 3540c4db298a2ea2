import { useListContext } from 'react-admin';
import { dayOf, textOf } from '../provider/filters.ts';
import { ExportButton } from '../ui/ExportButton.tsx';
import { DayFilter, ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { type AuditRecord, OUTCOMES } from './source.ts';

/** What staff did, refused attempts included. */
export function AuditList() {
  const say = useSay();
  return (
    <ListPage
      title="Audit log"
      sort={{ field: 'at', order: 'DESC' }}
      empty="Nobody has done anything yet."
      filters={
        <>
          <ProgramFilter />
          <TextFilter source="act" label="Act" />
          <TextFilter source="subject" label="About" />
          <WordFilter source="outcome" label="Outcome" words={OUTCOMES} />
          <DayFilter source="from" label="From" />
          <DayFilter source="to" label="Before" />
        </>
      }
      below={<Export />}
      table={<Table />}
      small={
        <SmallRows<AuditRecord>
          row={(entry) => ({
            title: say.word(wordsOf(entry.act)),
            chip: <OutcomeChip entry={entry} />,
            below: [entry.actor, plain(entry.subject)].filter(Boolean).join(' · '),
            at: entry.at,
            isExact: true,
          })}
        />
      }
    />
  );
}

function OutcomeChip({ entry: { outcome, codes, reason } }: { readonly entry: AuditRecord }) {
  return (
    <StatusChip
      status={outcome}
      tone={outcome === 'DONE' ? 'good' : 'bad'}
      why={[codes.join(', '), reason].filter(Boolean).join('. ') || undefined}
    />
  );
}

/** `inviteStaff` as words. */
const wordsOf = (act: string) => act.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_');

/** What the log keeps as JSON, name by name: `program: shop, affiliate: ann`. */
function plain(text: string | null): string {
  if (!text?.startsWith('{')) return text ?? '';
  return Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

function Pairs({ text }: { readonly text: string | null }) {
  return plain(text) || <Nothing />;
}

function Table() {
  const say = useSay();
  return (
    <ListTable<AuditRecord>>
      <Col<AuditRecord> label="When" render={({ at }) => <When at={at} exact />} />
      <Col<AuditRecord>
        label="Who"
        sx={{ minWidth: 96 }}
        render={({ actor, address }) => <span title={address ?? undefined}>{actor}</span>}
      />
      <Col<AuditRecord> label="Act" render={({ act }) => <span title={act}>{say.word(wordsOf(act))}</span>} />
      <Col<AuditRecord> label="About" sx={{ overflowWrap: 'anywhere' }} render={({ subject }) => <Pairs text={subject} />} />
      <Col<AuditRecord> label="Outcome" render={(entry) => <OutcomeChip entry={entry} />} />
      <Col<AuditRecord>
        label="Change"
        sx={{ overflowWrap: 'anywhere', maxWidth: 320 }}
        render={({ before, after }) => {
          const [was, is] = [plain(before), plain(after)];
          if (was && is) return say('%{before} became %{after}', { before: was, after: is });
          return is || was || <Nothing />;
        }}
      />
      <Col<AuditRecord> label="Reason" render={({ reason }) => reason ?? <Nothing />} />
    </ListTable>
  );
}

/** As a table of all that fits the filters, written by the server line by line. */
function Export() {
  const { filterValues } = useListContext();
  const filters = { ...filterValues, from: dayOf(filterValues, 'from'), to: dayOf(filterValues, 'to') };
  const params = new URLSearchParams(
    Object.keys(filters).flatMap((name) => {
      const value = textOf(filters, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return <ExportButton address={() => `/export/audit-log.csv?${params}`} />;
}
