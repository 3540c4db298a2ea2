import { useListContext } from 'react-admin';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { DocumentSheet } from './DocumentSheet.tsx';
import { PublishButton } from './PublishButton.tsx';
import type { DocumentRecord, DocumentVersion } from './source.ts';

/** Conditions, policies and guides of a program: each with the version to read. */
export function DocumentList() {
  return (
    <ListPage
      title="Documents"
      sort={{ field: 'id', order: 'ASC' }}
      beside={<Publish />}
      isOfOneProgram
      empty="This program has no documents yet. Publish its conditions first; affiliates then read and accept them."
      table={<Table />}
      small={<Small />}
    >
      <DocumentSheet />
    </ListPage>
  );
}

function Publish() {
  const { filterValues } = useListContext();
  const program = String(filterValues['program'] ?? '');
  return program === '' ? null : <PublishButton program={program} />;
}

/** The version to read; of what is still to come the next one. */
export const shownOf = ({ current, versions }: DocumentRecord): DocumentVersion => current ?? (versions.at(-1) as DocumentVersion);

/** Whom a version concerns. */
export function Regions({ version: { regions } }: { readonly version: DocumentVersion }) {
  const say = useSay();
  return regions.length > 0 ? regions.join(', ') : say('all countries');
}

/** From when on a version has to be accepted. */
export function AcceptFrom({ version: { acceptFrom } }: { readonly version: DocumentVersion }) {
  const say = useSay();
  return acceptFrom === null ? say('need not be accepted anew') : <When at={acceptFrom} />;
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<DocumentRecord> rowClick={rowClick}>
      <Col<DocumentRecord> label="Document" render={(document) => <OpenLink id={document.id} words={shownOf(document).title} />} />
      <Col<DocumentRecord> label="Name" render={({ name }) => <code>{name}</code>} />
      <Col<DocumentRecord> label="Kind" render={(document) => say.word(shownOf(document).kind)} />
      <Col<DocumentRecord>
        label="Version"
        render={({ current, versions }) =>
          current ? say('Version %{number} of %{count}', { number: current.number, count: versions.length }) : say('to come')
        }
      />
      <Col<DocumentRecord> label="For whom" render={(document) => <Regions version={shownOf(document)} />} />
      <Col<DocumentRecord> label="Holds from" render={(document) => <When at={shownOf(document).holdsFrom} />} />
      <Col<DocumentRecord> label="To be accepted from" render={(document) => <AcceptFrom version={shownOf(document)} />} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<DocumentRecord>
      row={(document) => ({
        title: shownOf(document).title,
        to: linkTo(document.id),
        amount: say.word(shownOf(document).kind),
        below: document.name,
        at: shownOf(document).holdsFrom,
      })}
    />
  );
}
