import { Button } from '@mui/material';
import { useRef, useState } from 'react';
import { ActDialog } from '../acts/ActDialog.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useKeys } from '../keys/useKeys.ts';
import { useAct } from '../provider/useAsk.ts';
import { BulkBar } from '../ui/BulkBar.tsx';
import { sumsOf } from '../ui/sums.ts';
import { useTicks } from '../ui/ticks.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { type Sentence, useSay } from '../words/words.ts';
import { decide, type Report, type Verdict } from './decide.ts';
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

interface WithdrawalsBarProps {
  /** What came of it, once nothing is asked any more. */
  readonly onDecided: (report: Report | undefined) => void;
}

/** Decides about all that is ticked. */
export function WithdrawalsBar({ onDecided }: WithdrawalsBarProps) {
  const say = useSay();
  const run = useAct();
  const { ticked, clear } = useTicks<WithdrawalRecord>();
  const [verdict, setVerdict] = useState<Verdict>();
  const report = useRef<Report>(undefined);
  const { opened } = useOpened();
  const chosen = [...ticked.values()];
  const sums = sumsOf(chosen.flatMap(({ amount }) => (amount ? [amount] : [])));
  const total = sums.map(({ value, unit }) => `${say.decimal(value)} ${unit}`).join(' + ');
  // Beside an open sheet it would not be clear which of them is meant.
  const isMeant = chosen.length > 0 && opened === null;
  useKeys(isMeant ? { a: () => setVerdict('approve'), h: () => setVerdict('hold'), r: () => setVerdict('reject') } : {});
  return (
    <>
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
            report.current = { verdict, decided: await decide(run, verdict, chosen, said) };
            clear();
          }}
          onClose={() => {
            setVerdict(undefined);
            onDecided(report.current);
          }}
        />
      )}
    </>
  );
}
