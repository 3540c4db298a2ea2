import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { When } from '../ui/When.tsx';
import { type Say, useSay } from '../words/words.ts';
import { PROGRAM_TONES, type ProgramRecord } from './source.ts';

export function ProgramList() {
  const say = useSay();
  return (
    <ListPage
      title="Programs"
      sort={{ field: 'key', order: 'ASC' }}
      empty="There are no programs yet. A program is made of a terms document."
      table={<Table />}
      small={
        <SmallRows<ProgramRecord>
          row={(program) => ({
            title: program.name,
            to: `/programs/${encodeURIComponent(program.id)}/show`,
            amount: program.unit,
            chip: <StatusChip status={program.status} tone={PROGRAM_TONES[program.status]} />,
            below: inForce(program, say),
          })}
        />
      }
    />
  );
}

function Table() {
  const say = useSay();
  return (
    <ListTable<ProgramRecord> rowClick="show">
      <Col<ProgramRecord> label="Program" render={({ id, name }) => <RecordLink resource="programs" id={id} words={name} />} />
      <Col<ProgramRecord> label="Key" render={({ key }) => key} />
      <Col<ProgramRecord> label="Status" render={({ status }) => <StatusChip status={status} tone={PROGRAM_TONES[status]} />} />
      <Col<ProgramRecord> label="Pays in" render={({ unit }) => unit} />
      <Col<ProgramRecord> label="Terms in force" render={(program) => inForce(program, say)} />
      <Col<ProgramRecord> label="Latest version holds from" render={({ termsVersions }) => <When at={termsVersions.at(-1)?.holdsFrom} />} />
    </ListTable>
  );
}

function inForce({ terms, termsVersions }: ProgramRecord, say: Say): string {
  return terms ? say('Version %{number} of %{count}', { number: terms.number, count: termsVersions.length }) : say('None yet');
}
