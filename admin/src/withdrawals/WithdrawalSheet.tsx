import { Box, Typography } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON, type Values } from '../acts/ActField.tsx';
import { Refused } from '../acts/act.ts';
import { useWalk } from '../keys/useWalk.ts';
import { programId } from '../provider/source.ts';
import { useAct } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { release } from './acts.ts';
import { Contradiction } from './Contradiction.tsx';
import { decide, type Verdict } from './decide.ts';
import { barredBy } from './eligible.ts';
import { HOLD_FIELDS } from './hold.ts';
import type { WithdrawalDetail, WithdrawalRecord } from './source.ts';
import { WithdrawalChip } from './WithdrawalChip.tsx';

/** A withdrawal beside the list: what it is, where it goes, what happened, what can be done. */
export function WithdrawalSheet() {
  const say = useSay();
  const { opened, close } = useWalk();
  return (
    <RecordSheet<WithdrawalDetail>
      id={opened}
      onClose={close}
      title={({ externalId }) => say('Withdrawal %{id}', { id: externalId })}
      beside={(withdrawal) => <WithdrawalChip withdrawal={withdrawal} />}
      isWhole={isDetailed}
    >
      {(withdrawal) => <Withdrawal key={withdrawal.id} withdrawal={withdrawal} />}
    </RecordSheet>
  );
}

/** A list has the row only; how it is paid follows. */
const isDetailed = (withdrawal: WithdrawalDetail): boolean => 'payoutMethod' in withdrawal;

function Withdrawal({ withdrawal }: { readonly withdrawal: WithdrawalDetail }) {
  const say = useSay();
  const { amount, affiliate, program, batch, payoutBatch, cutOffAt, requestedAt, history, heldMessage, payoutMethod } = withdrawal;
  return (
    <>
      {amount && (
        <Box sx={{ fontSize: '1.375rem', fontWeight: 600 }}>
          <Amount {...amount} />
        </Box>
      )}
      <Contradiction withdrawal={withdrawal} />
      <Acts withdrawal={withdrawal} />
      <Facts
        facts={[
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', <RecordLink key="program" resource="programs" id={program.key} words={program.name} />],
          ['Asked for', <When key="asked" at={requestedAt} exact />],
          ['Cut-off', <When key="cutOff" at={cutOffAt} exact />],
          ['Cut-off month', batch ?? <Nothing key="batch" />],
          ...(payoutBatch
            ? [
                [
                  'Payout batch',
                  <RecordLink key="payoutBatch" resource="batches" id={programId.write(program.key, payoutBatch)} words={payoutBatch} />,
                ] as const,
              ]
            : []),
          ...(heldMessage ? [['The affiliate reads', heldMessage] as const] : []),
        ]}
      />
      <Method method={payoutMethod} />
      <Box>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What happened')}
        </Typography>
        <Timeline
          happenings={[
            { key: 'asked', at: requestedAt, what: say('Asked for') },
            ...history.map(({ kind, happenedAt, by, reason }, index) => ({
              key: String(index),
              at: happenedAt,
              what: say.word(kind),
              more: [by && say('By %{who}', { who: by }), reason && say.said(reason)].filter(Boolean).join(': '),
            })),
          ]}
        />
      </Box>
    </>
  );
}

function Acts({ withdrawal }: { readonly withdrawal: WithdrawalRecord }) {
  const say = useSay();
  const run = useAct();
  const { program, externalId, status, amount, heldAt } = withdrawal;
  const barred = barredBy(withdrawal, say);
  if (barred) return <Typography color="textSecondary">{barred}</Typography>;
  const shared = { needs: 'WITHDRAWAL_DECIDE', program: program.key } as const;
  const sum = amount ? `${say.decimal(amount.value)} ${amount.unit}` : '';
  const settle = async (verdict: Verdict, said: Values = {}) => {
    const [decided] = await decide(run, verdict, [withdrawal], said);
    if (decided?.problem) throw new Refused([{ code: 'INVALID', message: decided.problem, path: ['withdrawal'] }]);
    return { approval: decided?.waits };
  };
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {status !== 'APPROVED' && !heldAt && (
        <ActButton
          {...shared}
          variant="contained"
          shortcut="a"
          verb={say('Approve %{sum}', { sum })}
          title={say('Approve withdrawal %{id}', { id: externalId })}
          intro={say('The next payout batch takes it.')}
          run={() => settle('approve')}
        />
      )}
      {heldAt ? (
        <ActButton
          {...shared}
          verb={say('Release')}
          title={say('Release withdrawal %{id}', { id: externalId })}
          intro={say('It can be approved and paid again.')}
          run={() => run(release, { program: program.key, withdrawal: externalId })}
        />
      ) : (
        <ActButton
          {...shared}
          shortcut="h"
          verb={say('Hold')}
          title={say('Hold withdrawal %{id}', { id: externalId })}
          fields={HOLD_FIELDS}
          run={(said) => settle('hold', said)}
        />
      )}
      <ActButton
        {...shared}
        isGrave
        shortcut="r"
        verb={say('Reject')}
        title={say('Reject withdrawal %{id}', { id: externalId })}
        intro={say('The amount is available to the affiliate again. They read the reason.')}
        fields={[REASON]}
        run={(said) => settle('reject', said)}
      />
    </Box>
  );
}

/** Where it is paid to, and since when. */
function Method({ method }: { readonly method: WithdrawalDetail['payoutMethod'] }) {
  const say = useSay();
  return (
    <Box>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('Paid to')}
      </Typography>
      {!method && <Typography variant="body2">{say('No payment details are known: no batch can take it.')}</Typography>}
      {method && (
        <Facts
          facts={[
            ['Method', say.word(method.kind)],
            ['Account', method.account ?? <Nothing key="account" />],
            ['Holder', method.holder ?? <Nothing key="holder" />],
            ['Currency', method.currency ?? <Nothing key="currency" />],
            ['Known since', <When key="since" at={method.setAt} exact />],
          ]}
        />
      )}
      {method?.missing.map(({ field, message }) => (
        <Typography key={field} variant="body2" sx={{ color: 'error.main' }}>
          {say.said(message)}
        </Typography>
      ))}
    </Box>
  );
}
