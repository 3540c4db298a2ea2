import { ActButton } from '../acts/ActButton.tsx';
import { chosenOf } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import { DOCUMENT_KINDS, type DocumentVersion, publishDocument } from './source.ts';

interface PublishButtonProps {
  readonly program: string;
  /** The version before, with its words; left out: the document is a new one. */
  readonly before?: DocumentVersion & { readonly text: string };
}

const BLOCKS = ['LINKS', 'WITHDRAWALS'] as const;
const instantOf = (day: string | undefined) => (day ? `${day}T00:00:00Z` : null);

/** Publishes a document, or the next version of one. */
export function PublishButton({ program, before }: PublishButtonProps) {
  const say = useSay();
  const run = useAct();
  return (
    <ActButton
      needs="DOCUMENT_PUBLISH"
      program={program}
      variant="contained"
      verb={say('Publish')}
      label={say(before ? 'Publish the next version' : 'Publish a document')}
      title={before ? say('Publish the next version of %{title}', { title: before.title }) : say('Publish a document')}
      intro={say('What is published never changes; the next version takes its place.')}
      fields={[
        ...(before ? [] : [{ name: 'name', label: 'Name', help: 'Small letters and hyphens; terms name it so', required: true } as const]),
        {
          name: 'kind',
          label: 'Kind',
          required: true,
          value: before?.kind ?? 'CONDITIONS',
          choices: DOCUMENT_KINDS.map((value) => ({ value, words: say.word(value) })),
        },
        { name: 'title', label: 'Title', required: true, value: before?.title ?? '' },
        { name: 'text', label: 'Words', kind: 'long', rows: 8, required: true, value: before?.text ?? '' },
        {
          name: 'regions',
          label: 'Countries',
          help: 'Two letters each, such as DE, FR; empty: all',
          value: before?.regions.join(', ') ?? '',
        },
        { name: 'holdsFrom', label: 'Holds from', kind: 'day', help: 'Midnight UTC; empty: at once' },
        { name: 'acceptFrom', label: 'To be accepted from', kind: 'day', help: 'Empty: what was accepted before goes on counting' },
        {
          name: 'blocks',
          label: 'Waits until it is accepted',
          kind: 'many',
          value: before?.blocks.join('\n') ?? '',
          choices: BLOCKS.map((value) => ({ value, words: say.word(value) })),
        },
      ]}
      run={({ name = '', kind, title = '', text = '', regions = '', holdsFrom, acceptFrom, blocks }) =>
        run(publishDocument, {
          program,
          name: before?.name ?? name.trim(),
          kind: kind as DocumentVersion['kind'],
          title,
          text,
          regions: regions.split(/[\s,]+/).filter(Boolean),
          holdsFrom: instantOf(holdsFrom),
          acceptFrom: instantOf(acceptFrom),
          blocks: chosenOf(blocks) as DocumentVersion['blocks'],
        })
      }
    />
  );
}
