import { Box } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { MatchChip } from './MatchList.tsx';
import { clear, confirm, type MatchRecord } from './source.ts';

/** A match beside the list: both names, and the two ways to settle it. */
export function MatchSheet() {
  const say = useSay();
  const { opened, close } = useOpened();
  return (
    <RecordSheet<MatchRecord>
      id={opened}
      onClose={close}
      title={(match) => say('Is %{name} %{listed}?', { name: nameOf(match), listed: match.listedName })}
      beside={(match) => <MatchChip match={match} />}
    >
      {(match) => <Match match={match} />}
    </RecordSheet>
  );
}

const nameOf = ({ affiliate }: MatchRecord) => affiliate.name ?? affiliate.externalId;

function Match({ match }: { readonly match: MatchRecord }) {
  const say = useSay();
  const run = useAct();
  const { id, affiliate, list, entry, listedName, kind, status, foundAt, decidedAt, decidedBy, reason } = match;
  const name = nameOf(match);
  return (
    <>
      {status === 'HELD' && (
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <ActButton
            needs="SANCTION_MANAGE"
            variant="contained"
            verb={say('It is somebody else')}
            title={say('%{name} is somebody else than %{listed}', { name, listed: listedName })}
            intro={say('Payments go on. If the entry changes they are compared anew.')}
            fields={[REASON]}
            run={({ reason: why = '' }) => run(clear, { match: id, reason: why })}
          />
          <ActButton
            needs="SANCTION_MANAGE"
            isGrave
            verb={say('It is the same')}
            title={say('%{name} is %{listed}', { name, listed: listedName })}
            intro={say('Nothing is ever paid to them, and they are out of every program. This cannot be taken back.')}
            fields={[REASON]}
            run={({ reason: why = '' }) => run(confirm, { match: id, reason: why })}
          />
        </Box>
      )}
      <Facts
        facts={[
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Country', affiliate.country ?? <Nothing key="country" />],
          ['Name on the list', listedName],
          ['How near', say.word(kind)],
          ['List', list],
          ['Entry', entry],
          ['Found', <When key="found" at={foundAt} exact />],
          ['Settled', <When key="settled" at={decidedAt} exact />],
          ...(decidedBy ? [['Why', `${say('By %{who}', { who: decidedBy })}: ${reason ?? ''}`] as const] : []),
        ]}
      />
    </>
  );
}
