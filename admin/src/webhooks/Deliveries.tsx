import { Box, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { StatusChip } from '../ui/StatusChip.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { replay } from './acts.ts';
import { DELIVERY_TONES, type DeliveryRecord } from './source.ts';

/** Messages to an address, each with what it says and how its tries went. */
export function Deliveries({ webhook }: { readonly webhook: string }) {
  const { data = [] } = useListContext<DeliveryRecord>();
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {data.map((delivery) => (
        <Box component="li" key={delivery.id} sx={{ px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
          <Delivery webhook={webhook} delivery={delivery} />
        </Box>
      ))}
    </Box>
  );
}

function Delivery({ webhook, delivery }: { readonly webhook: string; readonly delivery: DeliveryRecord }) {
  const say = useSay();
  const run = useAct();
  const { id, event, happenedAt, payload, status, nextAt, log } = delivery;
  const [last] = log;
  const why = last?.failure ?? (nextAt ? say('It is tried again at %{instant}', { instant: say.instant(nextAt) }) : undefined);
  return (
    <details>
      <Box component="summary" sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap', cursor: 'pointer' }}>
        <Typography variant="body2" component="span" sx={{ fontWeight: 500, mr: 'auto' }}>
          {event}
        </Typography>
        <StatusChip status={status} tone={DELIVERY_TONES[status]} why={why} />
        <Typography variant="caption" color="textSecondary" component="span">
          <When at={happenedAt} exact />
        </Typography>
      </Box>
      <Box sx={{ display: 'grid', gap: 1, pt: 1, justifyItems: 'start', gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {log.length === 0 && <Typography variant="body2">{say('It was not tried yet.')}</Typography>}
        {log.map(({ number, triedAt, answered, failure, milliseconds }) => (
          <Typography key={number} variant="body2">
            {say('Try %{number}', { number })} · <When at={triedAt} exact /> ·{' '}
            {failure ?? say('answered %{status} after %{milliseconds} ms', { status: answered, milliseconds })}
          </Typography>
        ))}
        <Box
          component="pre"
          tabIndex={0}
          aria-label={say('What it says')}
          role="region"
          sx={{
            m: 0,
            p: 1,
            width: '100%',
            boxSizing: 'border-box',
            overflowX: 'auto',
            fontSize: '0.75rem',
            border: 1,
            borderColor: 'divider',
          }}
        >
          {JSON.stringify(JSON.parse(payload), null, 2)}
        </Box>
        <Typography variant="caption" color="textSecondary">
          {id}
        </Typography>
        {status !== 'WAITING' && (
          <ActButton
            needs="TOKEN_MANAGE"
            variant="text"
            verb={say('Send again')}
            title={say('Send %{event} again', { event })}
            intro={say('Under the same id: the other side knows whether it has it.')}
            run={async () => {
              await run(replay, { webhook, delivery: id });
            }}
          />
        )}
      </Box>
    </details>
  );
}
