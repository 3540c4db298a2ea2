import { Alert, Box } from '@mui/material';
import { useGetIdentity } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import type { BatchRecord } from './source.ts';
import { lineCount, paidBy } from './totals.ts';

/** What can be done with a batch as it stands. */
export function BatchActs({ batch }: { readonly batch: BatchRecord }) {
  const say = useSay();
  const run = useAct();
  const { program, name, status } = batch;
  const input = { program: program.key, batch: name };
  const shared = { needs: 'BATCH_MANAGE', program: program.key } as const;
  const sum = paidBy(batch)
    .map(({ value, unit }) => `${say.decimal(value)} ${unit}`)
    .join(' + ');
  const count = lineCount(batch);
  const isUnsent = status === 'OPEN' || status === 'FROZEN' || status === 'APPROVED';
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
      {status === 'OPEN' && (
        <>
          <ActButton
            {...shared}
            verb={say('Collect again')}
            title={say('Collect again')}
            intro={say('Looks again at every approved withdrawal: those that can be paid by now are taken.')}
            run={() => run(acts.collect, input)}
          />
          <ActButton
            {...shared}
            variant="contained"
            disabled={count === 0}
            verb={say('Freeze %{sum}', { sum })}
            title={say('Freeze batch %{name}', { name })}
            intro={say(
              'It pays %{sum} in 1 payment. Nothing of it changes any more; somebody else then approves it. |||| It pays %{sum} in %{smart_count} payments. Nothing of it changes any more; somebody else then approves it.',
              { sum, smart_count: count },
            )}
            run={() => run(acts.freeze, input)}
          />
        </>
      )}
      {status === 'FROZEN' && <Approve batch={batch} sum={sum} count={count} />}
      {(status === 'APPROVED' || status === 'SENDING') && (
        <ActButton
          {...shared}
          variant="contained"
          verb={say('Send %{sum}', { sum })}
          title={say('Send batch %{name}', { name })}
          intro={say('Its lines leave the books, payment files can be fetched, and providers are called. This cannot be called back.')}
          isHeld
          run={() => run(acts.send, input)}
        />
      )}
      {status === 'SENT' && batch.parts.some(({ file }) => file === null) && (
        <ActButton
          {...shared}
          verb={say('Ask the providers')}
          title={say('Ask the providers now')}
          intro={say('They are asked under the same ids: nothing is paid twice.')}
          run={() => run(acts.askAgain, input)}
        />
      )}
      {status === 'SENT' && batch.parts.some((part) => part.file === null && part.status === 'sent') && (
        <ActButton
          {...shared}
          isGrave
          verb={say('Stop the providers')}
          title={say('Give the providers nothing more')}
          intro={say('Parts that no provider has accepted wait until somebody asks again. Their lines can then be marked by hand.')}
          run={() => run(acts.stop, input)}
        />
      )}
      {isUnsent && (
        <ActButton
          {...shared}
          isGrave
          verb={say('Discard')}
          title={say('Discard batch %{name}', { name })}
          intro={say('Its withdrawals stay approved, and the next batch takes them.')}
          fields={[REASON]}
          run={({ reason = '' }) => run(acts.discard, { ...input, reason })}
        />
      )}
    </Box>
  );
}

/** By somebody else than who froze it. */
function Approve({ batch, sum, count }: { readonly batch: BatchRecord; readonly sum: string; readonly count: number }) {
  const say = useSay();
  const run = useAct();
  const { identity } = useGetIdentity();
  const { program, name, hash, twoPeople, frozenBy } = batch;
  if (!identity || hash === null) return null;
  if (twoPeople && identity.fullName === frozenBy)
    return <Alert severity="info">{say('You froze it. Somebody else must approve it: send them this page’s address.')}</Alert>;
  return (
    <ActButton
      needs="BATCH_MANAGE"
      program={program.key}
      variant="contained"
      verb={say('Approve %{sum}', { sum })}
      title={say('Approve batch %{name}', { name })}
      intro={say(
        '%{who} froze it. You answer for %{sum} in 1 payment, as it stands under the seal %{seal}. |||| %{who} froze it. You answer for %{sum} in %{smart_count} payments, as they stand under the seal %{seal}.',
        {
          who: frozenBy,
          sum,
          smart_count: count,
          seal: hash.slice(0, 12),
        },
      )}
      isHeld
      run={() => run(acts.approveBatch, { program: program.key, batch: name, hash })}
    />
  );
}
