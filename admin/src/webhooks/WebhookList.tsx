import { useState } from 'react';
import { ActButton } from '../acts/ActButton.tsx';
import { chosenOf } from '../acts/ActField.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { usePrograms } from '../session/usePrograms.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { ProgramFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SecretNote } from '../ui/SecretNote.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { create } from './acts.ts';
import { eventsDocument, WEBHOOK_TONES, type WebhookRecord } from './source.ts';
import { WebhookSheet } from './WebhookSheet.tsx';

/** Addresses that hear of what happens: systems of the organization, and affiliates' own. */
export function WebhookList() {
  const [secret, setSecret] = useState<string>();
  return (
    <ListPage
      title="Webhooks"
      sort={{ field: 'id', order: 'DESC' }}
      empty="Nobody is told of what happens yet. Make a webhook for a system of yours; affiliates make their own over the API."
      beside={<Create onMade={setSecret} />}
      above={<SecretNote secret={secret} onClose={() => setSecret(undefined)} />}
      filters={<ProgramFilter />}
      table={<Table />}
      small={<Small />}
    >
      <WebhookSheet />
    </ListPage>
  );
}

function Create({ onMade }: { readonly onMade: (secret: string) => void }) {
  const say = useSay();
  const run = useAct();
  const programs = usePrograms();
  const { data } = useAsked(eventsDocument, {});
  return (
    <ActButton
      needs="TOKEN_MANAGE"
      variant="contained"
      verb={say('Make a webhook')}
      title={say('Make a webhook')}
      intro={say('Messages are signed. The secret is shown once.')}
      fields={[
        { name: 'program', label: 'Program', required: true, choices: programs.map(({ key, name }) => ({ value: key, words: name })) },
        { name: 'url', label: 'Address', help: 'Begins with https://', required: true },
        {
          name: 'events',
          label: 'Of what it hears',
          kind: 'many',
          required: true,
          choices: (data?.webhookEvents ?? []).map((value) => ({ value, words: value })),
        },
      ]}
      run={async ({ program = '', url = '', events }) => {
        const { secret } = await run(create, { program, url: url.trim(), events: chosenOf(events) });
        if (secret) onMade(secret);
      }}
    />
  );
}

export function WebhookChip({ webhook: { status } }: { readonly webhook: WebhookRecord }) {
  const say = useSay();
  const why = status === 'GONE' ? say('It answered that it is gone') : undefined;
  return <StatusChip status={status} tone={WEBHOOK_TONES[status]} why={why} />;
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<WebhookRecord> rowClick={rowClick}>
      <Col<WebhookRecord>
        label="Address"
        sx={{ overflowWrap: 'anywhere', maxWidth: 420 }}
        render={({ id, url }) => <OpenLink id={id} words={url} />}
      />
      <Col<WebhookRecord> label="Kind" render={({ kind }) => say.word(kind)} />
      <Col<WebhookRecord> label="Program" render={({ program }) => program.name} />
      <Col<WebhookRecord>
        label="Whose"
        render={({ affiliate }) => (affiliate ? <AffiliateLink affiliate={affiliate} /> : say('of the organization'))}
      />
      <Col<WebhookRecord> label="Status" render={(webhook) => <WebhookChip webhook={webhook} />} />
      <Col<WebhookRecord> label="Events" align="right" render={({ events }) => events.length || <Nothing />} />
      <Col<WebhookRecord> label="Made" render={({ madeAt }) => <When at={madeAt} />} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<WebhookRecord>
      row={(webhook) => ({
        title: webhook.url,
        to: linkTo(webhook.id),
        chip: <WebhookChip webhook={webhook} />,
        below: [say.word(webhook.kind), webhook.affiliate?.name ?? webhook.affiliate?.externalId, webhook.program.name]
          .filter(Boolean)
          .join(' · '),
        at: webhook.madeAt,
      })}
    />
  );
}
