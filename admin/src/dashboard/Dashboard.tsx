import { Box, Skeleton } from '@mui/material';
import { lazy, Suspense, useEffect } from 'react';
import { useAsked } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { atRest } from '../ui/atRest.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Page } from '../ui/Page.tsx';
import { Section } from '../ui/Section.tsx';
import { useSay } from '../words/words.ts';
import { CutOffs } from './CutOffs.tsx';
import { dashboardDocument } from './source.ts';
import { WaitingTiles } from './WaitingTiles.tsx';

/** The charts are the heaviest part of all pages: they come after what one acts on. */
const Charts = lazy(() => import('./Charts.tsx'));

/** What waits, what comes, what was earned. */
export function Dashboard() {
  const say = useSay();
  const may = useMay();
  const { data, error, refetch } = useAsked(dashboardDocument, {});
  return (
    <Page title={say('Today')}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      <WaitingTiles waiting={data?.dashboard.waiting} now={data?.now} />
      {data && data.dashboard.cutOffs.length > 0 && (
        <Section title="Next cut-offs">
          <CutOffs cutOffs={data.dashboard.cutOffs} now={data.now} />
        </Section>
      )}
      {may('COMMISSION_READ') && (
        <Box sx={{ minHeight: 640 }}>
          {data ? (
            <Suspense fallback={<Skeleton variant="rounded" height={640} />}>
              <Charts days={data.dashboard.days} now={data.now} />
              <ListsAhead />
            </Suspense>
          ) : (
            !error && <Skeleton variant="rounded" height={640} />
          )}
        </Box>
      )}
    </Page>
  );
}

/** Once the heaviest part stands, too, comes what whoever goes on from here is about to need. */
function ListsAhead() {
  useEffect(() => atRest(() => void import('../ui/listParts.ts')), []);
  return null;
}
