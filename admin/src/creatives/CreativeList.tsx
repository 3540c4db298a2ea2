import { Link as Anchor, Typography } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { useListedProgram } from '../ui/PublishButton.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip, type Tone } from '../ui/StatusChip.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { PublishBanner, PublishOffer } from './PublishButtons.tsx';
import { CREATIVE_KINDS, type CreativeRecord, type CreativeState, withdrawCreative } from './source.ts';

const TONES: Readonly<Record<CreativeState, Tone>> = { IN_USE: 'good', TO_COME: 'waiting', OVER: 'quiet', WITHDRAWN: 'quiet' };

/** Banners and offers that affiliates put on their pages. */
export function CreativeList() {
  return (
    <ListPage
      title="Creatives"
      sort={{ field: 'id', order: 'DESC' }}
      beside={<Publish />}
      isOfOneProgram
      filters={<WordFilter source="kind" label="Kind" words={CREATIVE_KINDS} />}
      empty="This program has no banner and no offer yet. Publish one, and affiliates see it at once."
      table={<Table />}
      small={<Small />}
    />
  );
}

function Publish() {
  const program = useListedProgram();
  if (program === '') return null;
  return (
    <>
      <PublishBanner program={program} />
      <PublishOffer program={program} />
    </>
  );
}

function CreativeChip({ creative: { state } }: { readonly creative: CreativeRecord }) {
  return <StatusChip status={state} tone={TONES[state]} />;
}

function Table() {
  const say = useSay();
  const run = useAct();
  return (
    <ListTable<CreativeRecord>>
      <Col<CreativeRecord>
        label="What"
        sx={{ overflowWrap: 'anywhere', maxWidth: 360 }}
        render={({ title, details, externalId }) => (
          <>
            <span title={externalId}>{title}</span>
            {details && (
              <Typography variant="caption" color="textSecondary" sx={{ display: 'block' }}>
                {details}
              </Typography>
            )}
          </>
        )}
      />
      <Col<CreativeRecord> label="Kind" render={({ kind }) => say.word(kind)} />
      <Col<CreativeRecord> label="Status" render={(creative) => <CreativeChip creative={creative} />} />
      <Col<CreativeRecord>
        label="Picture"
        render={({ image, width, height }) =>
          image ? (
            <Anchor href={image} target="_blank" rel="noreferrer" underline="hover">
              {width && height ? `${width} × ${height}` : say('Picture')}
            </Anchor>
          ) : (
            <Nothing />
          )
        }
      />
      <Col<CreativeRecord> label="Code" render={({ code }) => (code ? <code>{code}</code> : <Nothing />)} />
      <Col<CreativeRecord>
        label="Leads to"
        sx={{ overflowWrap: 'anywhere', maxWidth: 280 }}
        render={({ url }) => (
          <Anchor href={url} target="_blank" rel="noreferrer" underline="hover">
            {url}
          </Anchor>
        )}
      />
      <Col<CreativeRecord> label="From" render={({ validFrom }) => <When at={validFrom} />} />
      <Col<CreativeRecord> label="Until" render={({ validUntil }) => <When at={validUntil} />} />
      <Col<CreativeRecord>
        label="Acts"
        render={({ program, externalId, title, state }) =>
          state === 'WITHDRAWN' ? null : (
            <ActButton
              needs="PROMOTION_MANAGE"
              program={program}
              variant="text"
              isGrave
              verb={say('Take back')}
              title={say('Take %{title} back', { title })}
              intro={say('Affiliates do not see it any more. Links with it lead on.')}
              run={() => run(withdrawCreative, { program, id: externalId })}
            />
          )
        }
      />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  return (
    <SmallRows<CreativeRecord>
      row={(creative) => ({
        title: creative.title,
        amount: creative.code ?? say.word(creative.kind),
        chip: <CreativeChip creative={creative} />,
        below: creative.url,
        at: creative.validUntil ?? undefined,
      })}
    />
  );
}
