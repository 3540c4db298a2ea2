import { Box, Typography } from '@mui/material';
import { useState } from 'react';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Facts } from '../ui/Facts.tsx';
import { WordFilter } from '../ui/filters.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { SecretNote } from '../ui/SecretNote.tsx';
import { SubList } from '../ui/SubList.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import { Deliveries } from './Deliveries.tsx';
import { DELIVERY_STATUSES, type WebhookRecord } from './source.ts';
import { WebhookChip } from './WebhookList.tsx';

/** An address beside the list: of what it hears, what became of the messages, what can be done. */
export function WebhookSheet() {
  const { opened, close } = useOpened();
  return (
    <RecordSheet<WebhookRecord>
      id={opened}
      onClose={close}
      title={({ url }) => url}
      beside={(webhook) => <WebhookChip webhook={webhook} />}
    >
      {(webhook) => <Webhook key={webhook.id} webhook={webhook} />}
    </RecordSheet>
  );
}

function Webhook({ webhook }: { readonly webhook: WebhookRecord }) {
  const say = useSay();
  const [secret, setSecret] = useState<string>();
  const { id, kind, program, affiliate, events, madeAt, formerUntil } = webhook;
  return (
    <>
      <Acts webhook={webhook} onSecret={setSecret} />
      <SecretNote secret={secret} onClose={() => setSecret(undefined)} />
      <Facts
        facts={[
          ['Kind', say.word(kind)],
          ['Program', program.name],
          ['Whose', affiliate ? <AffiliateLink key="whose" affiliate={affiliate} /> : say('of the organization')],
          ['Made', <When key="made" at={madeAt} exact />],
          ...(formerUntil ? [['The secret before signs until', <When key="former" at={formerUntil} exact />] as const] : []),
        ]}
      />
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {say('Hears of %{events}', { events: events.join(', ') })}
      </Typography>
      <Box component="section" aria-label={say('Messages')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('Messages')}
        </Typography>
        <SubList
          resource="deliveries"
          filter={{ webhook: id }}
          filters={<WordFilter source="status" label="Status" words={DELIVERY_STATUSES} />}
          empty="It was told nothing yet."
          table={<Deliveries webhook={id} />}
          small={<Deliveries webhook={id} />}
        />
      </Box>
    </>
  );
}

function Acts({ webhook, onSecret }: { readonly webhook: WebhookRecord; readonly onSecret: (secret: string) => void }) {
  const say = useSay();
  const run = useAct();
  const { id, kind, status, url } = webhook;
  const shared = { needs: 'TOKEN_MANAGE' } as const;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {status === 'ON' ? (
        <ActButton
          {...shared}
          verb={say('Turn off')}
          title={say('Turn %{url} off', { url })}
          intro={say('What happens meanwhile is not told later.')}
          run={() => run(acts.setOn, { webhook: id, on: false })}
        />
      ) : (
        <ActButton
          {...shared}
          variant="contained"
          verb={say('Turn on')}
          title={say('Turn %{url} on', { url })}
          run={() => run(acts.setOn, { webhook: id, on: true })}
        />
      )}
      {kind === 'WEBHOOK' && (
        <ActButton
          {...shared}
          verb={say('Replace the secret')}
          title={say('Replace the secret of %{url}', { url })}
          intro={say('For a day messages carry both signatures, so that the other side can change over without losing one.')}
          run={async () => {
            const { secret } = await run(acts.rotate, { webhook: id });
            if (secret) onSecret(secret);
          }}
        />
      )}
      <ActButton
        {...shared}
        verb={say('Send dead ones again')}
        title={say('Send again what is dead')}
        intro={say('All messages whose tries have failed are tried again, each under its id: the other side knows what it has.')}
        run={async () => {
          await run(acts.replay, { webhook: id });
        }}
      />
    </Box>
  );
}
