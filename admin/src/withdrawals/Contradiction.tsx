import { Alert, Box } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { adjust } from '../affiliates/acts.ts';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import { settle } from './acts.ts';
import type { WithdrawalRecord } from './source.ts';

/** These have their amount back: paid all the same, it is out twice. */
const GIVEN_BACK: ReadonlySet<WithdrawalRecord['status']> = new Set(['FAILED', 'RETURNED', 'REJECTED']);

/** Something is said of the payment that cannot be so: what, and what can be done about it. */
export function Contradiction({ withdrawal }: { readonly withdrawal: WithdrawalRecord }) {
  const say = useSay();
  const run = useAct();
  const { program, affiliate, externalId, amount, status, contradiction } = withdrawal;
  if (contradiction === null) return null;
  const shared = { program: program.key } as const;
  const isBack = GIVEN_BACK.has(status) && amount !== null;
  const sum = amount ? `${say.decimal(amount.value)} ${amount.unit}` : '';
  return (
    <Alert severity="error">
      <Box>{say.said(contradiction)}</Box>
      {isBack && (
        <Box>{say('If it was paid, %{sum} is out twice. Until this is settled, nothing more is paid to the affiliate.', { sum })}</Box>
      )}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', mt: 1 }}>
        {isBack && (
          <ActButton
            {...shared}
            needs="ADJUSTMENT_POST"
            isGrave
            isHeld
            verb={say('Take %{sum} back', { sum })}
            title={say('Take back what withdrawal %{id} paid twice', { id: externalId })}
            intro={say('It leaves the balance. What is no longer there becomes a debt that later earnings settle.')}
            fields={[REASON]}
            run={({ reason = '' }) =>
              run(adjust, {
                program: program.key,
                affiliate: affiliate.externalId,
                id: `contradicted ${externalId}`,
                kind: 'ADJUSTMENT',
                amount: `-${amount.value}`,
                reason,
              })
            }
          />
        )}
        <ActButton
          {...shared}
          needs="WITHDRAWAL_DECIDE"
          verb={say('Settle it')}
          title={say('Settle what contradicts withdrawal %{id}', { id: externalId })}
          intro={say('Say what you found. Money that is out twice has to be taken back before.')}
          fields={[REASON]}
          run={({ reason = '' }) => run(settle, { program: program.key, withdrawal: externalId, reason })}
        />
      </Box>
    </Alert>
  );
}
