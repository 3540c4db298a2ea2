import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useWalk } from '../keys/useWalk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Facts } from '../ui/Facts.tsx';
import { formatClause } from '../ui/format.ts';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { type Happening, Timeline } from '../ui/Timeline.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { type Say, useSay } from '../words/words.ts';
import { CaseActs } from './CaseActs.tsx';
import { CaseChip } from './CaseChip.tsx';
import type { CaseDetail } from './source.ts';

/** A suspected breach beside the list: what the terms say, what speaks for it, what follows. */
export function CaseSheet() {
  const say = useSay();
  const { opened, close } = useWalk();
  return (
    <RecordSheet<CaseDetail>
      id={opened}
      onClose={close}
      title={({ rule, enrollment: { affiliate } }) =>
        say('%{name}: suspected breach of %{rule}', { name: affiliate.name ?? affiliate.externalId, rule })
      }
      beside={(found) => <CaseChip found={found} />}
      isWhole={isDetailed}
    >
      {(found) => <Found key={found.id} found={found} />}
    </RecordSheet>
  );
}

/** A list has the row only; what speaks for it follows. */
const isDetailed = (found: CaseDetail): boolean => 'evidence' in found;

function Found({ found }: { readonly found: CaseDetail }) {
  const say = useSay();
  const { rule, status, enrollment, openedAt, dueAt, assignee, evidence, evidenceCount } = found;
  const { affiliate, program } = enrollment;
  const clauses = (program.terms?.clauses ?? []).filter((clause) => clause.rule === rule);
  return (
    <>
      {status === 'OPEN' && <CaseActs found={found} />}
      <Facts
        facts={[
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', program.name],
          ['The affiliate is', say.word(enrollment.status)],
          ['Opened', <When key="opened" at={openedAt} exact />],
          ['Due', <When key="due" at={dueAt} exact />],
          ['Seen to by', assignee ?? <Nothing key="assignee" />],
        ]}
      />
      <List
        title={say('What the terms say')}
        lines={clauses.map(({ sentence }) => ({ key: sentence, line: formatClause(sentence, say.locale) }))}
      />
      <List
        title={say('What speaks for it (%{count})', { count: evidenceCount })}
        lines={evidence.map((piece) => ({ key: piece.id, line: <Piece {...piece} /> }))}
      />
      <Box>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What happened')}
        </Typography>
        <Timeline happenings={happeningsOf(found, say)} />
      </Box>
    </>
  );
}

/** What it is, what it is called, and what was found there. */
function Piece({ kind, name, text }: Pick<CaseDetail['evidence'][number], 'kind' | 'name' | 'text'>) {
  const say = useSay();
  if (kind === 'WORDS') return name;
  return (
    <>
      {say.word(kind)} {name}
      {text && `: ${text}`}
    </>
  );
}

/** What staff did and what was said with the affiliate, the last first. */
function happeningsOf({ openedAt, history, request }: CaseDetail, say: Say): readonly Happening[] {
  const happenings = [
    { key: 'opened', at: openedAt, what: say('A case was opened') },
    ...history
      .filter(({ kind }) => kind !== 'ASKED')
      .map(({ kind, text, at, by }, index) => ({ key: `entry ${index}`, at, what: say.word(kind), more: saidBy(by, text, say) })),
    ...(request?.thread ?? [])
      .filter(({ text, kind }) => text !== null && kind !== 'ASSIGNED' && kind !== 'ANSWERED')
      .map(({ side, text, at, by }, index) => ({
        key: `said ${index}`,
        at,
        what: side === 'STAFF' ? say('The affiliate was asked') : say('The affiliate answered'),
        more: saidBy(by, text, say),
      })),
  ];
  return happenings.reverse().sort((one, other) => other.at.localeCompare(one.at));
}

const saidBy = (by: string, text: string | null, say: Say) => [say('By %{who}', { who: by }), text].filter(Boolean).join(': ');

interface Line {
  readonly key: string;
  readonly line: ReactNode;
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <Box>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {lines.map(({ key, line }) => (
          <Typography component="li" variant="body2" key={key} sx={{ overflowWrap: 'anywhere' }}>
            {line}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
