import { Box, Typography } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { chosenOf, type Field, REASON } from '../acts/ActField.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { ASKED_BY_AFFILIATES, type RequestKind } from '../requests/source.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Section } from '../ui/Section.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { useSay } from '../words/words.ts';
import { SecondPerson } from './SecondPerson.tsx';
import { closeProgram, type ProgramRecord, pause, type Settings as Read, reopen, setRequestKinds, settingsDocument } from './source.ts';

/** Whether a program goes on, which of its acts need two people, and what its affiliates may ask. */
export function Settings({ program }: { readonly program: ProgramRecord }) {
  const { data, error } = useAsked(settingsDocument, { key: program.key });
  if (error) return <ErrorNote error={error} />;
  if (!data?.program) return null;
  return (
    <Box
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, alignItems: 'start' }}
    >
      <Standing program={program} found={data.program} />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <SecondPerson program={program} rules={data.secondPersonRules} />
        <Asking program={program} kinds={data.program.requestKinds} />
      </Box>
    </Box>
  );
}

interface StandingProps {
  readonly program: ProgramRecord;
  readonly found: NonNullable<Read['program']>;
}

const FROM: Field = { name: 'from', label: 'From', kind: 'day', help: 'Midnight UTC; empty: at once' };
const instantOf = (day: string | undefined) => (day ? `${day}T00:00:00Z` : null);

function Standing({ program: { key, name }, found: { status, turns, forfeiture } }: StandingProps) {
  const say = useSay();
  const run = useAct();
  const shared = { needs: 'PROGRAM_MANAGE', program: key } as const;
  return (
    <Section
      title="Whether it goes on"
      beside={
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          {status === 'OPEN' && (
            <ActButton
              {...shared}
              verb={say('Pause')}
              title={say('Pause %{program}', { program: name })}
              intro={say(
                'Clicks lead on and count for nothing, and nobody joins. Orders from earlier clicks earn, and what is there is paid.',
              )}
              fields={[FROM, REASON]}
              run={({ from, reason = '' }) => run(pause, { program: key, from: instantOf(from), reason })}
            />
          )}
          {status !== 'OPEN' && (
            <ActButton
              {...shared}
              variant="contained"
              verb={say('Reopen')}
              title={say('Reopen %{program}', { program: name })}
              fields={[FROM, REASON]}
              run={({ from, reason = '' }) => run(reopen, { program: key, from: instantOf(from), reason })}
            />
          )}
          {status !== 'CLOSED' && (
            <ActButton
              {...shared}
              isGrave
              verb={say('Close')}
              label={say('Close the program')}
              title={say('Close %{program}', { program: name })}
              intro={say(
                'Orders placed from then on earn nothing. What was earned before stays owed, unless the terms end it. Once it holds it cannot be taken back.',
              )}
              fields={[
                FROM,
                { name: 'until', label: 'Affiliates may ask until', kind: 'day', help: 'Midnight UTC; empty: always' },
                REASON,
              ]}
              run={({ from, until, reason = '' }) =>
                run(closeProgram, { program: key, from: instantOf(from), requestsUntil: instantOf(until), reason })
              }
            />
          )}
        </Box>
      }
    >
      {turns.length === 0 ? (
        <Typography variant="body2">{say('It has been open all the time.')}</Typography>
      ) : (
        <Timeline
          happenings={[...turns].reverse().map(({ status: to, holdsFrom, requestsUntil, reason, decidedAt, decidedBy }) => ({
            key: decidedAt,
            at: holdsFrom,
            what: [say.word(to), requestsUntil && say('Affiliates may ask until %{instant}', { instant: say.instant(requestsUntil) })]
              .filter(Boolean)
              .join('. '),
            more: `${say('By %{who}', { who: decidedBy })}: ${reason}`,
          }))}
        />
      )}
      {forfeiture && <Typography variant="body2">{`${forfeiture.rule}: ${forfeiture.sentence}`}</Typography>}
    </Section>
  );
}

/** What affiliates may ask of staff. */
function Asking({ program: { key, name }, kinds }: { readonly program: ProgramRecord; readonly kinds: readonly RequestKind[] }) {
  const say = useSay();
  const run = useAct();
  return (
    <Section
      title="What affiliates may ask"
      beside={
        <ActButton
          needs="SETTING_MANAGE"
          verb={say('Change it')}
          title={say('What affiliates of %{program} may ask', { program: name })}
          intro={say('Only what the terms know something of can be asked for.')}
          fields={[
            {
              name: 'kinds',
              label: 'Kinds',
              kind: 'many',
              value: kinds.join('\n'),
              choices: ASKED_BY_AFFILIATES.map((value) => ({ value, words: say.word(value) })),
            },
          ]}
          run={({ kinds: chosen }) => run(setRequestKinds, { program: key, kinds: chosenOf(chosen) as RequestKind[] })}
        />
      }
    >
      <Typography variant="body2">{kinds.map((kind) => say.word(kind)).join(', ') || say('Nothing.')}</Typography>
    </Section>
  );
}
