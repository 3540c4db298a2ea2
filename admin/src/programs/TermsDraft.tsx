import { Alert, Box, TextField } from '@mui/material';
import { useDeferredValue, useState } from 'react';
import { Loading } from 'react-admin';
import { useParams } from 'react-router';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Page } from '../ui/Page.tsx';
import { Section } from '../ui/Section.tsx';
import { useDraft } from '../ui/useDraft.ts';
import { useSay } from '../words/words.ts';
import { BackTest } from './BackTest.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { changesOf, type Documents, documentsDocument, draftDocument, publishDocument } from './draft.ts';
import { RateGrids } from './RateGrids.tsx';
import { type Json, rateChanges, withValue } from './rateGrid.ts';

/** The next version of a program's terms: written, read in words beside the last one, published from a date on. */
export function TermsDraft() {
  const say = useSay();
  const { key = '' } = useParams();
  const { data, error, refetch } = useAsked(documentsDocument, { key });
  return (
    <Page title={say('Draft terms of %{program}', { program: data?.program?.name ?? key })}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.program && <Draft program={data.program} now={data.now} />}
    </Page>
  );
}

function Draft({ program, now }: { readonly program: Documents; readonly now: string }) {
  const say = useSay();
  const run = useAct();
  const last = program.termsVersions.at(-1);
  const [text, setText, forget] = useDraft(`terms ${program.key}`, JSON.stringify(JSON.parse(last?.document ?? 'null'), null, 2));
  const [day, setDay] = useState(firstOfNextMonth(now));
  const holdsFrom = `${day}T00:00:00Z`;
  const asked = useDeferredValue(text);
  const { data, error, isPlaceholderData } = useAsked(
    draftDocument,
    { program: program.key, document: asked, holdsFrom },
    { enabled: day !== '', keep: true },
  );
  const parsed = parse(text);
  const problems = data?.draftTerms?.problems ?? [];
  const clauses = (problems.length === 0 && data?.draftTerms?.clauses) || (last?.clauses ?? []);
  const isSame = parsed !== undefined && JSON.stringify(parsed) === JSON.stringify(parse(last?.document ?? ''));
  const percent = (value: string | null) => (value === null ? null : `${value} %`);
  const changes = [
    // What cannot be read has no clauses: that does not mean that all of them go.
    ...(problems.length > 0 ? [] : changesOf(last?.clauses ?? [], clauses)),
    ...(parsed === undefined ? [] : rateChanges(parse(last?.document ?? '') ?? null, parsed)).map(({ rule, cell, before, after }) => ({
      path: `${rule} ${cell}`,
      rule,
      of: cell,
      before: percent(before),
      after: percent(after),
    })),
  ];
  return (
    <>
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'start', '& > .MuiButton-root': { minHeight: 40 } }}>
        <TextField
          label={say('Holds from')}
          type="date"
          value={day}
          onChange={(event) => setDay(event.target.value)}
          sx={{ width: { xs: '100%', sm: 400 } }}
          slotProps={{ inputLabel: { shrink: true } }}
          helperText={say('Midnight UTC; orders placed before keep their terms')}
        />
        <ActButton
          needs="TERMS_PUBLISH"
          program={program.key}
          variant="contained"
          disabled={!data || isPlaceholderData || asked !== text || problems.length > 0 || isSame}
          verb={say('Publish')}
          title={say('Publish version %{number} of %{program}', { number: (last?.number ?? 0) + 1, program: program.name })}
          intro={say(
            '1 thing changes for orders from %{date} on. Published terms are never changed. |||| %{smart_count} things change for orders from %{date} on. Published terms are never changed.',
            {
              smart_count: changes.length,
              date: say.date(holdsFrom),
            },
          )}
          run={async () => {
            const published = await run(publishDocument, { program: program.key, document: text, holdsFrom });
            forget();
            return published;
          }}
        />
      </Box>
      {error && <ErrorNote error={error} />}
      {problems.length > 0 && (
        <Alert severity="error">
          <Box component="ul" aria-label={say('What speaks against it')} sx={{ m: 0, pl: 2 }}>
            {problems.map(({ path, message }) => (
              <li key={`${path.join('.')} ${message}`}>
                {/* Of the document a message says the place itself. */}
                {path[0] === 'document' ? '' : `${path.join('.')}: `}
                {say.said(message)}
              </li>
            ))}
          </Box>
        </Alert>
      )}
      <Section title="What changes">
        <ChangeTable changes={changes} />
      </Section>
      {problems.length === 0 && !isSame && <BackTest program={program.key} document={text} holdsFrom={holdsFrom} now={now} />}
      {parsed !== undefined && (
        <Section title="Rates">
          <RateGrids
            document={parsed}
            clauses={clauses}
            onChange={({ steps }, value) => setText(JSON.stringify(withValue(parsed, steps, value), null, 2))}
          />
        </Section>
      )}
      <Section title="Document">
        <TextField
          multiline
          minRows={12}
          maxRows={30}
          label={say('The terms as a document')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: 'ui-monospace, monospace', fontSize: '0.8125rem' } } }}
        />
      </Section>
    </>
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function firstOfNextMonth(now: string): string {
  const at = new Date(now);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}
