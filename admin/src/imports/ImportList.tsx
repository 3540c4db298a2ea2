import { ProgramFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { HandInButton } from './HandInButton.tsx';
import { ImportSheet } from './ImportSheet.tsx';
import { IMPORT_KINDS, IMPORT_STATUSES, IMPORT_TONES, type ImportRecord } from './source.ts';

/** Files of orders and products: handed in, looked at, taken in. */
export function ImportList() {
  return (
    <ListPage
      title="Imports"
      sort={{ field: 'id', order: 'DESC' }}
      beside={<HandInButton />}
      empty="No file was handed in yet. Hand in a table of orders, or a feed of products."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="kind" label="Kind" words={IMPORT_KINDS} />
          <WordFilter source="status" label="Status" words={IMPORT_STATUSES} />
        </>
      }
      table={<Table />}
      small={<Small />}
    >
      <ImportSheet />
    </ListPage>
  );
}

export function ImportChip({ found: { status, failure } }: { readonly found: ImportRecord }) {
  const say = useSay();
  return <StatusChip status={status} tone={IMPORT_TONES[status]} why={failure ? say.said(failure) : undefined} />;
}

/** What a file is called; a nameless one by when it came. */
export const fileNameOf = ({ name, source, id }: ImportRecord): string => name || source || id;

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  const count = (value: number) => say.decimal(String(value));
  return (
    <ListTable<ImportRecord> rowClick={rowClick}>
      <Col<ImportRecord>
        label="File"
        sx={{ overflowWrap: 'anywhere', maxWidth: 320 }}
        render={(found) => <OpenLink id={found.id} words={fileNameOf(found)} />}
      />
      <Col<ImportRecord> label="Kind" render={({ kind }) => say.word(kind)} />
      <Col<ImportRecord> label="Program" render={({ program }) => program.name} />
      <Col<ImportRecord> label="Status" render={(found) => <ImportChip found={found} />} />
      <Col<ImportRecord> label="Rows" align="right" render={({ rowsRead }) => count(rowsRead)} />
      <Col<ImportRecord> label="Taken in" align="right" render={({ accepted }) => count(accepted)} />
      <Col<ImportRecord> label="Turned away" align="right" render={({ refused }) => count(refused)} />
      <Col<ImportRecord> label="Handed in" render={({ uploadedAt }) => <When at={uploadedAt} exact />} />
      <Col<ImportRecord> label="Who" render={({ uploadedBy }) => uploadedBy} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<ImportRecord>
      row={(found) => ({
        title: fileNameOf(found),
        to: linkTo(found.id),
        chip: <ImportChip found={found} />,
        below: [say.word(found.kind), found.program.name].join(' · '),
        at: found.uploadedAt,
      })}
    />
  );
}
