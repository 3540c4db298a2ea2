import { Box, Button, MenuItem, Paper, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { Loading } from 'react-admin';
import { useAsked } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { AcceptFrom, Regions, shownOf } from './DocumentList.tsx';
import { PublishButton } from './PublishButton.tsx';
import { acceptancesDocument, type DocumentRecord, textsDocument } from './source.ts';

const SHOWN = 20;

/** A document beside the list: its versions in words, and who accepted it. */
export function DocumentSheet() {
  const { opened, close } = useOpened();
  return (
    <RecordSheet<DocumentRecord> id={opened} onClose={close} title={(document) => shownOf(document).title}>
      {(document) => <Found key={document.id} document={document} />}
    </RecordSheet>
  );
}

function Found({ document }: { readonly document: DocumentRecord }) {
  const say = useSay();
  const { name, program, versions } = document;
  const [number, choose] = useState(shownOf(document).number);
  const { data, error } = useAsked(textsDocument, { program: program.key });
  const textOf = (wanted: number) =>
    data?.program?.documentVersions.find((version) => version.name === name && version.number === wanted)?.text;
  const [last] = versions;
  const version = versions.find((one) => one.number === number) ?? last;
  const before = last && textOf(last.number);
  if (!version) return null;
  const text = textOf(version.number);
  return (
    <>
      {last && before !== undefined && (
        <Box>
          <PublishButton key={last.number} program={program.key} before={{ ...last, text: before }} />
        </Box>
      )}
      <TextField select label={say('Version')} value={version.number} onChange={(event) => choose(Number(event.target.value))}>
        {versions.map(({ number: one, holdsFrom }) => (
          <MenuItem key={one} value={one}>
            {say('Version %{number}, from %{date}', { number: one, date: say.date(holdsFrom) })}
          </MenuItem>
        ))}
      </TextField>
      <Facts
        facts={[
          ['Program', program.name],
          ['Kind', say.word(version.kind)],
          ['For whom', <Regions key="regions" version={version} />],
          ['Holds from', <When key="holds" at={version.holdsFrom} exact />],
          ['To be accepted from', <AcceptFrom key="accept" version={version} />],
          ['Waits until it is accepted', version.blocks.map((block) => say.word(block)).join(', ') || say('none')],
          ['Published', say('%{date} by %{who}', { date: say.date(version.publishedAt), who: version.publishedBy })],
        ]}
      />
      {error && <ErrorNote error={error} />}
      <Paper sx={{ p: 2, maxHeight: 360, overflowY: 'auto' }} tabIndex={0} role="region" aria-label={say('The words')}>
        <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text ?? <Loading />}
        </Typography>
      </Paper>
      <Acceptances program={program.key} document={name} />
    </>
  );
}

/** Who accepted it, the last first. */
function Acceptances({ program, document }: { readonly program: string; readonly document: string }) {
  const say = useSay();
  const may = useMay();
  const offered = may('ENROLLMENT_READ', program);
  const [first, setFirst] = useState(SHOWN);
  const { data, error } = useAsked(acceptancesDocument, { program, document, first }, { enabled: offered, keep: true });
  if (!offered) return null;
  const found = data?.documentAcceptances;
  return (
    <Box component="section" aria-label={say('Who accepted it')}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('Who accepted it')} {found && say.decimal(String(found.totalCount))}
      </Typography>
      {error && <ErrorNote error={error} />}
      {found?.totalCount === 0 && <Typography variant="body2">{say('Nobody yet.')}</Typography>}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.5 }}>
        {found?.nodes.map(({ version, at, by, enrollment: { affiliate } }) => (
          <Typography component="li" variant="body2" key={`${affiliate.externalId} ${version} ${at}`}>
            <AffiliateLink affiliate={affiliate} inText /> · {version !== null && `${say('Version %{number}', { number: version })} · `}
            <When at={at} exact /> · {say('By %{who}', { who: by })}
          </Typography>
        ))}
      </Box>
      {found && found.totalCount > found.nodes.length && first < 100 && (
        <Button size="small" onClick={() => setFirst(100)}>
          {say('Show more')}
        </Button>
      )}
    </Box>
  );
}
