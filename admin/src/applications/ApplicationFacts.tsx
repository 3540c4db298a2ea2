import { Alert, Box, Link, Typography } from '@mui/material';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import type { ApplicationRecord } from './source.ts';

/** What is known of an applicant. */
export function ApplicationFacts({ application }: { readonly application: ApplicationRecord }) {
  const say = useSay();
  const { affiliate, program, country, createdAt, flags, warnings, application: told, trafficSources, statusHistory } = application;
  return (
    <>
      {[...flags, ...warnings].length > 0 && <Alert severity="warning">{[...flags, ...warnings].join(', ')}</Alert>}
      <Facts
        facts={[
          ['Affiliate', <RecordLink key="affiliate" resource="affiliates" id={affiliate.externalId} words={affiliate.externalId} />],
          ['Program', program.name],
          ['E-mail', affiliate.email ?? <Nothing key="email" />],
          ['Country', country ?? <Nothing key="country" />],
          ['Kind', told?.kind ? say.word(told.kind) : <Nothing key="kind" />],
          ['Channels', told?.channels.join(', ') || <Nothing key="channels" />],
          ['Applied', <When key="applied" at={createdAt} exact />],
        ]}
      />
      {trafficSources.length > 0 && (
        <Box>
          <Typography variant="h3" sx={{ mb: 1 }}>
            {say('Where they promote')}
          </Typography>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {trafficSources.map(({ id, kind, name, url, flags: doubts }) => (
              <Typography component="li" variant="body2" key={id}>
                {say.word(kind)}:{' '}
                {url ? (
                  <Link href={url} target="_blank" rel="noreferrer" underline="always">
                    {name}
                  </Link>
                ) : (
                  name
                )}
                {doubts.length > 0 && ` (${doubts.join(', ')})`}
              </Typography>
            ))}
          </Box>
        </Box>
      )}
      <Timeline
        happenings={statusHistory.map(({ status, at, reason, doneBy }, index) => ({
          key: String(index),
          at,
          what: say.word(status),
          more: [say('By %{who}', { who: doneBy }), reason].filter(Boolean).join(': '),
        }))}
      />
    </>
  );
}
