import { Alert, AlertTitle, Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-admin';
import { ActDialog } from '../acts/ActDialog.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { useAct } from '../provider/useAsk.ts';
import { Amount } from '../ui/Amount.tsx';
import { BulkBar } from '../ui/BulkBar.tsx';
import { sumsOf } from '../ui/sums.ts';
import { useTicks } from '../ui/ticks.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { type Sentence, useSay } from '../words/words.ts';
import { type Decided, decide, type Verdict } from './decide.ts';
import { HOLD_FIELDS } from './hold.ts';
import type { WithdrawalRecord } from './source.ts';

const VERBS: Readonly<Record<Verdict, { readonly verb: Sentence; readonly many: Sentence; readonly intro: Sentence }>> = {
  approve: {
    verb: 'Approve',
    many: 'Approve 1 withdrawal |||| Approve %{smart_count} withdrawals',
    intro: 'The next payout batch takes them. Each is decided for itself: what is turned away holds up none of the others.',
  },
  reject: {
    verb: 'Reject',
    many: 'Reject 1 withdrawal |||| Reject %{smart_count} withdrawals',
    intro: 'The amounts are available to the affiliates again. They read the reason.',
  },
  hold: {
    verb: 'Hold',
    many: 'Hold 1 withdrawal |||| Hold %{smart_count} withdrawals',
    intro: 'They are neither approved nor paid until somebody releases them.',
  },
};

/** Decides about all that is ticked, and says afterwards what was turned away and why. */
export function WithdrawalsBar() {
  const say = useSay();
  const run = useAct();
  const { ticked, clear } = useTicks<WithdrawalRecord>();
  const [verdict, setVerdict] = useState<Verdict>();
  const [results, setResults] = useState<Results>();
  const { opened } = useOpened();
  const chosen = [...ticked.values()];
  const sums = sumsOf(chosen.flatMap(({ amount }) => (amount ? [amount] : [])));
  const total = sums.map(({ value, unit }) => `${say.decimal(value)} ${unit}`).join(' + ');
  // Beside an open sheet it would not be clear which of them is meant.
  const isMeant = chosen.length > 0 && opened === null;
  useKeys(isMeant ? { a: () => setVerdict('approve'), h: () => setVerdict('hold'), r: () => setVerdict('reject') } : {});
  return (
    <>
      {results && <Report results={results} onClose={() => setResults(undefined)} />}
      <BulkBar count={chosen.length} sums={sums} onClear={clear}>
        <Button size="small" variant="contained" onClick={() => setVerdict('approve')}>
          {say('Approve')} {total} (a)
        </Button>
        <Button size="small" variant="outlined" onClick={() => setVerdict('hold')}>
          {say('Hold')} (h)
        </Button>
        <Button size="small" variant="outlined" color="error" onClick={() => setVerdict('reject')}>
          {say('Reject')} (r)
        </Button>
      </BulkBar>
      {verdict && (
        <ActDialog
          title={say(VERBS[verdict].many, { smart_count: chosen.length })}
          intro={say(VERBS[verdict].intro)}
          fields={verdict === 'approve' ? [] : verdict === 'hold' ? HOLD_FIELDS : [REASON]}
          verb={`${say(VERBS[verdict].verb)} ${total}`}
          isGrave={verdict === 'reject'}
          run={async (said) => {
            setResults({ verdict, decided: await decide(run, verdict, chosen, said) });
            clear();
          }}
          onClose={() => setVerdict(undefined)}
        />
      )}
    </>
  );
}

/** It stands under the list, which may be long. */
const show = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

interface Results {
  readonly verdict: Verdict;
  readonly decided: readonly Decided[];
}

function Report({ results: { verdict, decided }, onClose }: { readonly results: Results; readonly onClose: () => void }) {
  const say = useSay();
  const failed = decided.filter(({ problem }) => problem !== undefined);
  const waiting = decided.filter(({ waits, problem }) => waits && problem === undefined).length;
  const done = decided.length - failed.length - waiting;
  return (
    <Alert ref={show} severity={failed.length > 0 ? 'warning' : 'success'} onClose={onClose} closeText={say('Close')}>
      <AlertTitle>
        {[
          say('1 decided |||| %{smart_count} decided', { smart_count: done }),
          waiting > 0 && say('%{smart_count} wait for a second person', { smart_count: waiting }),
          failed.length > 0 && say('%{smart_count} turned away', { smart_count: failed.length }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </AlertTitle>
      <Box component="ul" aria-label={say('What was turned away')} sx={{ m: 0, pl: 2 }}>
        {failed.map(({ withdrawal, problem }) => (
          <li key={withdrawal.id}>
            <Typography variant="body2" component="span">
              {withdrawal.externalId}
              {withdrawal.amount && (
                <>
                  {' '}
                  (<Amount {...withdrawal.amount} />)
                </>
              )}
              : {say.said(problem ?? '')}
            </Typography>
          </li>
        ))}
      </Box>
      {verdict === 'approve' && done > 0 && (
        <Link to="/batches" underline="always">
          {say('Payout batches')}
        </Link>
      )}
    </Alert>
  );
}
